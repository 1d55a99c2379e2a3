//! What takes a migration back, in a real SQLite: it is the judge of the rule's verdicts.

use remold_core::layout::{Migration, Recognised};
use rusqlite::Connection;

use crate::harness::{fixture, sqlite};

#[test]
fn up_and_down_come_back_to_the_same_schema_where_nothing_is_found() {
    let (_, cases) = fixture::all().into_iter().find(|(rule, _)| rule == "down-does-not-restore").unwrap();
    let mut tried = 0;
    for case in cases.iter().filter(|case| case.not_run.is_none()) {
        let database = sqlite::open(false);
        let recognised = Recognised::default();
        let migrations = recognised.migrations(&case.files);
        // What is not known is not in the database of this test.
        let restored: Option<Vec<bool>> = migrations.iter().map(|migration| restores(&database, migration)).collect();
        let Some(restored) = restored else { continue };
        assert_eq!(restored.iter().all(|restored| *restored), !case.flagged, "{}: {restored:?}", case.title);
        tried += 1;
    }
    assert!(tried >= 10, "{tried}");
}

/// Runs the migration, takes it back on tables with a row, and runs it again. Whether all of that works and comes
/// back to the same schema; nothing where the migration itself does not run.
fn restores(database: &Connection, migration: &Migration) -> Option<bool> {
    let before = schema(database);
    database.execute_batch(&migration.up.text).ok()?;
    let Some(down) = migration.down else { return Some(true) };
    sqlite::fill(database);
    let (behind, changes) = (schema(database), database.total_changes());
    if database.execute_batch(&down.text).is_err() {
        return Some(false);
    }
    let now = schema(database);
    let does_nothing = now == behind && database.total_changes() == changes;
    let works_again = does_nothing || database.execute_batch(&migration.up.text).is_ok();
    Some(does_nothing || (now == before && works_again))
}

/// The objects with their stored texts; RENAME puts quotes around names.
fn schema(database: &Connection) -> Vec<(String, String)> {
    let sql = "SELECT name, replace(sql, '\"', '') FROM sqlite_schema WHERE sql IS NOT NULL \
               AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
    let mut query = database.prepare(sql).unwrap();
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}
