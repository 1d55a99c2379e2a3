//! `remold.toml`: what a project says once, so that nobody has to type it.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::str::FromStr;

#[cfg(feature = "pages")]
use serde_json::{Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::Level;
use crate::directive::Reasons;
use crate::history::Runner;
use crate::layout::Layout;
use crate::naming::{NamedKind, Naming, Pattern};
use crate::rules::RULES;
use crate::sqlite::name;
use crate::sqlite::target::Target;
use crate::sqlite::version::{Version, VersionRange};
use crate::text::Span;

#[cfg(feature = "pages")]
pub mod sample;

/// A database of a project that has several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// What the project calls it.
    pub name: String,
    /// What the project says of it: what stands there, and else what stands at the head of the file.
    pub config: Config,
}

/// What a project says. What it leaves out is none, and then the command line or its default holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The databases, where there are several; each has its own migrations.
    pub databases: Vec<Database>,
    /// Migration files, or folders of them.
    pub paths: Vec<String>,
    /// The versions that read the database.
    pub sqlite: Option<VersionRange>,
    /// The version that executes the files.
    pub engine: Option<Version>,
    /// How the files are laid out.
    pub layout: Option<Layout>,
    /// Who runs the files.
    pub runner: Option<Runner>,
    /// Whether the runner switches foreign keys on.
    pub foreign_keys: Option<bool>,
    /// Where the files run, if not in SQLite itself alone.
    pub targets: Vec<Target>,
    /// The file with the schema before the first migration.
    pub schema: Option<String>,
    /// The file with findings that are known.
    pub baseline: Option<String>,
    /// The last migration that is left alone.
    pub after: Option<String>,
    /// From which level on findings fail; none where they never do.
    pub fail_on: Option<Option<Level>>,
    /// Files with the application's queries, or folders of them.
    pub queries: Vec<String>,
    /// What the project calls things.
    pub naming: Naming,
    /// Whether comments that allow something must say why.
    pub reasons: Reasons,
    /// How bad what the rules find is.
    pub levels: Levels,
}

/// How bad what the rules find is, where a project says other than the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    rules: OfRules,
    folders: Vec<(String, OfRules)>,
}

/// The level of each rule that is named; none for one that is off.
type OfRules = BTreeMap<String, Option<Level>>;

impl Levels {
    /// The level of a finding: the rule's own, another, or none where the rule is off. The last folder that
    /// holds the file decides before the project does.
    pub fn of(&self, rule: &str, path: &str, own: Level) -> Option<Level> {
        let mut folders = self.folders.iter().rev().filter(|(folder, _)| holds(folder, path));
        let told = folders.find_map(|(_, rules)| rules.get(rule)).or_else(|| self.rules.get(rule));
        told.copied().unwrap_or(Some(own))
    }

    /// The same for paths below `root`, which are written without it.
    #[must_use]
    pub fn below(self, root: &str) -> Self {
        let below = |folder: String| match folder.strip_prefix(root) {
            _ if holds(&folder, root) => Some(String::new()),
            Some(rest) if root.is_empty() || rest.starts_with('/') => Some(rest.trim_matches('/').to_owned()),
            _ => None,
        };
        let folders = self.folders.into_iter();
        Self { folders: folders.filter_map(|(folder, rules)| Some((below(folder)?, rules))).collect(), ..self }
    }
}

