//! SQL as it may be shown: without comments, and without literals unless somebody asks.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

use super::Literals;
use super::words::{Secrets, safe_code};
use crate::parse::token::{self, Token, TokenKind};
use crate::schema::{Object, Schema};
use crate::sqlite::name;

/// Shows SQL beside the schemas that it is about.
pub(super) struct Sql {
    literals: Literals,
    schemas: [Schema; 2],
    /// What the schemas name, in the form in which names are compared.
    names: OnceCell<BTreeSet<String>>,
}

impl Sql {
    pub(super) const fn of(schemas: [Schema; 2], literals: Literals) -> Self {
        Self { literals, schemas, names: OnceCell::new() }
    }

    /// The SQL in one line.
    pub(super) fn line(&self, sql: &str) -> String {
        self.shown(sql, self.literals, |_| String::from(" "))
    }

    /// The SQL in its own lines, of which none is empty; each as it is, and as it may be shown.
    pub(super) fn lines(&self, sql: &str) -> Vec<(String, String)> {
        let gap = |gap: &str| match gap.rsplit_once('\n') {
            Some((_, indent)) => format!("\n{}", " ".repeat(indent.len().min(8))),
            None => String::from(" "),
        };
        let (whole, shown) = (self.shown(sql, Literals::Shown, gap), self.shown(sql, self.literals, gap));
        whole.lines().zip(shown.lines()).map(|(whole, shown)| (whole.into(), shown.into())).collect()
    }

    /// What to do about a refusal, which may quote the schema.
    pub(super) fn help(&self, help: &str) -> String {
        match help.strip_prefix("the database has: ") {
            Some(found) => format!("the database has: {}", safe_code(&self.line(found))),
            None => Secrets::of(self.literals).inline(help),
        }
    }

    fn shown(&self, sql: &str, literals: Literals, gap: impl Fn(&str) -> String) -> String {
        let tokens: Vec<Token> = token::each(sql).collect();
        let mut out = String::with_capacity(sql.len());
        let mut done = 0;
        for (at, token) in tokens.iter().enumerate() {
            let between = &sql[done..token.span.start as usize];
            if !between.is_empty() && !out.is_empty() {
                out.push_str(&gap(between));
            }
            done = token.span.end as usize;
            out.push_str(&self.token(sql, &tokens, at, literals));
        }
        out
    }

    fn token(&self, sql: &str, tokens: &[Token], at: usize, literals: Literals) -> String {
        let token = tokens[at];
        let word = token.span.of(sql);
        let hidden = match token.kind {
            _ if literals == Literals::Shown => None,
            TokenKind::String | TokenKind::Blob => Some("'…'"),
            TokenKind::Illegal => Some("…"),
            TokenKind::Number if !is_of_type(sql, tokens, at) => Some("…"),
            TokenKind::Quoted if word.starts_with('"') && !self.knows(&token.unquoted(sql)) => Some("\"…\""),
            _ => None,
        };
        hidden.map_or_else(|| word.split_whitespace().collect::<Vec<_>>().join(" "), String::from)
    }

    /// Whether something is called so. SQLite takes what it knows no column by for a string.
    fn knows(&self, quoted: &str) -> bool {
        let folded = name::fold(quoted);
        // So a plan calls the table that a rebuild fills.
        let own = folded.strip_prefix("_remold_new_").unwrap_or(&folded);
        self.names().contains(own)
    }

    fn names(&self) -> &BTreeSet<String> {
        self.names.get_or_init(|| {
            let objects = self.schemas.iter().flat_map(Schema::objects);
            objects.flat_map(|object| names(object)).collect()
        })
    }
}

fn names(object: &Object) -> Vec<String> {
    let columns = object.columns().iter().map(|column| &column.name.text);
    columns.chain([&object.name]).map(|name| name::fold(name).into_owned()).collect()
}

/// Whether the number says how long a type is: `VARCHAR(255)`, behind a column's name.
fn is_of_type(sql: &str, tokens: &[Token], at: usize) -> bool {
    let before = |count: usize| at.checked_sub(count).and_then(|at| tokens.get(at));
    let symbol = |count: usize, symbol: &str| before(count).is_some_and(|token| token.is_symbol(sql, symbol));
    let open = if symbol(1, "(") {
        1
    } else if symbol(1, ",") && symbol(3, "(") {
        3
    } else {
        return false;
    };
    let is_name = |token: &Token| match token.kind {
        TokenKind::Word => !name::is_keyword(token.span.of(sql)),
        TokenKind::Quoted => true,
        _ => false,
    };
    let (kind, column) = (before(open + 1), before(open + 2));
    kind.is_some_and(|token| token.kind == TokenKind::Word && is_name(token)) && column.is_some_and(is_name)
}
