//! The rules' pages keep their word: the examples are judged by the rule, the proof runs in SQLite.
//!
//! A proof is one sentence that ends in what SQLite says, in backticks:
//! ``Running the flagged file: `…` ``, ``Running the flagged file twice: `…` ``,
//! ``Running the flagged file, then `SQL`: `…` `` (an error or one value), the same behind `With
//! foreign keys on,`, and ``On tables with one row: `…` ``, where the last file meets them. A proof
//! that begins with `None` says why there is none.

use remold_core::history::Runner;
use remold_core::rules::RULES;
use rusqlite::types::Value;

use crate::harness::fixture::Case;
use crate::harness::sqlite;

#[test]
fn the_flagged_example_is_flagged_and_the_other_is_not() {
    for entry in RULES {
        let id = entry.rule.id;
        assert!(!example(entry.page, "Flagged").found_by(id).is_empty(), "{id}: the flagged example is not");
        let instead = example(entry.page, "Instead");
        let found = instead.found_by(id);
        assert!(found.is_empty(), "{id}: the better example is flagged\n{}", instead.annotate(id));
        let worse: Vec<_> =
            instead.findings().into_iter().filter(|other| other.rule == "unreadable-statement").collect();
        assert!(worse.is_empty(), "{id}: {worse:#?}");
    }
}

#[test]
fn the_better_example_runs_in_sqlite() {
    for entry in RULES {
        let ran = sqlite::run(&sqlite::open(false), &example(entry.page, "Instead"));
        assert_eq!(ran, Ok(()), "{}", entry.rule.id);
    }
}

#[test]
fn the_proof_comes_true_in_sqlite() {
    for entry in RULES {
        let (id, proof) = (entry.rule.id, section(entry.page, "Proof").replace('\n', " "));
        let proof = proof.trim();
        if proof.starts_with("None") {
            assert!(proof.contains(": "), "{id}: say why there is no proof");
            continue;
        }
        let (claim, said) = proof.rsplit_once(": `").unwrap_or_else(|| panic!("{id}: {proof}"));
        let said = said.strip_suffix('`').unwrap_or_else(|| panic!("{id}: {proof}"));
        assert_eq!(outcome(claim, &example(entry.page, "Flagged")), said, "{id}: {claim}");
    }
}

/// What SQLite says when the claim is tried.
fn outcome(claim: &str, case: &Case) -> String {
    let rest = claim.strip_prefix("With foreign keys on, ");
    let database = sqlite::open(rest.is_some());
    let claim = rest.unwrap_or(claim).to_lowercase();
    let run = |case: &Case| sqlite::run(&database, case);
    let ran = match claim.as_str() {
        "running the flagged file" => run(case),
        "running the flagged file twice" => run(case).and_then(|()| run(case)),
        "on tables with one row" => {
            let (last, before) = case.files.split_last().unwrap();
            run(&Case { files: before.to_vec(), ..case.clone() }).and_then(|()| {
                sqlite::fill(&database);
                run(&Case { files: vec![last.clone()], ..case.clone() })
            })
        }
        other => {
            let query = other.strip_prefix("running the flagged file, then `").and_then(|rest| rest.strip_suffix('`'));
            let query = query.unwrap_or_else(|| panic!("`{other}` is no way to prove anything"));
            run(case).unwrap();
            return database.query_row(query, [], |row| row.get(0)).map_or_else(
                |error| sqlite::words(&error),
                |value: Value| match value {
                    Value::Integer(number) => number.to_string(),
                    Value::Text(text) => text,
                    other => format!("{other:?}"),
                },
            );
        }
    };
    ran.err().unwrap_or_else(|| "nothing: it runs".to_owned())
}

/// The section of a page below a heading.
pub(crate) fn section<'page>(page: &'page str, heading: &str) -> &'page str {
    let marker = format!("\n## {heading}\n");
    let start = page.find(&marker).unwrap_or_else(|| panic!("no section {heading} in:\n{page}")) + marker.len();
    page[start..].split("\n## ").next().unwrap()
}

/// The SQL of a section, as a person runs it.
fn example(page: &str, heading: &str) -> Case {
    let section = section(page, heading);
    let sql = section.split("```sql\n").nth(1).unwrap_or_else(|| panic!("no SQL in {section}"));
    Case::read(sql.split("```").next().unwrap(), Runner::by_hand())
}
