//! The table of versions and the facts about them, each statement run in 72 real engines of SQLite,
//! the oldest 3.7.8, the newest 3.54.1. Where a fact is wrong the engine decides: mend the fact.

use std::fmt::Write as _;

use remold_core::diagnostics::{Finding, Level};
use remold_core::history::{Project, Runner};
use remold_core::lint::{Settings, lint};
use remold_core::parse;
use remold_core::sqlite::function::{
    self, Build, CONVERSIONS, FORMS, FUNCTIONS, Function, MODIFIERS, MODULES, TABLE_FUNCTIONS,
};
use remold_core::sqlite::version::{self, BUNDLED, FEATURES, Feature, Version, VersionRange};
use remold_core::text::SourceFile;
use serde_json::Value;

use crate::harness::engines::{Engine, EngineVersion, Flavour, on_each, versions};

/// A statement of `facts/versions.json`.
struct Fact {
    feature: String,
    since_docs: String,
    sql_setup: String,
    sql: String,
    check: Option<String>,
    expect: Option<String>,
    accepted: String,
    /// Where a build without options differs.
    accepted_plain: Option<String>,
}

/// A scenario of `facts/alter.json`.
struct Scenario {
    name: String,
    setup: String,
    sql: String,
    check: Option<String>,
    results: Vec<(String, String)>,
}

/// The versions `3.8.2..3.17.0`, or `3.8.2..` where the newest is among them.
struct Range {
    oldest: EngineVersion,
    newest: Option<EngineVersion>,
}

impl Range {
    /// Reads ranges with a space between, or `never`.
    fn several(text: &str) -> Vec<Self> {
        let ranges = text.split(' ').filter(|range| *range != "never");
        ranges
            .map(|range| {
                let (oldest, newest) = range.split_once("..").unwrap();
                let newest = (!newest.is_empty()).then(|| newest.parse().unwrap());
                Self { oldest: oldest.parse().unwrap(), newest }
            })
            .collect()
    }

    fn contains(&self, version: &EngineVersion) -> bool {
        self.oldest <= *version && self.newest.as_ref().is_none_or(|newest| version <= newest)
    }
}

/// A text or a number of the facts, as text.
fn text(row: &Value, key: &str) -> Option<String> {
    row.get(key).map(|value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned))
}

fn facts() -> Vec<Fact> {
    let rows: Vec<Value> = serde_json::from_str(include_str!("facts/versions.json")).unwrap();
    let fact = |row: &Value| Fact {
        feature: text(row, "feature").unwrap(),
        since_docs: text(row, "since_docs").unwrap(),
        sql_setup: text(row, "sql_setup").unwrap_or_default(),
        sql: text(row, "sql").unwrap(),
        check: text(row, "check"),
        expect: text(row, "expect"),
        accepted: text(row, "accepted").unwrap(),
        accepted_plain: text(row, "accepted_plain"),
    };
    rows.iter().map(fact).collect()
}

fn scenarios() -> Vec<Scenario> {
    let rows: Vec<Value> = serde_json::from_str(include_str!("facts/alter.json")).unwrap();
    let scenario = |row: &Value| Scenario {
        name: text(row, "name").unwrap(),
        setup: text(row, "setup").unwrap(),
        sql: text(row, "sql").unwrap(),
        check: text(row, "check"),
        results: row["results"]
            .as_object()
            .unwrap()
            .keys()
            .map(|range| (range.clone(), text(&row["results"], range).unwrap()))
            .collect(),
    };
    rows.iter().map(scenario).collect()
}

/// The outcomes as the facts are written: each with the ranges of versions that gave it.
fn as_ranges<Outcome: PartialEq>(outcomes: &[(EngineVersion, Outcome)]) -> Vec<(String, &Outcome)> {
    let mut ranges = Vec::new();
    for run in outcomes.chunk_by(|(_, one), (_, other)| one == other) {
        let (first, outcome) = &run[0];
        let (last, _) = &run[run.len() - 1];
        let is_newest = last == &outcomes[outcomes.len() - 1].0;
        let range = if is_newest { format!("{first}..") } else { format!("{first}..{last}") };
        ranges.push((range, outcome));
    }
    ranges
}

/// Whether the engine accepts the statement, and gives what the fact expects of it.
fn accepts(engine: &mut Engine, fact: &Fact) -> bool {
    engine.open();
    if engine.run(&fact.sql_setup).error.is_some() || engine.run(&fact.sql).error.is_some() {
        return false;
    }
    let (Some(check), Some(expected)) = (&fact.check, &fact.expect) else { return true };
    let answer = engine.run(check);
    let Some(value) = answer.rows.first().and_then(|row| row.first()) else { return false };
    answer.error.is_none() && (expected == "__ROWS__" || value == expected)
}

/// What the engine makes of the scenario, in the words of the facts.
fn result(engine: &mut Engine, scenario: &Scenario) -> String {
    engine.open();
    if let Some((_, message)) = engine.run(&scenario.setup).error {
        return format!("SETUP-FAIL: {message}");
    }
    if let Some((code, message)) = engine.run(&scenario.sql).error {
        return format!("ERR[{code}] {message}");
    }
    let Some(check) = &scenario.check else { return "OK".into() };
    let answer = engine.run(check);
    if let Some((_, message)) = answer.error {
        return format!("OK, then check fails: {message}");
    }
    let rows: Vec<String> = answer.rows.iter().map(|row| row.join(",")).collect();
    format!("OK -> {}", rows.join("|"))
}

fn every_fact_holds(flavour: Flavour) {
    let facts = facts();
    let outcomes = on_each(flavour, |engine| facts.iter().map(|fact| accepts(engine, fact)).collect::<Vec<_>>());
    let mut wrong = String::new();
    for (at, fact) in facts.iter().enumerate() {
        let measured: Vec<(EngineVersion, bool)> =
            outcomes.iter().map(|(version, accepted)| (version.clone(), accepted[at])).collect();
        let stated = match flavour {
            Flavour::Full => &fact.accepted,
            Flavour::Plain => fact.accepted_plain.as_ref().unwrap_or(&fact.accepted),
        };
        let ranges = Range::several(stated);
        if measured.iter().any(|(version, accepted)| ranges.iter().any(|range| range.contains(version)) != *accepted) {
            let accepted: Vec<String> =
                as_ranges(&measured).into_iter().filter(|(_, accepted)| **accepted).map(|(range, _)| range).collect();
            let accepted = if accepted.is_empty() { "never".into() } else { accepted.join(" ") };
            writeln!(wrong, "`{}` ({flavour:?}): `{stated}` is `{accepted}`", fact.feature).unwrap();
        }
    }
    assert!(wrong.is_empty(), "mend facts/versions.json, the engines say:\n{wrong}");
}

