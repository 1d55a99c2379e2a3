//! Prints the hostile texts as JSON, each with its name, for the test of the page: `remold-texts`.

#![expect(clippy::print_stdout, reason = "it is what it is for")]

use remold_tests::{extremes, nesting};

/// How deep things stand in each other: far below what SQLite takes, and at its limits of queries, of
/// expressions, and beyond both.
const DEPTHS: [usize; 4] = [250, 560, 1_000, 1_100];

fn main() {
    let extremes = extremes::texts().into_iter().map(|(name, text)| (name.to_owned(), text));
    let texts: Vec<(String, String)> = extremes.chain(DEPTHS.map(nested)).collect();
    println!("{}", serde_json::json!(texts));
}

/// Every construct so deep, by itself and in a view, and a change of what they read.
fn nested(depth: usize) -> (String, String) {
    let mut text = String::from("CREATE TABLE b (a);\n");
    for (number, (_, statement)) in nesting::CONSTRUCTS.iter().enumerate() {
        let statement = statement(depth);
        if ["SELECT", "VALUES", "WITH"].iter().any(|word| statement.starts_with(word)) {
            text.push_str(&format!("CREATE VIEW v{number} AS {statement};\n"));
        }
        text.push_str(&format!("{statement};\n"));
    }
    text.push_str("ALTER TABLE b RENAME TO c;\nALTER TABLE c RENAME COLUMN a TO x;\nDROP TABLE c;\n");
    (format!("every construct, {depth} deep"), text)
}
