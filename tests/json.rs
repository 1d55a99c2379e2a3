//! What `docs/json.md` and its JSON schema say of the reports is what is printed.

use std::fs;

use serde_json::Value;

use crate::harness::{binary, fixture};
use crate::readme;

/// The schema of the lint report, which takes no field that it does not name.
pub(crate) fn closed_schema() -> Value {
    let text = fs::read_to_string(fixture::root().join("docs/lint.schema.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.contains_key("properties") {
                fields.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn every_field_is_described() {
    fn names(schema: &Value, found: &mut Vec<String>) {
        match schema {
            Value::Object(fields) => {
                if let Some(Value::Object(properties)) = fields.get("properties") {
                    found.extend(properties.keys().cloned());
                }
                fields.values().for_each(|schema| names(schema, found));
            }
            Value::Array(items) => items.iter().for_each(|schema| names(schema, found)),
            _ => {}
        }
    }
    let page = fs::read_to_string(fixture::root().join("docs/json.md")).unwrap();
    let mut found = Vec::new();
    names(&closed_schema(), &mut found);
    assert!(found.len() > 50, "{found:?}");
    for name in found {
        assert!(page.contains(&format!("`{name}`")), "docs/json.md says nothing of `{name}`");
    }
}

#[test]
fn the_example_is_what_is_printed() {
    let page = fs::read_to_string(fixture::root().join("docs/json.md")).unwrap();
    let block = |language: &str| page.split(&format!("```{language}\n")).nth(1).unwrap().split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = block("sql").lines().next().unwrap().strip_prefix("-- ").unwrap();
    fs::create_dir(folder.path().join("migrations")).unwrap();
    fs::write(folder.path().join(path), block("sql")).unwrap();
    let (arguments, shown) = block("console").strip_prefix("$ remold ").unwrap().split_once('\n').unwrap();
    let output = binary::command(folder.path()).args(arguments.split(' ')).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let (shown, lines): (Vec<&str>, Vec<&str>) =
        (shown.lines().map(str::trim).collect(), printed.lines().map(str::trim).collect());
    assert!(readme::matches(&shown, &lines), "{printed}");
}

#[test]
fn several_databases_fit_the_schema_too() {
    let folder = tempfile::tempdir().unwrap();
    let config = "[[database]]\nname = \"one\"\npaths = [\"one\"]\n[[database]]\nname = \"two\"\npaths = [\"two\"]\n";
    fs::write(folder.path().join("remold.toml"), config).unwrap();
    for name in ["one", "two"] {
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::write(folder.path().join(name).join("1.sql"), "CREATE TABLE t (a UNKNOWN(f()));\nDROP TABLE u;\n").unwrap();
    }
    let output = binary::command(folder.path()).args(["lint", "--format", "json"]).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let faults: Vec<String> = jsonschema::validator_for(&closed_schema())
        .unwrap()
        .iter_errors(&report)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let names: Vec<&str> =
        report["databases"].as_array().unwrap().iter().map(|database| database["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["one", "two"]);
}