#[test]
fn every_statement_is_accepted_where_the_facts_say_so() {
    assert!(facts().len() >= 467, "facts/versions.json has lost some");
    every_fact_holds(Flavour::Full);
}

#[test]
fn every_statement_is_accepted_without_options_where_the_facts_say_so() {
    every_fact_holds(Flavour::Plain);
}

#[test]
fn every_alter_table_gives_what_the_facts_say() {
    let scenarios = scenarios();
    assert!(scenarios.len() >= 138, "facts/alter.json has lost some");
    let mut wrong = String::new();
    for flavour in [Flavour::Full, Flavour::Plain] {
        let outcomes = on_each(flavour, |engine| scenarios.iter().map(|it| result(engine, it)).collect::<Vec<_>>());
        for (at, scenario) in scenarios.iter().enumerate() {
            let measured: Vec<(EngineVersion, &String)> =
                outcomes.iter().map(|(version, results)| (version.clone(), &results[at])).collect();
            if flavour == Flavour::Plain && scenario.setup.contains("USING fts4") {
                assert!(measured.iter().all(|(_, result)| result.starts_with("SETUP-FAIL: ")), "{}", scenario.name);
                continue;
            }
            let stated: Vec<(Range, &String)> = scenario
                .results
                .iter()
                .flat_map(|(range, result)| Range::several(range).into_iter().map(move |range| (range, result)))
                .collect();
            let holds = |(version, result): &(EngineVersion, &String)| {
                let mut said = stated.iter().filter(|(range, _)| range.contains(version));
                said.next().is_some_and(|(_, said)| said == result) && said.next().is_none()
            };
            if !measured.iter().all(holds) {
                writeln!(wrong, "`{}` ({flavour:?}): {:?}", scenario.name, as_ranges(&measured)).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "mend facts/alter.json, the engines say:\n{wrong}");
}

#[test]
fn no_feature_is_younger_than_the_first_version_that_took_it() {
    for fact in facts() {
        let Some(first) = Range::several(&fact.accepted).into_iter().next().map(|range| range.oldest) else { continue };
        for (feature, _) in parse::statements(&fact.sql).iter().flat_map(|statement| &statement.features) {
            let known = fact.since_docs == feature.since.to_string() || early(*feature).contains(&&*first.to_string());
            let since = EngineVersion::from(feature.since);
            assert!(since <= first || known, "{}: {} in {first}", fact.feature, feature.name);
        }
    }
}

/// How a version without the feature shows that it lacks it.
enum Lacks {
    /// It says this, and stops.
    Says(&'static str),
    /// It runs the statement and gives no row.
    GivesNothing,
}

use Lacks::{GivesNothing, Says};

/// A statement that needs the feature, and what the newest version without it makes of it.
struct Proof {
    feature: Feature,
    setup: &'static str,
    sql: &'static str,
    lacks: Lacks,
}

/// A release that was withdrawn: it had of what 3.53.0 documents all but `REINDEX EXPRESSIONS`.
const WITHDRAWN: &str = "3.52.0";

/// Versions before `since` that take the feature all the same.
fn early(feature: Feature) -> &'static [&'static str] {
    match feature {
        // They could corrupt the database.
        version::DROP_COLUMN => &["3.35.2", "3.35.4"],
        version::ALTER_ADD_CHECK
        | version::ALTER_DROP_CONSTRAINT
        | version::ALTER_NOT_NULL
        | version::TARGET_ALIAS_IN_TRIGGER => &[WITHDRAWN],
        _ => &[],
    }
}

const TABLE: &str = "CREATE TABLE t (a INTEGER PRIMARY KEY, b, c); INSERT INTO t VALUES (1, 2, 3);";

const fn proof(feature: Feature, sql: &'static str, lacks: Lacks) -> Proof {
    Proof { feature, setup: TABLE, sql, lacks }
}

/// At least one proof of each feature.
const PROOFS: &[Proof] = &[
    proof(version::PARTIAL_INDEX, "CREATE INDEX i ON t (b) WHERE c > 0", Says("near \"WHERE\": syntax error")),
    proof(version::DEFER_FOREIGN_KEYS, "PRAGMA defer_foreign_keys", GivesNothing),
    proof(
        version::WITHOUT_ROWID,
        "CREATE TABLE w (a PRIMARY KEY) WITHOUT ROWID",
        Says("near \"WITHOUT\": syntax error"),
    ),
    proof(
        version::COMMON_TABLE_EXPRESSION,
        "WITH x AS (SELECT 1) SELECT * FROM x",
        Says("near \"WITH\": syntax error"),
    ),
    proof(
        version::COMMON_TABLE_EXPRESSION,
        "WITH x (q) AS (SELECT 1) INSERT INTO t (b) SELECT q FROM x",
        Says("near \"WITH\": syntax error"),
    ),
    proof(version::VALUES_QUERY, "VALUES (1, 2)", Says("near \"VALUES\": syntax error")),
    proof(version::VALUES_QUERY, "SELECT * FROM (VALUES (1), (2))", Says("near \"VALUES\": syntax error")),
    proof(version::HEXADECIMAL_NUMBER, "SELECT 0x1F", Says("unrecognized token: \"0x1F\"")),
    proof(version::EXPRESSION_INDEX, "CREATE INDEX i ON t (abs(b))", Says("near \"(\": syntax error")),
    proof(version::EXPRESSION_INDEX, "CREATE INDEX i ON t (b + 1)", Says("near \"+\": syntax error")),
    proof(version::VIEW_COLUMN_LIST, "CREATE VIEW v (x) AS SELECT a FROM t", Says("near \"(\": syntax error")),
    proof(version::ROW_VALUE, "UPDATE t SET (b, c) = (1, 2)", Says("near \"(\": syntax error")),
    proof(version::ROW_VALUE, "SELECT (1, 2) < (2, 3)", Says("near \",\": syntax error")),
    proof(version::PRAGMA_FUNCTION, "SELECT * FROM pragma_table_info('t')", Says("no such table: pragma_table_info")),
    proof(version::BOOLEAN_WORD, "SELECT true, FALSE", Says("no such column: true")),
    proof(version::BOOLEAN_WORD, "SELECT a IS NOT TRUE FROM t", Says("no such column: TRUE")),
    proof(
        version::UPSERT,
        "INSERT INTO t VALUES (1, 2, 3) ON CONFLICT (a) DO UPDATE SET b = excluded.b",
        Says("near \"ON\": syntax error"),
    ),
    proof(version::UPSERT, "INSERT INTO t VALUES (1, 2, 3) ON CONFLICT DO NOTHING", Says("near \"ON\": syntax error")),
    proof(version::TARGET_ALIAS, "INSERT INTO t AS x VALUES (7, 1, 1)", Says("near \"AS\": syntax error")),
    proof(version::TARGET_ALIAS, "UPDATE t AS x SET b = 1", Says("near \"AS\": syntax error")),
    proof(version::TARGET_ALIAS, "DELETE FROM t AS x WHERE x.a = 1", Says("near \"AS\": syntax error")),
    proof(version::RENAME_COLUMN, "ALTER TABLE t RENAME COLUMN b TO d", Says("near \"COLUMN\": syntax error")),
    proof(version::RENAME_COLUMN, "ALTER TABLE t RENAME b TO d", Says("near \"b\": syntax error")),
    proof(version::WINDOW_FUNCTION, "SELECT row_number() OVER (ORDER BY a) FROM t", Says("near \"(\": syntax error")),
    proof(
        version::WINDOW_FUNCTION,
        "SELECT sum(b) FILTER (WHERE a > 0) OVER (ORDER BY a) FROM t",
        Says("near \"(\": syntax error"),
    ),
    proof(version::TABLE_XINFO, "PRAGMA table_xinfo(t)", GivesNothing),
    proof(version::VACUUM_INTO, "VACUUM INTO ''", Says("near \"INTO\": syntax error")),
    proof(
        version::WINDOW_GROUPS,
        "SELECT sum(b) OVER (ORDER BY a GROUPS 1 PRECEDING) FROM t",
        Says("near \"GROUPS\": syntax error"),
    ),
    proof(
        version::WINDOW_GROUPS,
        "SELECT sum(b) OVER (ORDER BY a ROWS 1 PRECEDING EXCLUDE TIES) FROM t",
        Says("near \"EXCLUDE\": syntax error"),
    ),
    proof(version::NULLS_FIRST, "SELECT a FROM t ORDER BY b NULLS FIRST", Says("near \"NULLS\": syntax error")),
    proof(version::NULLS_FIRST, "SELECT a FROM t ORDER BY b DESC NULLS LAST", Says("near \"NULLS\": syntax error")),
    proof(
        version::AGGREGATE_FILTER,
        "SELECT count(*) FILTER (WHERE b > 0) FROM t",
        Says("near \"FROM\": syntax error"),
    ),
    proof(version::GENERATED_COLUMN, "CREATE TABLE g (a, b AS (a + 1))", Says("near \"AS\": syntax error")),
    proof(
        version::GENERATED_COLUMN,
        "CREATE TABLE g (a, b GENERATED ALWAYS AS (a + 1) STORED)",
        Says("near \"AS\": syntax error"),
    ),
    proof(
        version::GENERATED_COLUMN,
        "ALTER TABLE t ADD COLUMN d AS (b + 1) VIRTUAL",
        Says("near \"AS\": syntax error"),
    ),
    proof(
        version::UPDATE_FROM,
        "UPDATE t SET b = s.x FROM (SELECT 1 AS x) AS s WHERE t.a = s.x",
        Says("near \"FROM\": syntax error"),
    ),
    proof(version::SQLITE_SCHEMA, "SELECT * FROM sqlite_schema", Says("no such table: sqlite_schema")),
    proof(version::RETURNING, "INSERT INTO t VALUES (5, 2, 3) RETURNING a", Says("near \"RETURNING\": syntax error")),
    proof(version::RETURNING, "UPDATE t SET b = 1 RETURNING a", Says("near \"RETURNING\": syntax error")),
    proof(version::RETURNING, "DELETE FROM t RETURNING a", Says("near \"RETURNING\": syntax error")),
    proof(
        version::MATERIALIZED,
        "WITH x AS MATERIALIZED (SELECT 1) SELECT * FROM x",
        Says("near \"MATERIALIZED\": syntax error"),
    ),
    proof(
        version::MATERIALIZED,
        "WITH x AS NOT MATERIALIZED (SELECT 1) SELECT * FROM x",
        Says("near \"NOT\": syntax error"),
    ),
    proof(
        version::UPSERT_CLAUSES,
        "INSERT INTO t VALUES (1, 2, 3) ON CONFLICT (a) DO NOTHING ON CONFLICT DO NOTHING",
        Says("near \"ON\": syntax error"),
    ),
    proof(
        version::UPSERT_ANY_TARGET,
        "INSERT INTO t VALUES (1, 2, 3) ON CONFLICT DO UPDATE SET b = 1",
        Says("near \"UPDATE\": syntax error"),
    ),
    proof(version::DROP_COLUMN, "ALTER TABLE t DROP COLUMN c", Says("near \"DROP\": syntax error")),
    proof(version::DROP_COLUMN, "ALTER TABLE t DROP c", Says("near \"DROP\": syntax error")),
    proof(version::STRICT, "CREATE TABLE s (a ANY) STRICT", Says("near \"STRICT\": syntax error")),
    proof(
        version::STRICT,
        "CREATE TABLE s (a INTEGER PRIMARY KEY) WITHOUT ROWID, STRICT",
        Says("near \",\": syntax error"),
    ),
    proof(version::TABLE_LIST, "PRAGMA table_list", GivesNothing),
    proof(version::JSON_ARROW, "SELECT '{\"a\": 1}' -> '$.a'", Says("near \">\": syntax error")),
    proof(version::JSON_ARROW, "SELECT '{\"a\": 1}' ->> 'a'", Says("near \">>\": syntax error")),
    proof(
        version::FULL_JOIN,
        "SELECT * FROM t RIGHT JOIN t AS u ON t.a = u.a",
        Says("RIGHT and FULL OUTER JOINs are not currently supported"),
    ),
    proof(
        version::FULL_JOIN,
        "SELECT * FROM t NATURAL FULL OUTER JOIN t AS u",
        Says("RIGHT and FULL OUTER JOINs are not currently supported"),
    ),
    proof(version::IS_DISTINCT_FROM, "SELECT 1 IS DISTINCT FROM 2", Says("near \"DISTINCT\": syntax error")),
    proof(version::IS_DISTINCT_FROM, "SELECT 1 IS NOT DISTINCT FROM 2", Says("near \"DISTINCT\": syntax error")),
    proof(
        version::AGGREGATE_ORDER_BY,
        "SELECT group_concat(b ORDER BY a) FROM t",
        Says("near \"ORDER\": syntax error"),
    ),
    proof(version::DIGIT_SEPARATOR, "SELECT 1_000", Says("unrecognized token: \"1_000\"")),
    proof(
        version::RAISE_EXPRESSION,
        "CREATE TRIGGER r BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'x' || new.a); END",
        Says("near \"||\": syntax error"),
    ),
    proof(
        version::ALTER_ADD_CHECK,
        "ALTER TABLE t ADD CONSTRAINT k CHECK (b > 0)",
        Says("near \"CONSTRAINT\": syntax error"),
    ),
    proof(version::ALTER_ADD_CHECK, "ALTER TABLE t ADD CHECK (b > 0)", Says("near \"CHECK\": syntax error")),
    Proof {
        feature: version::ALTER_DROP_CONSTRAINT,
        setup: "CREATE TABLE t (a, b CONSTRAINT n NOT NULL, CONSTRAINT k CHECK (b > 0));",
        sql: "ALTER TABLE t DROP CONSTRAINT k",
        lacks: Says("near \"CONSTRAINT\": syntax error"),
    },
    proof(version::ALTER_NOT_NULL, "ALTER TABLE t ALTER COLUMN b SET NOT NULL", Says("near \"ALTER\": syntax error")),
    proof(version::ALTER_NOT_NULL, "ALTER TABLE t ALTER b DROP NOT NULL", Says("near \"ALTER\": syntax error")),
    proof(version::REINDEX_EXPRESSIONS, "REINDEX EXPRESSIONS", Says("unable to identify the object to be reindexed")),
    proof(
        version::TARGET_ALIAS_IN_TRIGGER,
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t AS x SET b = 1; END",
        Says("near \"AS\": syntax error"),
    ),
    proof(
        version::TARGET_ALIAS_IN_TRIGGER,
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO t AS x VALUES (2, 3, 4); END",
        Says("near \"AS\": syntax error"),
    ),
    Proof {
        feature: version::ALTER_DROP_FOREIGN_KEY,
        setup: "CREATE TABLE p (x PRIMARY KEY); CREATE TABLE t (a, b CONSTRAINT k REFERENCES p (x));",
        sql: "ALTER TABLE t DROP CONSTRAINT k",
        lacks: Says("constraint may not be dropped: k"),
    },
];

#[test]
fn every_feature_begins_with_its_version() {
    for feature in FEATURES {
        let proven = PROOFS.iter().any(|proof| proof.feature == *feature);
        assert!(proven, "{}: nothing proves that it came with {}", feature.name, feature.since);
    }
    // What each engine makes of each proof: of the setup, of the statement, and whether that gave rows.
    let outcomes = on_each(Flavour::Plain, |engine| {
        let tried = PROOFS.iter().map(|proof| {
            engine.open();
            (engine.run(proof.setup), engine.run(proof.sql))
        });
        tried.collect::<Vec<_>>()
    });
    for (at, proof) in PROOFS.iter().enumerate() {
        let (name, since) = (proof.feature.name, EngineVersion::from(proof.feature.since));
        let is_early = |version: &EngineVersion| early(proof.feature).contains(&&*version.to_string());
        let ignored = version::is_ignored(proof.feature);
        assert_eq!(ignored, matches!(proof.lacks, GivesNothing), "{name}: `is_ignored` says otherwise");
        for (version, tried) in &outcomes {
            let (_, answer) = &tried[at];
            let has_it = answer.error.is_none() && !(ignored && answer.rows.is_empty());
            let should = *version >= since || is_early(version);
            assert_eq!(has_it, should, "{name}, since {since}: {version} and `{}`: {}", proof.sql, answer.message());
        }
        for version in early(proof.feature) {
            assert!(version.parse::<EngineVersion>().unwrap() < since, "{name}: {version} is not early");
        }
        let newest_without = outcomes.iter().rfind(|(version, _)| *version < since && !is_early(version));
        let oldest_with = outcomes.iter().find(|(version, _)| *version >= since);
        let (Some((without, refused)), Some((_, taken))) = (newest_without, oldest_with) else {
            panic!("{name}: there is no engine on either side of {since}");
        };
        // What is refused must be the statement, and for the reason that the proof gives.
        assert_eq!(refused[at].0.message(), "", "{name}: the setup in {without}");
        assert_eq!(taken[at].0.message(), "", "{name}: the setup");
        let said = match proof.lacks {
            Says(said) => said,
            GivesNothing => "",
        };
        assert_eq!(refused[at].1.message(), said, "{name}: {without} and `{}`", proof.sql);
    }
}

/// Features that the reader does not tell yet.
const UNREAD: &[Feature] = &[version::ALTER_DROP_FOREIGN_KEY];

#[test]
fn the_reader_tells_every_feature() {
    for proof in PROOFS {
        let statements = parse::statements(proof.sql);
        let told = statements[0].features.iter().any(|(feature, _)| *feature == proof.feature);
        let unread = UNREAD.contains(&proof.feature);
        assert_ne!(told, unread, "{}: `{}` (told: {told}, in UNREAD: {unread})", proof.feature.name, proof.sql);
    }
}

/// Statements in which the linter takes one feature for another: on a window, FILTER came with 3.25, and
/// it says 3.30.
const MISREAD: &[&str] = &[];

#[test]
fn the_linter_says_of_each_version_what_its_engine_says() {
    let outcomes = on_each(Flavour::Plain, |engine| {
        let version = engine.version.as_three_numbers();
        let settings = Settings::new(Some(VersionRange::from(version)), None, Runner::by_hand());
        let compared = PROOFS.iter().map(|proof| {
            engine.open();
            let prepared = engine.run(proof.setup).error.is_none();
            let answer = engine.run(proof.sql);
            let text = format!("{}\n{};\n", proof.setup, proof.sql);
            let project = Project { files: vec![SourceFile::new("proof.sql", text)], ..Project::default() };
            let findings = lint(&project, &settings).findings;
            let found: Vec<Finding> =
                findings.into_iter().filter(|finding| finding.rule.starts_with("version-")).collect();
            let claims: Vec<String> = found
                .iter()
                .filter_map(|finding| finding.sqlite_error.clone())
                .filter(|claim| !claim.starts_with("malformed database schema"))
                .collect();
            (prepared, answer.message().to_owned(), found.len(), claims)
        });
        compared.collect::<Vec<_>>()
    });
    for (at, proof) in PROOFS.iter().enumerate() {
        let mut disagree = Vec::new();
        for (version, compared) in outcomes.iter().filter(|(version, _)| version.to_string() != WITHDRAWN) {
            let (prepared, message, found, claims) = &compared[at];
            let unread = UNREAD.contains(&proof.feature) && *found == 0;
            let is_early = early(proof.feature).contains(&&*version.to_string());
            if !prepared || unread || version::is_ignored(proof.feature) {
                continue;
            }
            if message.is_empty() != (*found == 0 || is_early) || (!is_early && claims.iter().any(|it| it != message)) {
                disagree.push(format!("{version} says `{message}`, the linter {found} findings and {claims:?}"));
            }
        }
        let known = MISREAD.contains(&proof.sql);
        assert_eq!(!disagree.is_empty(), known, "{}: `{}`: {disagree:#?}", proof.feature.name, proof.sql);
    }
}

/// Schemas that keep a feature: the object, which is called `i`, and what it is.
const KEPT: &[(Feature, &str)] = &[
    (version::PARTIAL_INDEX, "CREATE INDEX i ON t (b) WHERE c > 0"),
    (version::WITHOUT_ROWID, "CREATE TABLE i (a PRIMARY KEY) WITHOUT ROWID"),
    (version::COMMON_TABLE_EXPRESSION, "CREATE VIEW i AS WITH x AS (SELECT 1) SELECT * FROM x"),
    (version::VALUES_QUERY, "CREATE VIEW i AS VALUES (1)"),
    (version::HEXADECIMAL_NUMBER, "CREATE TABLE i (a DEFAULT 0x10)"),
    (version::EXPRESSION_INDEX, "CREATE INDEX i ON t (abs(b))"),
    (version::VIEW_COLUMN_LIST, "CREATE VIEW i (x) AS SELECT a FROM t"),
    (version::ROW_VALUE, "CREATE TABLE i (a, b, CHECK ((a, b) < (1, 2)))"),
    (version::PRAGMA_FUNCTION, "CREATE VIEW i AS SELECT * FROM pragma_table_info('t')"),
    (version::BOOLEAN_WORD, "CREATE VIEW i AS SELECT TRUE"),
    (version::BOOLEAN_WORD, "CREATE TABLE i (a DEFAULT TRUE)"),
    (
        version::UPSERT,
        "CREATE TRIGGER i AFTER INSERT ON t BEGIN INSERT INTO t VALUES (9, 9, 9) ON CONFLICT DO NOTHING; END",
    ),
    (version::WINDOW_FUNCTION, "CREATE VIEW i AS SELECT row_number() OVER () FROM t"),
    (version::WINDOW_GROUPS, "CREATE VIEW i AS SELECT sum(b) OVER (ORDER BY a GROUPS 1 PRECEDING) FROM t"),
    (version::NULLS_FIRST, "CREATE VIEW i AS SELECT * FROM t ORDER BY b NULLS LAST"),
    (version::AGGREGATE_FILTER, "CREATE VIEW i AS SELECT count(*) FILTER (WHERE b) FROM t"),
    (version::GENERATED_COLUMN, "CREATE TABLE i (a, b AS (a))"),
    (version::UPDATE_FROM, "CREATE TRIGGER i AFTER INSERT ON t BEGIN UPDATE t SET b = 1 FROM (SELECT 1); END"),
    (version::SQLITE_SCHEMA, "CREATE VIEW i AS SELECT * FROM sqlite_schema"),
    (version::MATERIALIZED, "CREATE VIEW i AS WITH x AS MATERIALIZED (SELECT 1) SELECT * FROM x"),
    (
        version::UPSERT_CLAUSES,
        "CREATE TRIGGER i AFTER INSERT ON t BEGIN
            INSERT INTO t VALUES (1, 2, 3) ON CONFLICT (a) DO NOTHING ON CONFLICT DO NOTHING;
         END",
    ),
    (
        version::UPSERT_ANY_TARGET,
        "CREATE TRIGGER i AFTER INSERT ON t BEGIN INSERT INTO t VALUES (1, 2, 3) ON CONFLICT DO UPDATE SET b = 1; END",
    ),
    (version::STRICT, "CREATE TABLE i (a INT) STRICT"),
    (version::JSON_ARROW, "CREATE INDEX i ON t (b -> '$')"),
    (version::FULL_JOIN, "CREATE VIEW i AS SELECT * FROM t RIGHT JOIN t AS u"),
    (version::IS_DISTINCT_FROM, "CREATE TABLE i (a CHECK (a IS DISTINCT FROM 1))"),
    (version::AGGREGATE_ORDER_BY, "CREATE VIEW i AS SELECT group_concat(b ORDER BY a) FROM t"),
    (version::DIGIT_SEPARATOR, "CREATE TABLE i (a DEFAULT 1_000)"),
    (version::RAISE_EXPRESSION, "CREATE TRIGGER i BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'x' || new.a); END"),
    (version::TARGET_ALIAS_IN_TRIGGER, "CREATE TRIGGER i AFTER INSERT ON t BEGIN UPDATE t AS x SET b = 1; END"),
];

#[test]
fn an_older_version_refuses_every_table_of_a_schema_that_keeps_a_feature() {
    let folder = tempfile::tempdir().unwrap();
    let path = |at: usize| folder.path().join(format!("{at}.db"));
    let mut newest = Engine::start(&BUNDLED.into(), Flavour::Plain);
    for (at, (feature, sql)) in KEPT.iter().enumerate() {
        newest.open_file(&path(at));
        assert_eq!(newest.run(TABLE).message(), "");
        assert_eq!(newest.run(sql).message(), "", "{}", feature.name);
    }
    drop(newest);
    let outcomes = on_each(Flavour::Plain, |engine| {
        let read = (0..KEPT.len()).map(|at| {
            engine.open_file(&path(at));
            engine.run("SELECT count(*) FROM t")
        });
        let read: Vec<_> = read.collect();
        engine.open();
        read
    });
    for (version, answers) in &outcomes {
        for ((feature, sql), answer) in KEPT.iter().zip(answers) {
            let knows = *version >= feature.since.into() || early(*feature).contains(&&*version.to_string());
            // Table-valued functions as such came with 3.9.
            let is_name = version::is_name(*feature)
                && (*feature != version::PRAGMA_FUNCTION || *version >= "3.9.1".parse().unwrap());
            if knows || is_name {
                assert_eq!(answer.message(), "", "{}: {version} and `{sql}`", feature.name);
            } else {
                let malformed = answer.message().starts_with("malformed database schema (i) - ");
                assert!(malformed, "{}: {version} and `{sql}`: {:?}", feature.name, answer.error);
            }
        }
    }
}

/// Whether the engine knows the function: with as many arguments as nobody takes it says something else.
fn knows(engine: &mut Engine, function: &Function) -> bool {
    engine.open();
    let answer = engine.run(&format!("SELECT \"{}\"(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)", function.name));
    answer.message() != format!("no such function: {}", function.name)
}

/// Whether a build with all options, or one without any, should have it.
fn should_know(function: &Function, version: &EngineVersion, flavour: Flavour) -> bool {
    // The withdrawn release had what 3.53.0 documents.
    let withdrawn = version.to_string() == WITHDRAWN && function.since == Version::new(3, 53, 0);
    let built = match (flavour, function.build) {
        (Flavour::Full, _) | (_, Build::Every) => true,
        (Flavour::Plain, Build::With(_)) => false,
        (Flavour::Plain, Build::Until(_, every)) => *version >= every.into(),
    };
    built && (*version >= function.since.into() || withdrawn)
}

#[test]
fn every_function_begins_with_its_version_and_in_its_builds() {
    for flavour in [Flavour::Full, Flavour::Plain] {
        let outcomes = on_each(flavour, |engine| {
            let functions: Vec<bool> = FUNCTIONS.iter().map(|function| knows(engine, function)).collect();
            let tables = TABLE_FUNCTIONS.iter().map(|function| {
                engine.open();
                let answer = engine.run(&format!("SELECT * FROM {}('[]')", function.name));
                answer.message().is_empty()
            });
            let tables: Vec<bool> = tables.collect();
            let modules = MODULES.iter().map(|module| {
                engine.open();
                let made = engine.run(&format!("CREATE VIRTUAL TABLE x USING {} (a, b, c)", module.name));
                // The oldest has no words for it.
                !made.message().starts_with("no such module: ")
                    && made.message() != "SQL logic error or missing database"
            });
            (functions, tables, modules.collect::<Vec<bool>>())
        });
        let mut wrong = String::new();
        for (version, (functions, tables, modules)) in &outcomes {
            let all = FUNCTIONS.iter().zip(functions).chain(TABLE_FUNCTIONS.iter().zip(tables));
            // The oldest engine has one message for whatever is wrong with a module.
            let modules = MODULES.iter().zip(modules).filter(|_| *version > "3.7.8".parse().unwrap());
            for (function, known) in all.chain(modules) {
                if *known != should_know(function, version, flavour) {
                    writeln!(wrong, "{} in {version} ({flavour:?}): {known}", function.name).unwrap();
                }
            }
        }
        assert!(wrong.is_empty(), "mend core/src/sqlite/function.rs, the engines say:\n{wrong}");
    }
}

#[test]
fn every_number_of_arguments_begins_with_its_version() {
    let counts = |form: &function::Form| [form.fewest, form.most.min(form.fewest + 3)];
    let outcomes = on_each(Flavour::Full, |engine| {
        let takes = |engine: &mut Engine, name: &str, count: usize| {
            engine.open();
            engine.run(&format!("SELECT {name}({})", vec!["1"; count].join(", "))).message().is_empty()
        };
        let all = FORMS.iter().flat_map(|form| counts(form).map(|count| (form, count)));
        all.map(|(form, count)| takes(engine, form.name, count)).collect::<Vec<bool>>()
    });
    for (version, answers) in &outcomes {
        let all = FORMS.iter().flat_map(|form| counts(form).map(|count| (form, count)));
        for ((form, count), taken) in all.zip(answers) {
            assert_eq!(*taken, *version >= form.since.into(), "{} with {count} in {version}", form.name);
        }
    }
}

#[test]
fn a_word_for_a_date_is_null_before_its_version() {
    let conversions = CONVERSIONS.iter().map(|(letter, since)| (format!("strftime('%{letter}', '2020-01-31')"), since));
    let modifiers = MODIFIERS.iter().map(|(word, since)| (format!("datetime('2020-01-31', '{word}')"), since));
    let all: Vec<(String, &Version)> = conversions.chain(modifiers).collect();
    let outcomes = on_each(Flavour::Plain, |engine| {
        engine.open();
        all.iter().map(|(call, _)| engine.run(&format!("SELECT {call} IS NULL")).rows[0][0].clone()).collect::<Vec<_>>()
    });
    for (version, answers) in &outcomes {
        for ((call, since), is_null) in all.iter().zip(answers) {
            assert_eq!(is_null == "1", *version < (**since).into(), "{call} in {version}");
        }
    }
}

/// Schemas that keep a call of `iif()` with two arguments, which came with 3.48, and what an older SQLite says
/// to an INSERT and to a query of `i`.
const KEPT_FORMS: &[(&str, [&str; 2])] = &[
    ("CREATE TABLE i (a, b DEFAULT (iif(1, 2)))", ["unknown function: iif()", ""]),
    ("CREATE TABLE i (a CHECK (iif(a, 2)))", [MALFORMED, MALFORMED]),
    ("CREATE TABLE i (a, b AS (iif(a, 2)))", [MALFORMED, MALFORMED]),
    ("CREATE TABLE i (a); CREATE INDEX j ON i (iif(a, 2))", [MALFORMED, MALFORMED]),
    ("CREATE VIEW i AS SELECT iif(1, 2) AS a", [MANY, MANY]),
    ("CREATE TABLE i (a); CREATE TRIGGER r AFTER INSERT ON i BEGIN SELECT iif(1, 2); END", [MANY, ""]),
];
const MANY: &str = "wrong number of arguments to function iif()";
const MALFORMED: &str = "malformed database schema";

#[test]
fn a_number_of_arguments_that_an_older_one_lacks_can_lock_it_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept.db");
    for (schema, expected) in KEPT_FORMS {
        drop(std::fs::remove_file(&path));
        let mut newest = Engine::start(&BUNDLED.into(), Flavour::Full);
        newest.open_file(&path);
        assert_eq!(newest.run(schema).message(), "", "{schema}");
        let mut old = Engine::start(&"3.40.1".parse().unwrap(), Flavour::Full);
        for (sql, expected) in ["INSERT INTO i (a) VALUES (1)", "SELECT * FROM i"].iter().zip(expected) {
            old.open_file(&path);
            let said = old.run(sql).message().to_owned();
            let is_view = said.starts_with("cannot modify i because it is a view");
            let locked = *expected == MALFORMED && said.starts_with(MALFORMED) && said.ends_with(MANY);
            assert!(said == *expected || locked || is_view, "{schema}: {sql}: {said}");
        }
    }
}

#[test]
fn the_table_of_functions_has_all_of_them() {
    let mut newest = Engine::start(&BUNDLED.into(), Flavour::Full);
    let listed = newest.run("SELECT DISTINCT name FROM pragma_function_list WHERE builtin AND name GLOB '[a-z]*'");
    let unknown: Vec<&String> =
        listed.rows.iter().map(|row| &row[0]).filter(|name| function::function(name).is_none()).collect();
    assert!(unknown.is_empty(), "add them to core/src/sqlite/function.rs: {unknown:?}");
}

/// Schemas of `i` that keep a call of `unhex()`, which came with 3.41, and what an older SQLite says to a
/// query of the table `t`, of `i` and of all its columns, to an INSERT and to a DELETE.
const KEPT_CALLS: &[(&str, [&str; 5])] = &[
    ("CREATE TABLE i (a, b DEFAULT (unhex('41')))", ["", "", "", "unknown function: unhex()", ""]),
    ("CREATE TABLE i (a, CHECK (unhex(a) IS NOT 1))", ["", "", "", "unknown function: unhex()", ""]),
    ("CREATE TABLE i (a, b AS (unhex(a)))", ["", "", "unknown function: unhex()", "unknown function: unhex()", ""]),
    ("CREATE TABLE i (a, b AS (unhex(a)) STORED)", ["", "", "", "unknown function: unhex()", ""]),
    (
        "CREATE TABLE i (a); CREATE INDEX j ON i (unhex(a))",
        ["", "", "", "unknown function: unhex()", "unknown function: unhex()"],
    ),
    (
        "CREATE TABLE i (a); CREATE INDEX j ON i (a) WHERE unhex(a) IS NOT NULL",
        ["", "", "", "unknown function: unhex()", "unknown function: unhex()"],
    ),
    (
        "CREATE VIEW i AS SELECT unhex(a) AS a FROM t",
        ["", "no such function: unhex", "no such function: unhex", "", ""],
    ),
    (
        "CREATE TABLE i (a); CREATE TRIGGER r AFTER INSERT ON i BEGIN SELECT unhex(new.a); END",
        ["", "", "", "no such function: unhex", ""],
    ),
];

#[test]
fn a_function_in_the_schema_breaks_what_needs_it_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = |at: usize| folder.path().join(format!("{at}.db"));
    let mut newest = Engine::start(&BUNDLED.into(), Flavour::Plain);
    for (at, (sql, _)) in KEPT_CALLS.iter().enumerate() {
        newest.open_file(&path(at));
        assert_eq!(newest.run("CREATE TABLE t (a); INSERT INTO t VALUES ('41')").message(), "");
        assert_eq!(newest.run(sql).message(), "");
        if !sql.contains("VIEW") {
            assert_eq!(newest.run("INSERT INTO i (a) VALUES ('41')").message(), "");
        }
    }
    drop(newest);
    let outcomes = on_each(Flavour::Plain, |engine| {
        let tried = (0..KEPT_CALLS.len()).map(|at| {
            // Two engines must not write to one file at once.
            let own = folder.path().join(format!("{at}-{}.db", engine.version));
            std::fs::copy(path(at), &own).unwrap();
            engine.open_file(&own);
            let uses = [
                "SELECT count(*) FROM t",
                "SELECT a FROM i",
                "SELECT * FROM i",
                "BEGIN; INSERT INTO i (a) VALUES ('42')",
                "DELETE FROM i WHERE a = '41'",
            ];
            let said: Vec<String> = uses.iter().map(|sql| engine.run(sql).message().to_owned()).collect();
            engine.run("ROLLBACK");
            said
        });
        let tried: Vec<_> = tried.collect();
        engine.open();
        tried
    });
    // Before 3.31 generated columns are no SQL, and what is said of the others was said in other words.
    let old = |version: &EngineVersion| *version < Version::new(3, 31, 0).into();
    for (version, answers) in outcomes.iter().filter(|(version, _)| !old(version)) {
        for ((sql, lacks), said) in KEPT_CALLS.iter().zip(answers) {
            let is_view = sql.contains("VIEW");
            let writes = |at: usize| is_view && at > 2;
            for (at, said) in said.iter().enumerate().filter(|(at, _)| !writes(*at)) {
                let expected = if *version < Version::new(3, 41, 0).into() { lacks[at] } else { "" };
                assert_eq!(said, expected, "{version}: `{sql}`, use {at}");
            }
        }
    }
}

