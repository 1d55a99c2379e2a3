//! Following: the schema that comes of any text is one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use remold_tests::promises;

fuzz_target!(|text: &str| promises::replays(text));
