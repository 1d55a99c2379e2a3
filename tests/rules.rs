//! Every rule's fixture: the author's verdict, the findings as they look, and SQLite's own word.

use std::fmt::Write as _;
use std::fs;

use remold_core::sqlite::version::BUNDLED;

use crate::harness::{fixture, sqlite};

#[test]
fn findings_are_those_that_the_author_expects() {
    insta::glob!("rules/*.sql", |path| {
        let rule = path.file_stem().unwrap().to_str().unwrap();
        let mut shown = String::new();
        for case in fixture::cases(&fs::read_to_string(path).unwrap()) {
            let drawn = case.annotate(rule);
            // The verdict is the author's word; no review of snapshots can bless it away.
            assert_eq!(!case.found_by(rule).is_empty(), case.flagged, "{rule}: {}\n\n{drawn}", case.title);
            writeln!(shown, "-- {}\n{drawn}", case.title).unwrap();
        }
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("rule", shown);
        });
    });
}

#[test]
fn a_rule_has_three_flagged_and_three_clean_cases() {
    for (rule, cases) in fixture::all() {
        let flagged = cases.iter().filter(|case| case.flagged).count();
        assert!(flagged >= 3 && cases.len() - flagged >= 3, "{rule}: {flagged} of {} are flagged", cases.len());
    }
}

#[test]
fn a_clean_case_runs_in_sqlite() {
    for (rule, cases) in fixture::all() {
        for case in cases.iter().filter(|case| !case.flagged) {
            match (sqlite::run_as_told(case), &case.not_run) {
                (Ok(()), None) | (Err(_), Some(_)) => {}
                (Err(error), None) => panic!("{rule}: {}: {error}", case.title),
                (Ok(()), Some(reason)) => panic!("{rule}: {} does run, against: {reason}", case.title),
            }
        }
    }
}

#[test]
fn sqlite_says_what_a_finding_says_that_it_says() {
    for (rule, cases) in fixture::all() {
        for case in
            cases.iter().filter(|case| case.flagged && case.not_run.is_none() && case.settings.engine == BUNDLED)
        {
            let errors = sqlite::errors(case);
            for claim in case.found_by(&rule).into_iter().filter_map(|finding| finding.sqlite_error) {
                if !claim.starts_with("malformed database schema") {
                    assert!(errors.contains(&claim), "{rule}: {}: {claim}\nSQLite: {errors:#?}", case.title);
                }
            }
        }
    }
}

#[test]
fn an_empty_project_has_no_finding() {
    for text in ["", "-- nothing\n", ";;\n"] {
        let case = fixture::Case::read(text, remold_core::history::Runner::by_hand());
        assert!(case.findings().is_empty());
    }
}

#[test]
fn one_added_column_is_one_warning() {
    let text = "ALTER TABLE assets ADD COLUMN blob_data BLOB;\n";
    let found = fixture::Case::read(text, remold_core::history::Runner::by_hand()).findings();
    let said: Vec<_> = found.iter().map(|finding| (finding.rule, finding.level.as_str())).collect();
    assert_eq!(said, [("add-column-rerun", "warning")]);
}

#[test]
fn a_sound_rebuild_is_quiet() {
    let schema = "-- transaction: file\n-- schema:\n\
        CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT DEFAULT 'a');\n\
        CREATE INDEX users_by_name ON users (name);\n\
        CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);\n\
        CREATE INDEX posts_by_author ON posts (author);\n";
    let (columns, index) =
        ("(id INTEGER PRIMARY KEY, name TEXT DEFAULT 'b')", "CREATE INDEX users_by_name ON users (name);\n");
    // As Django, Drizzle, Alembic, Prisma and Atlas, EF, TypeORM and sqlite-utils name it, and people.
    let names = [
        "new__users",
        "__new_users",
        "_alembic_tmp_users",
        "new_users",
        "ef_temp_users",
        "temporary_users",
        "users_new_3f2a",
        "better",
    ];
    let mut all: Vec<String> = names
        .iter()
        .map(|new| {
            format!(
                "CREATE TABLE {new} {columns};\nINSERT INTO {new} (id, name) SELECT id, name FROM users;\n\
                 DROP TABLE users;\nALTER TABLE {new} RENAME TO users;\n{index}"
            )
        })
        .collect();
    // As Rails does it, and by way of a table that is made from a query.
    for made in [
        "(id INTEGER PRIMARY KEY, name TEXT);\nINSERT INTO ausers SELECT id, name FROM users",
        "AS SELECT * FROM users",
    ] {
        all.push(format!(
            "CREATE TEMPORARY TABLE ausers {made};\nDROP TABLE users;\nCREATE TABLE users {columns};\n\
             INSERT INTO users (id, name) SELECT id, name FROM ausers;\nDROP TABLE ausers;\n{index}"
        ));
    }
    for rebuild in all {
        let case = fixture::Case::read(
            &format!("{schema}-- file: 0001.sql\n{rebuild}"),
            remold_core::history::Runner {
                runs: remold_core::history::Runs::Once,
                ..remold_core::history::Runner::by_hand()
            },
        );
        let found: Vec<_> = case.findings().into_iter().map(|finding| (finding.rule, finding.message)).collect();
        assert_eq!(found, [], "{rebuild}");
    }
}
