//! Tests of remold from outside: see `main.rs`.
