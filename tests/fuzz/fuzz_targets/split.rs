//! Statements: every byte belongs to one, or to the gaps between them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use remold_tests::promises;

fuzz_target!(|text: &str| promises::splits(text));
