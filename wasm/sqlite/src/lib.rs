//! SQLite itself for the browser: runs the core's batches, JSON in and JSON out.
//!
//! It is the SQLite of the command line, from the same sources and with the same options as far as they
//! say what a statement does (`compile_options.txt` names the others), below the same code that runs the
//! batches. It reads no file, no clock and nothing random, and imports nothing but what wasm-bindgen
//! needs to pass a string.

#[cfg(target_arch = "wasm32")]
mod host;

use std::panic;

use wasm_bindgen::prelude::wasm_bindgen;

/// Runs what the core's `lint_batches` returned and returns what its `lint_replayed` takes, or
/// `{"error":{"message":…}}`. The same batches are answered alike, whatever was run before.
#[wasm_bindgen]
pub fn run(batches: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    host::rewind();
    remold_engine::run_json(batches)
}

/// The version of SQLite, such as `3.54.1`.
#[wasm_bindgen]
pub fn version() -> String {
    rusqlite::version().to_owned()
}

/// What `PRAGMA compile_options` says, a line each; empty if SQLite could not be asked.
#[wasm_bindgen]
pub fn compile_options() -> String {
    options().unwrap_or_default().join("\n")
}

fn options() -> rusqlite::Result<Vec<String>> {
    let connection = rusqlite::Connection::open_in_memory()?;
    let mut statement = connection.prepare("PRAGMA compile_options")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// Turns a panic into a JavaScript error with the panic's own words. The module must not be used after
/// it: its memory may be half changed.
#[wasm_bindgen(start)]
fn start() {
    panic::set_hook(Box::new(|information| {
        wasm_bindgen::throw_str(&information.to_string());
    }));
}

#[cfg(test)]
mod tests {
    /// Here is the command line's SQLite; the page's tests hold the browser's to the same file.
    #[test]
    fn the_list_of_compile_options_is_the_command_lines() {
        let expected: Vec<&str> = include_str!("../compile_options.txt")
            .lines()
            .filter_map(|line| line.strip_prefix("both ").or_else(|| line.strip_prefix("native ")))
            .map(|rest| rest.split_whitespace().next().unwrap_or_default())
            .collect();
        let all = super::options().unwrap();
        let said: Vec<&str> = all.iter().map(String::as_str).filter(|name| !name.starts_with("COMPILER=")).collect();
        assert_eq!(said, expected);
    }
}
