//! Where statements begin and end: `;`, but for those inside a trigger's body.

use super::token::{Token, TokenKind};

/// The ranges of `tokens` that are statements, without their `;`. Empty ones are left out.
///
/// A trigger ends at a `;` behind an `END` that itself follows a `;`, which is how
/// `sqlite3_complete()` decides: the `END` of a `CASE` never follows a `;`.
pub(super) fn split<'tokens>(text: &'tokens str, tokens: &'tokens [Token]) -> impl Iterator<Item = &'tokens [Token]> {
    let mut rest = tokens;
    core::iter::from_fn(move || {
        while let [first, after @ ..] = rest
            && first.is_symbol(text, ";")
        {
            rest = after;
        }
        if rest.is_empty() {
            return None;
        }
        let end = if begins_trigger(text, rest) { trigger_end(text, rest) } else { plain_end(text, rest) };
        let statement;
        (statement, rest) = rest.split_at(end);
        Some(statement)
    })
}

fn begins_trigger(text: &str, tokens: &[Token]) -> bool {
    let explained = match tokens {
        [first, rest @ ..] if first.is(text, "EXPLAIN") => match rest {
            [query, plan, rest @ ..] if query.is(text, "QUERY") && plan.is(text, "PLAN") => rest,
            _ => rest,
        },
        _ => tokens,
    };
    match explained {
        [create, trigger, ..] if create.is(text, "CREATE") && trigger.is(text, "TRIGGER") => true,
        [create, temp, trigger, ..] => {
            create.is(text, "CREATE")
                && (temp.is(text, "TEMP") || temp.is(text, "TEMPORARY"))
                && trigger.is(text, "TRIGGER")
        }
        _ => false,
    }
}

fn plain_end(text: &str, tokens: &[Token]) -> usize {
    tokens.iter().position(|token| token.is_symbol(text, ";")).unwrap_or(tokens.len())
}

fn trigger_end(text: &str, tokens: &[Token]) -> usize {
    let mut after_semicolon = false;
    let mut after_end = false;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == TokenKind::Symbol && token.is_symbol(text, ";") {
            if after_end {
                return at;
            }
            after_semicolon = true;
        } else {
            after_end = after_semicolon && token.is(text, "END");
            after_semicolon = false;
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::super::token::tokens;
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        let all = tokens(text, 0);
        split(text, &all).map(|part| part[0].span.to(part[part.len() - 1].span).of(text)).collect()
    }

    #[test]
    fn semicolons_in_strings_and_comments_end_nothing() {
        assert_eq!(parts(";a ';' -- ;\n b; ;c /* ; */"), ["a ';' -- ;\n b", "c"]);
    }

    #[test]
    fn a_trigger_ends_behind_its_end() {
        let trigger =
            "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN 1 THEN 2 END; SELECT 1; END";
        let text = alloc::format!("{trigger}; SELECT 2");
        assert_eq!(parts(&text), [trigger, "SELECT 2"]);
    }
}
