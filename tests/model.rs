//! Our model against a real SQLite: keywords, and the schema after each statement, byte for byte.

use std::collections::BTreeMap;
use std::fs;

use remold_core::history::{Project, Runner};
use remold_core::lint::{Settings, lint};
use remold_core::schema::replay::replay;
use remold_core::schema::{Knowledge, Schema};
use remold_core::text::{SourceFile, Span};
use remold_core::{parse, sqlite::name};
use serde_json::Value;

use crate::harness::{fixture, sqlite};

fn keywords() -> BTreeMap<String, Value> {
    serde_json::from_str(include_str!("facts/keywords.json")).unwrap()
}

#[test]
fn the_keywords_are_sqlites() {
    let measured: Vec<String> = keywords().into_keys().collect();
    assert_eq!(measured, name::KEYWORDS);
}

#[test]
fn a_word_is_reserved_where_sqlite_refuses_it_as_a_name() {
    let database = sqlite::open(false);
    for word in name::KEYWORDS {
        let refused = database.prepare(&format!("CREATE TABLE t (x, {word})")).is_err();
        // SQLite reads a constraint there, though the word is none.
        assert_eq!(name::is_reserved(word), refused, "{word}");
    }
}

/// `(type, name, sql)` of every object that SQLite keeps a text for.
fn stored(database: &rusqlite::Connection) -> Vec<(String, String, String)> {
    let sql = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' \
               ESCAPE '\\' ORDER BY rowid";
    let mut query = database.prepare(sql).unwrap();
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().map(Result::unwrap).collect()
}

fn modelled(schema: &Schema) -> Vec<(String, String, String)> {
    schema
        .objects()
        .into_iter()
        .filter(|object| !object.temporary && !name::is_internal(&object.name))
        .map(|object| (object.kind.as_str().to_owned(), object.name.clone(), object.sql.clone()))
        .collect()
}

#[test]
fn the_schema_after_each_statement_is_sqlites() {
    let folder = fixture::root().join("tests/model");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut wrong = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let database = sqlite::open(false);
        let mut schema = Schema::new(Knowledge::Complete);
        for statement in parse::statements(&text) {
            // Up to the `;`: SQLite keeps some of the comments before it.
            let sql = Span::new(statement.span.start, statement.end).of(&text);
            let outcome = replay(&schema, &text, &statement);
            let theirs = database.execute_batch(sql).map_err(|error| sqlite::words(&error));
            let ours = outcome.problem.as_ref().map_or(Ok(()), |problem| Err(problem.error.clone()));
            schema = outcome.after;
            if theirs != ours || modelled(&schema) != stored(&database) {
                let (ours_now, theirs_now) = (modelled(&schema), stored(&database));
                let differ: Vec<_> = ours_now
                    .iter()
                    .filter(|object| !theirs_now.contains(object))
                    .map(|object| ("ours", object))
                    .collect();
                let also =
                    theirs_now.iter().filter(|object| !ours_now.contains(object)).map(|object| ("SQLite", object));
                wrong.push(format!(
                    "{}: {sql}\n  ours: {ours:?}, SQLite: {theirs:?}\n{:#?}",
                    path.file_name().unwrap().display(),
                    differ.into_iter().chain(also).collect::<Vec<_>>()
                ));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn lint_follows_the_engine_of_its_settings() {
    let text = "CREATE TABLE a (x); CREATE VIEW v AS SELECT x FROM a; ALTER TABLE a RENAME TO b;";
    let project = Project { files: vec![SourceFile::new("1.sql", text)], ..Project::default() };
    for (engine, stored) in
        [("3.24.0", "CREATE VIEW v AS SELECT x FROM a"), ("3.26.0", "CREATE VIEW v AS SELECT x FROM \"b\"")]
    {
        let settings = Settings::new(None, Some(engine.parse().unwrap()), Runner::by_hand());
        let schema = lint(&project, &settings).schema;
        assert_eq!(schema.get("v").unwrap().sql, stored, "{engine}");
    }
}