/// Whether the path is the folder's, or below it.
fn holds(folder: &str, path: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What is wrong with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// The keys of the file, with what each says.
const KEYS: [(&str, &str); 17] = [
    ("after", "The last migration that is left alone, by its path, name or number"),
    ("baseline", "The file that `remold baseline` wrote"),
    ("database", "A database of several, with its name, its own paths and whatever else holds for it alone"),
    ("engine", "The version of SQLite that executes the files: 3.40.1"),
    ("fail-on", "From which level on findings make the exit code 1: error, warning, note or never"),
    ("folders", "Levels of rules for the files of a folder"),
    ("foreign-keys", "Whether the runner switches foreign keys on: on or off"),
    ("layout", "How the files are laid out, if not as they are recognised: plain, dbmate, goose …"),
    ("naming", "What new tables, columns, indexes and others are called, as a pattern for each kind"),
    ("paths", "Migration files, or folders of them, beside this file"),
    ("queries", "The application's queries, which migrations should leave working"),
    ("reasons", "Whether a comment that allows a finding must say why: required or optional"),
    ("rules", "The level of a rule: error, warning, note or off"),
    ("runner", "Who runs the files: by-hand, remold, sqlx …"),
    ("schema", "The schema before the first file: SQL, an export or a snapshot"),
    ("sqlite", "The versions of SQLite that will read the database: 3.34.1.."),
    ("targets", "Where the files run, if not in SQLite itself alone: d1, libsql, rqlite, turso"),
];

/// The keys below `[queries]`.
const QUERIES: [(&str, &str); 1] =
    [("paths", "Files of sqlx (query-*.json) or of SQL, or folders of them, beside this file: .sqlx")];

impl Config {
    /// Reads the file's text.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let table = DeTable::parse(text).map_err(|error| Fault {
            span: span(error.span().unwrap_or_default()),
            message: error.message().trim().replace('\n', ", "),
            help: None,
        })?;
        let mut config = Self::default();
        let is_database = |key: &Spanned<alloc::borrow::Cow<str>>| &**key.get_ref() == "database";
        for (key, value) in table.get_ref().iter().filter(|(key, _)| !is_database(key)) {
            config.set(key, value)?;
        }
        // Each begins with what holds for all.
        for (_, value) in table.get_ref().iter().filter(|(key, _)| is_database(key)) {
            config.databases = databases(value, &config)?;
        }
        Ok(config)
    }

    fn set(&mut self, key: &Spanned<alloc::borrow::Cow<str>>, value: &Spanned<DeValue>) -> Result<(), Fault> {
        match &**key.get_ref() {
            "after" => self.after = Some(string(value)?),
            "baseline" => self.baseline = Some(string(value)?),
            "engine" => self.engine = Some(parsed(value)?),
            "fail-on" => self.fail_on = Some(level(value, "never")?),
            "folders" => self.levels.folders.extend(folders(value)?),
            "foreign-keys" => self.foreign_keys = Some(one_of(value, [("on", true), ("off", false)])?),
            "layout" => self.layout = Some(parsed(value)?),
            "naming" => naming(value, &mut self.naming)?,
            "paths" => self.paths = list(value, string)?,
            "queries" => self.queries = queries(value)?,
            "reasons" => {
                self.reasons = one_of(value, [("required", Reasons::Required), ("optional", Reasons::Optional)])?;
            }
            "rules" => self.levels.rules.extend(rules(value)?),
            "runner" => self.runner = Some(parsed(value)?),
            "schema" => self.schema = Some(string(value)?),
            "sqlite" => self.sqlite = Some(parsed(value)?),
            "targets" => self.targets = list(value, parsed)?,
            other => return Err(unknown(span(key.span()), "key", other, KEYS.iter().map(|(key, _)| *key))),
        }
        Ok(())
    }
}

