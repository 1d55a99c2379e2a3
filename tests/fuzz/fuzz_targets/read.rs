//! Reading: every name stands where it is said to stand.

#![no_main]

use libfuzzer_sys::fuzz_target;
use remold_tests::promises;

fuzz_target!(|text: &str| promises::reads(text));
