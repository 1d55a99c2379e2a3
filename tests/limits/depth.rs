//! Nothing is too deep for a stack of 2 MB, as every thread but the first has it.
//!
//! `cargo test -p remold-limits --test depth --profile unoptimised` runs it with a core of which nothing
//! is optimised, whose functions need three times as much.

use std::fmt::Write as _;
use std::time::Duration;

use remold_tests::{nesting, patience, promises};

/// How deep things stand in each other: below and above what SQLite takes, and far above.
const DEPTHS: [usize; 8] = [20, 43, 250, 499, 560, 900, 1_000, 1_100];

/// Of the processor's time: where nothing is optimised, a thousand views over each other take eleven seconds.
const LIMIT: Duration = Duration::from_secs(20);

#[test]
fn nothing_is_too_deep() {
    for (name, text) in nesting::CONSTRUCTS {
        for depth in DEPTHS {
            in_little_stack(&format!("{name}, {depth} deep"), history(&text(depth)));
        }
        in_little_stack(&format!("{name}, 100,000 deep"), text(100_000));
    }
}

#[test]
fn no_object_stands_too_deep_in_others() {
    for depth in [100, 126, 1_000] {
        let mut views = String::from("CREATE TABLE b (a);\nCREATE VIEW v0 AS SELECT a FROM b;\n");
        let mut nested = String::from("CREATE TABLE b (a);\nCREATE VIEW v0 AS SELECT a FROM b;\n");
        let mut triggers = String::from("CREATE TABLE b (a);\nCREATE TABLE t0 (a);\n");
        for number in 1..depth {
            let before = number - 1;
            writeln!(views, "CREATE VIEW v{number} AS SELECT a FROM v{before};").expect("a string takes all");
            let query = nesting::around("SELECT a FROM ", "(SELECT a FROM ", &format!("v{before}"), ")", "", 40);
            writeln!(nested, "CREATE VIEW v{number} AS {query};").expect("a string takes all");
            writeln!(
                triggers,
                "CREATE TABLE t{number} (a);\nCREATE TRIGGER r{number} AFTER INSERT ON t{before} BEGIN INSERT INTO \
                 t{number} SELECT a FROM b WHERE a = new.a; END;"
            )
            .expect("a string takes all");
        }
        for (name, text) in [("views", views), ("deep views", nested), ("triggers", triggers)] {
            in_little_stack(&format!("{depth} {name} over each other"), text + ALTERS);
        }
    }
}

/// What makes the model look at all that depends on `b`.
const ALTERS: &str = "ALTER TABLE b RENAME TO c;\nALTER TABLE c RENAME COLUMN a TO x;\nALTER TABLE c ADD y;\n\
     ALTER TABLE c DROP COLUMN y;\nDROP TABLE c;\n";

/// A history in which the statement stands by itself, in a view and in a trigger, and in which what it reads
/// changes.
fn history(statement: &str) -> String {
    let is_query = ["SELECT", "VALUES", "WITH"].iter().any(|word| statement.starts_with(word));
    let stored = if is_query {
        format!(
            "CREATE VIEW v AS {statement};\nCREATE TRIGGER w AFTER INSERT ON b BEGIN {statement}; END;\n\
             CREATE TABLE made AS {statement};\n"
        )
    } else {
        String::new()
    };
    format!("CREATE TABLE b (a);\n{statement};\n{stored}{ALTERS}")
}

fn in_little_stack(name: &str, text: String) {
    let work = move || promises::holds(&text, &promises::snapshots());
    patience::in_little_stack(name, LIMIT, work);
}
