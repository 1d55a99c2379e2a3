//! The table of versions against what 72 builds of SQLite accepted, oldest 3.7.8, newest 3.54.1
//! (`facts/versions.json`): the statements that were tried are read, and what they use is compared.

use remold_core::parse;
use remold_core::sqlite::version::{BUNDLED, DROP_COLUMN, FEATURES, Feature};
use serde_json::Value;

/// A statement that was tried.
struct Tried {
    name: String,
    features: Vec<Feature>,
    documented: String,
    first_accepted: Option<Vec<u16>>,
    last_rejected: Option<Vec<u16>>,
}

fn numbers(version: &str) -> Vec<u16> {
    version.split('.').map(|number| number.parse().unwrap()).collect()
}

fn since(feature: &Feature) -> Vec<u16> {
    vec![feature.since.major, feature.since.minor, feature.since.patch]
}

fn tried() -> Vec<Tried> {
    let rows: Vec<Value> = serde_json::from_str(include_str!("facts/versions.json")).unwrap();
    let text = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).map(ToOwned::to_owned);
    rows.iter()
        .filter_map(|row| {
            let sql = text(row, "sql")?;
            let features = parse::statements(&sql).iter().flat_map(|statement| statement.features.clone()).collect();
            Some(Tried {
                name: text(row, "feature")?,
                features: Vec::into_iter(features).map(|(feature, _)| feature).collect(),
                documented: text(row, "since_docs").unwrap_or_default(),
                first_accepted: text(row, "first_accepted").map(|version| numbers(&version)),
                last_rejected: text(row, "last_rejected_before_first").map(|version| numbers(&version)),
            })
        })
        .collect()
}

#[test]
fn no_feature_is_younger_than_the_first_version_that_took_it() {
    for tried in tried() {
        for feature in &tried.features {
            let Some(first) = &tried.first_accepted else { continue };
            // The 3.52.0 that was measured is the withdrawn release, which had what 3.53.0 documents.
            // 3.35.0 to 3.35.4 take DROP COLUMN, and could corrupt the database.
            let known = tried.documented == feature.since.to_string() || *feature == DROP_COLUMN;
            assert!(since(feature) <= *first || known, "{}: {} in {first:?}", tried.name, feature.name);
        }
    }
}

#[test]
fn every_feature_was_measured_to_begin_with_its_version() {
    let tried = tried();
    for feature in FEATURES {
        let fits = tried.iter().filter(|tried| tried.features.contains(feature)).any(|tried| {
            tried.last_rejected.as_ref().is_some_and(|last| *last < since(feature)) && tried.first_accepted.is_some()
        });
        assert!(fits, "{}, since {}, was not measured so", feature.name, feature.since);
    }
}

#[test]
fn the_bundled_version_is_the_linked_one() {
    assert_eq!(BUNDLED.to_string(), rusqlite::version());
}
