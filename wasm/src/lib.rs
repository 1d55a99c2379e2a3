//! remold's core for the browser: JSON strings in, JSON strings out.
//!
//! Every function hands its argument to the core's façade and returns what that returned, byte for
//! byte, so that the page shows what the command line prints. Nothing here reads a file, a clock or
//! the network; the module imports nothing but what wasm-bindgen needs to pass a string.

use std::panic;

use wasm_bindgen::prelude::wasm_bindgen;

/// Lints the migration files of a request and returns the findings as the JSON that
/// `remold lint --no-replay --format json` prints, or `{"error":{"message":…}}` for a request that makes no sense.
#[wasm_bindgen]
pub fn lint(request: &str) -> String {
    remold_core::wire::lint(request)
}

/// What a SQLite is to run so that the request can be linted with a replay, as JSON for the module that
/// has one, or `{"error":{"message":…}}`.
#[wasm_bindgen]
pub fn lint_batches(request: &str) -> String {
    remold_core::wire::lint_batches(request)
}

/// Lints with what SQLite answered to the request's batches and returns the findings as the JSON that
/// `remold lint --format json` prints, or `{"error":{"message":…}}`.
#[wasm_bindgen]
pub fn lint_replayed(request: &str, answers: &str) -> String {
    remold_core::wire::lint_replayed(request, answers)
}

/// Plans the migration files of a request against its schema and returns the plan as the JSON that
/// `remold plan --format json` prints, or `{"error":{"message":…}}`.
#[wasm_bindgen]
pub fn plan(request: &str) -> String {
    remold_core::wire::plan(request)
}

/// The version of remold that this module was built from.
#[wasm_bindgen]
pub fn version() -> String {
    remold_core::wire::version().to_owned()
}

/// Turns a panic into a JavaScript error with the panic's own words; without this the caller would
/// only see `unreachable`. The module must not be used after it: its memory may be half changed.
#[wasm_bindgen(start)]
fn start() {
    panic::set_hook(Box::new(|information| {
        wasm_bindgen::throw_str(&information.to_string());
    }));
}