/// Ranges of versions, and what comes of a statement in each.
type Outcomes = &'static [(&'static str, &'static str)];

/// What some versions get wrong: the setup, the statement, and what each range of versions makes of it:
/// what it says, or behind `then: ` what `PRAGMA quick_check` says of what it took.
const DEFECTS: &[(&str, &str, Outcomes)] = &[
    (
        "CREATE TABLE t (a); INSERT INTO t VALUES (1)",
        "ALTER TABLE t ADD COLUMN d INTEGER DEFAULT 0 CHECK (d > 17)",
        &[("3.18.0..3.36.0", "then: CHECK constraint failed in t"), ("3.37.0..", "CHECK constraint failed")],
    ),
    (
        "CREATE TABLE t (a); INSERT INTO t VALUES (1)",
        "ALTER TABLE t ADD COLUMN d INTEGER CHECK (d IS NOT NULL)",
        &[("3.18.0..3.36.0", "then: CHECK constraint failed in t"), ("3.37.0..", "CHECK constraint failed")],
    ),
    (
        "CREATE TABLE t (a); INSERT INTO t VALUES (NULL)",
        "ALTER TABLE t ADD COLUMN d INTEGER NOT NULL AS (a)",
        &[("3.31.0..3.36.0", "then: NULL value in t.d"), ("3.37.0..", "NOT NULL constraint failed")],
    ),
    (
        "CREATE TABLE t (a ANY) STRICT; INSERT INTO t VALUES (1)",
        "ALTER TABLE t ADD COLUMN d INTEGER DEFAULT 'x'",
        &[("3.37.0..3.43.1", "then: non-INTEGER value in t.d"), ("3.44.0..", "type mismatch on DEFAULT")],
    ),
    (
        "CREATE TABLE t (a ANY) STRICT; INSERT INTO t VALUES (1)",
        "ALTER TABLE t ADD COLUMN d INT DEFAULT 1.5",
        &[("3.37.0..3.43.1", "then: non-INT value in t.d"), ("3.44.0..", "type mismatch on DEFAULT")],
    ),
    (
        "CREATE TABLE t (a ANY) STRICT; INSERT INTO t VALUES (1)",
        "ALTER TABLE t ADD COLUMN d TEXT DEFAULT x'41'",
        &[("3.37.0..3.43.1", "then: non-TEXT value in t.d"), ("3.44.0..", "type mismatch on DEFAULT")],
    ),
    (
        "CREATE TABLE t (a ANY) STRICT; INSERT INTO t VALUES (1)",
        "ALTER TABLE t ADD COLUMN d INTEGER DEFAULT '5'",
        &[("3.37.0..", "then: ok")],
    ),
    (
        "CREATE TABLE t (a); INSERT INTO t VALUES (NULL)",
        "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 17)",
        &[("3.52.0..3.53.3", "constraint failed"), ("3.54.0..", "then: ok")],
    ),
    (
        "CREATE TABLE t (a, CONSTRAINT k CHECK (a > 17))",
        "ALTER TABLE t DROP CONSTRAINT \"k\"",
        &[("3.52.0..3.53.0", "no such constraint: \"k\""), ("3.53.1..", "then: ok")],
    ),
    (
        "CREATE TABLE t (a); CREATE VIEW v AS WITH x AS (SELECT a FROM t) SELECT a FROM x",
        "ALTER TABLE t RENAME TO u",
        &[("3.25.2..3.26.0", "error in view v after rename: no such table: main.t"), ("3.27.2..", "then: ok")],
    ),
    (
        "CREATE TABLE t (a); CREATE VIEW v AS WITH x AS (SELECT a FROM t) SELECT * FROM x",
        "ALTER TABLE t RENAME COLUMN a TO b",
        &[("3.25.2..3.26.0", "error in view v after rename: no such column: a"), ("3.27.2..", "then: ok")],
    ),
    (
        "CREATE TABLE t (a CHECK (t.a > 17))",
        "ALTER TABLE t RENAME TO u",
        &[("3.7.13..3.24.0", "malformed database schema (u) - no such column: t.a"), ("3.25.2..", "then: ok")],
    ),
];