/// The JSON schema of the file, for editors; it describes each rule by its title.
#[cfg(feature = "pages")]
pub fn json_schema() -> String {
    let levels = json!({ "enum": ["error", "warning", "note", "off"] });
    let rule = |title: &str| json!({ "description": title, "$ref": "#/$defs/level" });
    let of_rules: serde_json::Map<String, Value> =
        RULES.iter().map(|entry| (entry.rule.id.to_owned(), rule(entry.title()))).collect();
    let pattern = json!({ "type": "string", "examples": ["{snake_case}", "idx_{table}_{columns}"] });
    let patterns: serde_json::Map<String, Value> =
        NamedKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), pattern.clone())).collect();
    let text = |key: &str| json!({ "type": "string", "description": described(key) });
    let paths = |(key, description): &(&str, &str)| {
        let list = json!({ "type": "array", "items": { "type": "string" }, "description": description });
        ((*key).to_owned(), list)
    };
    let words = |key: &str, words: &[&str]| json!({ "enum": words, "description": described(key) });
    let mut properties = json!({
        "after": text("after"),
        "baseline": text("baseline"),
        "engine": text("engine"),
        "fail-on": words("fail-on", &["error", "warning", "note", "never"]),
        "folders": {
            "type": "object",
            "description": described("folders"),
            "additionalProperties": { "$ref": "#/$defs/rules" }
        },
        "foreign-keys": words("foreign-keys", &["on", "off"]),
        "layout": words("layout", &Layout::names().collect::<Vec<_>>()),
        "naming": {
            "type": "object",
            "description": described("naming"),
            "additionalProperties": false,
            "properties": patterns,
        },
        "paths": { "type": "array", "items": { "type": "string" }, "description": described("paths") },
        "queries": {
            "type": "object",
            "description": described("queries"),
            "additionalProperties": false,
            "properties": QUERIES.iter().map(paths).collect::<serde_json::Map<_, _>>()
        },
        "reasons": words("reasons", &["required", "optional"]),
        "rules": { "$ref": "#/$defs/rules", "description": described("rules") },
        "runner": words("runner", &Runner::names().collect::<Vec<_>>()),
        "schema": text("schema"),
        "sqlite": text("sqlite"),
        "targets": {
            "type": "array",
            "items": { "enum": Target::ALL.map(Target::as_str) },
            "description": described("targets")
        },
    });
    let mut own = properties.clone();
    if let (Some(properties), Some(own)) = (properties.as_object_mut(), own.as_object_mut()) {
        own.remove("fail-on");
        own.insert("name".to_owned(), json!({ "type": "string", "description": "What the database is called" }));
        let of_one = json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["name", "paths"],
            "properties": own,
        });
        let list = json!({ "type": "array", "items": of_one, "description": described("database") });
        properties.insert("database".to_owned(), list);
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "remold.toml",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "$defs": {
            "level": levels,
            "rules": { "type": "object", "additionalProperties": false, "properties": of_rules },
        }
    });
    let mut text = format!("{schema:#}");
    text.push('\n');
    text
}

#[cfg(feature = "pages")]
fn described(key: &str) -> &'static str {
    KEYS.iter().find(|(known, _)| *known == key).map_or("", |(_, description)| description)
}

fn span(range: core::ops::Range<usize>) -> Span {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(place(range.start), place(range.end))
}

fn fault<Any>(value: &Spanned<DeValue>, message: String) -> Result<Any, Fault> {
    Err(Fault { span: span(value.span()), message, help: None })
}

fn unknown<'known>(at: Span, what: &str, name: &str, known: impl Iterator<Item = &'known str> + Clone) -> Fault {
    let nearest = name::nearest(name, known.clone());
    let help = nearest.map_or_else(
        || match what {
            "rule" => "`remold rules` lists them".to_owned(),
            _ => format!("write one of {}", known.collect::<Vec<_>>().join(", ")),
        },
        |nearest| format!("write `{nearest}`, if that is meant"),
    );
    Fault { span: at, message: format!("there is no {what} `{name}`"), help: Some(help) }
}

fn string(value: &Spanned<DeValue>) -> Result<String, Fault> {
    match value.get_ref() {
        DeValue::String(text) => Ok(text.to_string()),
        other => fault(value, format!("this is {}, and must be a string", kind(other))),
    }
}

fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn parsed<Parsed: FromStr<Err = String>>(value: &Spanned<DeValue>) -> Result<Parsed, Fault> {
    string(value)?.parse().or_else(|error| fault(value, error))
}

fn one_of<Meaning, const COUNT: usize>(
    value: &Spanned<DeValue>,
    words: [(&str, Meaning); COUNT],
) -> Result<Meaning, Fault> {
    let text = string(value)?;
    let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let error = format!("`{text}` is not one of {}", known.join(", "));
    words.into_iter().find(|(word, _)| *word == text).map_or_else(|| fault(value, error), |(_, meaning)| Ok(meaning))
}

/// A level, or none by the word for it.
fn level(value: &Spanned<DeValue>, none: &str) -> Result<Option<Level>, Fault> {
    let level = |level| Some(level);
    let words = [
        ("error", level(Level::Error)),
        ("warning", level(Level::Warning)),
        ("note", level(Level::Note)),
        (none, None),
    ];
    one_of(value, words)
}

fn list<Item>(
    value: &Spanned<DeValue>,
    item: fn(&Spanned<DeValue>) -> Result<Item, Fault>,
) -> Result<Vec<Item>, Fault> {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().map(item).collect(),
        other => fault(value, format!("this is {}, and must be a list of strings", kind(other))),
    }
}

