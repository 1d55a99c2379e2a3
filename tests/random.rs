//! Texts that nobody wrote: reading, linting and planning them must not panic, and every byte of them
//! belongs to a statement or is white space, a comment or a `;`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use remold_core::snapshot::Snapshot;
use remold_tests::promises;

use crate::harness::fixture;

/// How many texts are made of those that stand in the repository.
const TEXTS: usize = 20_000;

/// Numbers that look random and are the same in every run: xorshift, of 64 bits.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap()
    }

    fn one<'list, Item>(&mut self, list: &'list [Item]) -> &'list Item {
        &list[self.below(list.len())]
    }

    /// A place at which the text can be cut.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Two such places in their order, not far from each other.
    fn range(&mut self, text: &str) -> (usize, usize) {
        let start = self.place(text);
        let mut end = (start + self.below(24)).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        (start, end)
    }
}

#[test]
fn no_text_makes_it_panic() {
    let bases = bases();
    let snapshots = promises::snapshots();
    let mut tried = 0;
    for text in bases.iter().filter(|text| text.len() <= 100) {
        for (at, _) in text.char_indices() {
            holds(&text[..at], &snapshots);
            tried += 1;
        }
    }
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    while tried < TEXTS {
        let mut text = numbers.one(&bases).clone();
        for _ in 0..=numbers.below(4) {
            text = mutated(&text, &bases, &mut numbers);
        }
        holds(&text, &snapshots);
        if tried % 4 == 0 {
            replays(&text);
        }
        tried += 1;
    }
}

/// The seeds of the fuzzers, and what they found that did not hold once.
#[test]
fn what_a_fuzzer_found_holds() {
    let mut texts = Vec::new();
    for folder in ["tests/fuzz/corpus", "tests/fuzz/regressions", "tests/model", "tests/differential/failures"] {
        collect(&fixture::root().join(folder), &mut texts);
    }
    assert!(texts.len() > 20, "there are {} texts", texts.len());
    let snapshots = promises::snapshots();
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    for text in texts.clone() {
        holds(&text, &snapshots);
        replays(&text);
        for _ in 0..50 {
            let text = mutated(&text, &texts, &mut numbers);
            holds(&text, &snapshots);
            replays(&text);
        }
    }
}

/// Every text of SQL that stands in the repository for the rules and as an example, each once.
fn bases() -> Vec<String> {
    let cases = fixture::all().into_iter().flat_map(|(_, cases)| cases);
    let mut texts: Vec<String> = cases.flat_map(|case| case.files).map(|file| file.text).collect();
    collect(&fixture::root().join("examples"), &mut texts);
    texts.sort();
    texts.dedup();
    assert!(texts.len() > 50, "there are {} texts", texts.len());
    texts
}

fn collect(folder: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "sql") {
            texts.push(fs::read_to_string(path).unwrap());
        }
    }
}

/// The text with one thing about it changed.
fn mutated(text: &str, bases: &[String], numbers: &mut Numbers) -> String {
    const INSERTED: [&str; 28] = [
        "'", "\"", "`", "[", "]", "(", ")", ";", "\0", "\u{feff}", "\r", "\r\n", "\n", "🦀", "é", "\u{a0}", "--", "/*",
        "*/", ".", ",", "x'", "1e", "$", "END", "BEGIN", "CASE", "\\",
    ];
    let (start, end) = numbers.range(text);
    let (before, within, after) = (&text[..start], &text[start..end], &text[end..]);
    match numbers.below(8) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{within}{within}{after}"),
        2 => format!("{before}{}{within}{after}", numbers.one(&INSERTED)),
        3 => format!("{before}{within}"),
        4 => format!("{text}{}", numbers.one(bases)),
        5 => without_a_byte(text, numbers),
        _ => swapped(text, numbers),
    }
}

/// The text without one of its bytes; half a character becomes what a lossy reader makes of it.
fn without_a_byte(text: &str, numbers: &mut Numbers) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if !bytes.is_empty() {
        bytes.remove(numbers.below(bytes.len()));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text with two of its words in each other's place.
fn swapped(text: &str, numbers: &mut Numbers) -> String {
    let mut words: Vec<&str> = text.split_inclusive(|at: char| !at.is_alphanumeric() && at != '_').collect();
    if !words.is_empty() {
        let (one, other) = (numbers.below(words.len()), numbers.below(words.len()));
        words.swap(one, other);
    }
    words.concat()
}

/// All that must hold for a text, whatever it says.
fn holds(text: &str, snapshots: &[Snapshot]) {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        promises::holds(text, snapshots);
        promises::reads(text);
    }));
    assert!(outcome.is_ok(), "with this text: {text:?}");
}

/// The same of the schemas that come of it.
fn replays(text: &str) {
    let outcome = catch_unwind(AssertUnwindSafe(|| promises::replays(text)));
    assert!(outcome.is_ok(), "with this text: {text:?}");
}
