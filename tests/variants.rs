//! How a text is spelt never changes what is found in it.

use remold_core::parse::token::{Token, TokenKind, tokens};
use remold_core::sqlite::name;
use remold_core::text::lines::LineIndex;

use crate::harness::fixture::{self, Case};

/// Words that mean something only bare, though they are no keywords.
const BARE: [&str; 17] = [
    "rowid",
    "strict",
    "stored",
    "true",
    "false",
    "off",
    "on",
    "integer",
    "int",
    "text",
    "blob",
    "real",
    "any",
    "expressions",
    "new",
    "old",
    "foreign_keys",
];

type Place = (String, &'static str, u32);

fn places(case: &Case) -> Vec<Place> {
    let mut places: Vec<_> = case
        .findings()
        .into_iter()
        .map(|finding| {
            let file = case.files.iter().find(|file| file.path == finding.path).unwrap();
            let line = LineIndex::new(&file.text).position(finding.span.start).line;
            (finding.path, finding.rule, line)
        })
        .collect();
    places.sort();
    places
}

fn never_matters(spell: impl Fn(&str) -> String) {
    never_matters_where(|_| true, spell);
}

fn never_matters_where(counts: impl Fn(&Case) -> bool, spell: impl Fn(&str) -> String) {
    for (rule, cases) in fixture::all() {
        for case in cases.into_iter().filter(|case| counts(case)) {
            let mut other = case.clone();
            for file in &mut other.files {
                file.text = spell(&file.text);
            }
            let texts: Vec<_> = other.files.iter().map(|file| &file.text).collect();
            assert_eq!(places(&other), places(&case), "{rule}: {}\n{texts:#?}", case.title);
        }
    }
}

/// The text with every token written anew.
fn rewritten(text: &str, write: impl Fn(&str, Token, Option<&Token>) -> String) -> String {
    let all = tokens(text);
    let mut out = String::new();
    let mut done = 0;
    for (at, token) in all.iter().enumerate() {
        out.push_str(&text[done..token.span.start as usize]);
        out.push_str(&write(text, *token, all.get(at + 1)));
        done = token.span.end as usize;
    }
    out + &text[done..]
}

#[test]
fn the_case_of_words() {
    let upper = |text: &str, token: Token, _: Option<&Token>| match token.kind {
        TokenKind::Word => token.span.of(text).to_ascii_uppercase(),
        _ => token.span.of(text).to_owned(),
    };
    let lower = |text: &str, token: Token, _: Option<&Token>| match token.kind {
        TokenKind::Word => token.span.of(text).to_ascii_lowercase(),
        _ => token.span.of(text).to_owned(),
    };
    // A convention for names is about just that.
    let counts = |case: &Case| case.settings.naming.is_empty();
    never_matters_where(counts, |text| rewritten(text, upper));
    never_matters_where(counts, |text| rewritten(text, lower));
}

#[test]
fn the_quoting_of_names() {
    for (open, close) in [("\"", "\""), ("`", "`"), ("[", "]")] {
        never_matters_where(
            |case| case.quoting_counts.is_none(),
            |text| {
                rewritten(text, |text, token, next| {
                    let source = token.span.of(text);
                    let called = next.is_some_and(|next| next.is_symbol(text, "("))
                        && remold_core::parse::statements(text).iter().all(|statement| {
                            statement.object().is_none_or(|object| !object.span().contains(token.span))
                        });
                    let bare = BARE.iter().any(|word| word.eq_ignore_ascii_case(source)) || name::is_keyword(source);
                    if token.kind != TokenKind::Word || bare || called {
                        source.to_owned()
                    } else {
                        format!("{open}{source}{close}")
                    }
                })
            },
        );
    }
}

#[test]
fn comments_between_tokens() {
    never_matters(|text| {
        rewritten(text, |text, token, _| match token.kind {
            TokenKind::Illegal => token.span.of(text).to_owned(),
            _ => format!("{}/* ; ' \" DROP */", token.span.of(text)),
        })
    });
    never_matters(|text| {
        let commented =
            text.lines().map(|line| if line.contains("--") { line.to_owned() } else { format!("{line} -- ; '") });
        commented.collect::<Vec<_>>().join("\n")
    });
}

#[test]
fn line_ends_and_a_byte_order_mark() {
    never_matters(|text| text.replace('\n', "\r\n"));
    never_matters(|text| format!("\u{feff}{text}"));
    never_matters(|text| text.trim_end().to_owned());
}