#[test]
fn the_defects_that_the_linter_tells_of_are_those_of_the_engines() {
    let outcomes = on_each(Flavour::Plain, |engine| {
        let tried = DEFECTS.iter().map(|(setup, sql, _)| {
            engine.open();
            engine.run(setup);
            let said = engine.run(sql).message().to_owned();
            if said.is_empty() { format!("then: {}", engine.run("PRAGMA quick_check").rows[0][0]) } else { said }
        });
        tried.collect::<Vec<String>>()
    });
    for (version, tried) in &outcomes {
        for ((_, sql, stated), said) in DEFECTS.iter().zip(tried) {
            let range = stated.iter().find(|(range, _)| Range::several(range)[0].contains(version));
            if let Some((range, expected)) = range {
                assert_eq!(said, expected, "{version}, of {range}: `{sql}`");
            }
        }
    }
}

#[test]
fn add_column_needs_strings_in_double_quotes_in_3_37_alone() {
    let all = [
        "ALTER TABLE t ADD COLUMN d CHECK (d > 17)",
        "ALTER TABLE t ADD COLUMN d NOT NULL AS (1)",
        "ALTER TABLE t ADD COLUMN d REFERENCES t (a)",
    ];
    let outcomes = on_each(Flavour::Plain, |engine| {
        let said = all.iter().map(|sql| {
            engine.open();
            engine.take_quotes_for_names();
            engine.run("CREATE TABLE t (a PRIMARY KEY)");
            engine.run(sql).message().to_owned()
        });
        said.collect::<Vec<String>>()
    });
    for (version, said) in outcomes.iter().filter(|(version, _)| *version >= "3.31.0".parse().unwrap()) {
        let fails = Range::several("3.37.0..3.37.2")[0].contains(version);
        let expected = if fails { ["SQL logic error", "SQL logic error", ""] } else { ["", "", ""] };
        assert_eq!(*said, expected, "{version}");
    }
}

