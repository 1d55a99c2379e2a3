//! Edits of a text by span, which never overlap.

use alloc::string::String;
use alloc::vec::Vec;

use super::Span;

/// One replacement: the text at `span` gives way to `text`. An empty span inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Applies the edits in the order of their places. Of two that overlap the later one is left out,
/// and so is one that lies outside the text.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut done = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if start < done || text.get(start..end).is_none() {
            continue;
        }
        out.push_str(&text[done..start]);
        out.push_str(&edit.text);
        done = end;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec;

    use super::*;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.to_string() }
    }

    #[test]
    fn edits_apply_in_the_order_of_their_places() {
        assert_eq!(apply("abcdef", vec![edit(4, 5, "E"), edit(0, 1, "A"), edit(6, 6, "!")]), "AbcdEf!");
    }

    #[test]
    fn of_two_edits_that_overlap_the_first_wins() {
        assert_eq!(apply("abcdef", vec![edit(1, 4, "-"), edit(2, 3, "+")]), "a-ef");
    }
}