fn table<'value, 'text>(value: &'value Spanned<DeValue<'text>>) -> Result<&'value DeTable<'text>, Fault> {
    match value.get_ref() {
        DeValue::Table(table) => Ok(table),
        other => fault(value, format!("this is {}, and must be a table", kind(other))),
    }
}

fn queries(value: &Spanned<DeValue>) -> Result<Vec<String>, Fault> {
    let mut paths = Vec::new();
    for (key, value) in table(value)? {
        match &**key.get_ref() {
            "paths" => paths = list(value, string)?,
            other => return Err(unknown(span(key.span()), "key", other, QUERIES.iter().map(|(key, _)| *key))),
        }
    }
    Ok(paths)
}

fn rules(value: &Spanned<DeValue>) -> Result<OfRules, Fault> {
    let ids = RULES.iter().map(|entry| entry.rule.id);
    table(value)?
        .iter()
        .map(|(key, value)| {
            let id = &**key.get_ref();
            if !ids.clone().any(|known| known == id) {
                if KEYS.iter().any(|(known, _)| *known == id) {
                    return Err(of_project(span(key.span()), id));
                }
                return Err(unknown(span(key.span()), "rule", id, ids.clone()));
            }
            Ok((id.to_owned(), level(value, "off")?))
        })
        .collect()
}

fn naming(value: &Spanned<DeValue>, naming: &mut Naming) -> Result<(), Fault> {
    for (key, value) in table(value)? {
        let word = &**key.get_ref();
        let Some(kind) = NamedKind::ALL.into_iter().find(|kind| kind.as_str() == word) else {
            let known = NamedKind::ALL.iter().map(|kind| kind.as_str());
            return Err(unknown(span(key.span()), "kind of name", word, known));
        };
        naming.set(kind, Pattern::read(kind, &string(value)?).or_else(|error| fault(value, error))?);
    }
    Ok(())
}

/// The databases, each with what holds for all and its own over it.
fn databases(value: &Spanned<DeValue>, all: &Config) -> Result<Vec<Database>, Fault> {
    let DeValue::Array(entries) = value.get_ref() else {
        return fault(value, format!("this is {}; write [[database]] before each", kind(value.get_ref())));
    };
    let mut databases: Vec<Database> = Vec::new();
    for entry in entries {
        let database = database(entry, all)?;
        if databases.iter().any(|known| known.name == database.name) {
            return fault(entry, format!("two databases are called `{}`", database.name));
        }
        databases.push(database);
    }
    Ok(databases)
}

fn database(entry: &Spanned<DeValue>, all: &Config) -> Result<Database, Fault> {
    let table = table(entry)?;
    let mut config = Config { paths: Vec::new(), ..all.clone() };
    let mut name = String::new();
    for (key, value) in table {
        match &**key.get_ref() {
            "name" => name = string(value)?,
            "database" | "fail-on" => return Err(of_project(span(key.span()), key.get_ref())),
            _ => config.set(key, value)?,
        }
    }
    match (name.trim().is_empty(), config.paths.is_empty()) {
        (true, _) => fault(entry, "a database needs a `name`, by which it is told from the others".to_owned()),
        (false, true) => fault(entry, format!("database `{name}` needs `paths`, where its migrations are")),
        (false, false) => Ok(Database { name, config }),
    }
}

/// All files of a run change one database, and what holds for that does not end at a folder.
fn of_project(at: Span, key: &str) -> Fault {
    Fault {
        span: at,
        message: format!("`{key}` is said for the whole project, and not here"),
        help: Some(
            "write it at the head; what holds for one database of several stands behind [[database]]".to_owned(),
        ),
    }
}

fn folders(value: &Spanned<DeValue>) -> Result<Vec<(String, OfRules)>, Fault> {
    let mut found: Vec<_> = table(value)?
        .iter()
        .map(|(key, value)| Ok((key.get_ref().trim_matches('/').to_owned(), rules(value)?)))
        .collect::<Result<_, Fault>>()?;
    // What lies deeper decides.
    found.sort_by_key(|(folder, _)| folder.matches('/').count());
    Ok(found)
}
