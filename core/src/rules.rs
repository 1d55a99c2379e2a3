//! The rules, one file each, found by the build script: no list of them stands anywhere.

use crate::rule::Entry;

include!(concat!(env!("OUT_DIR"), "/rules.rs"));