#[test]
fn the_linter_tells_of_each_defect_where_the_engine_has_it() {
    for (setup, sql, stated) in DEFECTS {
        for version in versions().iter().filter(|version| version.to_string() != WITHDRAWN) {
            let Some((_, said)) = stated.iter().find(|(range, _)| Range::several(range)[0].contains(version)) else {
                continue;
            };
            let mut settings =
                Settings::new(Some(VersionRange::from(version.as_three_numbers())), None, Runner::by_hand());
            settings.start = Some(crate::harness::fixture::schema_of(setup));
            let project = Project { files: vec![SourceFile::new("defect.sql", *sql)], ..Project::default() };
            // What depends on how the engine was compiled is a note.
            let tells = |found: &Finding| found.rule == "defective-version" && found.level > Level::Note;
            let found = lint(&project, &settings).findings.iter().any(tells);
            // The versions from which on it is right again say so, or find nothing wrong.
            let last = stated.last().unwrap().0;
            let has_it = !Range::several(last)[0].contains(version);
            assert_eq!(found, has_it, "{version} says `{said}` to `{sql}`");
        }
    }
}

#[test]
fn true_was_a_text_before_it_was_a_number() {
    let outcomes = on_each(Flavour::Plain, |engine| {
        engine.open();
        assert_eq!(engine.run("CREATE TABLE t (a, b DEFAULT TRUE); INSERT INTO t (a) VALUES (1)").message(), "");
        let stored = engine.run("SELECT b FROM t").rows;
        let checked = engine.run("CREATE TABLE u (a CHECK (a IS TRUE))");
        (stored[0][0].clone(), checked.message().to_owned())
    });
    for (version, (stored, checked)) in outcomes {
        let knows = version >= version::BOOLEAN_WORD.since.into();
        assert_eq!(stored, if knows { "1" } else { "TRUE" }, "{version}");
        assert_eq!(checked, if knows { "" } else { "no such column: TRUE" }, "{version}");
    }
}

#[test]
fn the_bundled_version_is_the_linked_one() {
    assert_eq!(BUNDLED.to_string(), rusqlite::version());
}

#[test]
fn the_bundled_version_is_among_the_engines() {
    assert!(versions().contains(&BUNDLED.into()), "add {BUNDLED} to engines/list.txt");
}
