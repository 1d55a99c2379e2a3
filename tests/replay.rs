//! The seeded replay in a real SQLite: what it makes, what it refuses to reach, what it costs, and
//! that a page which runs SQLite elsewhere gets the same bytes.

use std::fs;
use std::time::Duration;

use remold_core::engine::judge::{RemarkKind, Replay};
use remold_core::engine::{Batch, Engine, Recorder};
use remold_core::history::{Project, Runner};
use remold_core::lint::{Settings, lint_on};
use remold_core::parse::token::tokens;
use remold_core::render::json;
use remold_core::sqlite::name;
use remold_core::text::SourceFile;
use remold_core::wire;
use remold_engine::{Linked, run_json};
use remold_tests::patience;
use serde_json::{Value, json};

use crate::harness::database::lines;
use crate::harness::fixture::{self, schema_of};
use crate::harness::sqlite;

fn project(files: &[&str]) -> Project {
    let file = |(at, text): (usize, &&str)| SourceFile::new(format!("{:04}.sql", at + 1), *text);
    Project { files: files.iter().enumerate().map(file).collect(), ..Project::default() }
}

fn by_hand() -> Settings {
    Settings::new(None, None, Runner::by_hand())
}

/// What a replay of the files says beside its findings, and the rules that found something.
fn replayed(settings: &Settings, files: &[&str]) -> (Replay, Vec<&'static str>) {
    let report = lint_on(&project(files), settings, &mut Linked);
    let of_replay = |rule: &&str| {
        [
            "statement-fails",
            "fails-on-rows",
            "rows-lost",
            "object-broken",
            "foreign-keys-violated",
            "autoincrement-reset",
        ]
        .contains(rule)
    };
    let rules = report.findings.iter().map(|finding| finding.rule).filter(of_replay).collect();
    (report.replay.unwrap(), rules)
}

fn remarks(replay: &Replay, kind: RemarkKind) -> Vec<&str> {
    replay.remarks.iter().filter(|remark| remark.kind == kind).map(|remark| &*remark.message).collect()
}

fn batches(settings: &Settings, project: &Project) -> Vec<Batch> {
    let mut recorder = Recorder::default();
    lint_on(project, settings, &mut recorder);
    recorder.batches
}

/// Tables with every kind of constraint that a row must keep.
const TABLES: &str = "
CREATE TABLE plain (a, b INT, c TEXT, d REAL, e BLOB, f NUMERIC, g DATE, h VARCHAR(10), i BOOLEAN NOT NULL);
CREATE TABLE strict_one (id INTEGER PRIMARY KEY, a INT NOT NULL, b TEXT NOT NULL, c REAL NOT NULL, d BLOB NOT NULL, e ANY NOT NULL) STRICT;
CREATE TABLE without (code TEXT NOT NULL, at INTEGER, PRIMARY KEY (code, at)) WITHOUT ROWID;
CREATE TABLE generated (id INTEGER PRIMARY KEY, net REAL NOT NULL, gross REAL AS (net * 2) STORED, half AS (net / 2));
CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE);
CREATE TABLE child (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL REFERENCES counted, second TEXT NOT NULL REFERENCES counted (name));
CREATE TABLE pairs (a TEXT, b INTEGER, PRIMARY KEY (a, b));
CREATE TABLE of_pairs (id TEXT PRIMARY KEY, x TEXT NOT NULL, y INTEGER NOT NULL, FOREIGN KEY (x, y) REFERENCES pairs (a, b));
CREATE TABLE tree (id INTEGER PRIMARY KEY, above INTEGER NOT NULL REFERENCES tree (id));
CREATE TABLE named_tree (code TEXT PRIMARY KEY, above TEXT NOT NULL REFERENCES named_tree (code));
CREATE TABLE egg (id INTEGER PRIMARY KEY, hen INTEGER NOT NULL REFERENCES hen (id));
CREATE TABLE hen (id INTEGER PRIMARY KEY, egg INTEGER NOT NULL REFERENCES egg (id));
CREATE TABLE checked (
  id INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'it''s paid')),
  age INTEGER NOT NULL CHECK (age BETWEEN 18 AND 99),
  code TEXT CHECK (length(code) = 12),
  flag INTEGER NOT NULL DEFAULT 0 CHECK (flag IN (0, 1)),
  details TEXT CHECK (json_valid(details)),
  low INT, high INT, CONSTRAINT ordered CHECK (low < high)
);
CREATE TABLE keyed_by_check (kind TEXT PRIMARY KEY CHECK (kind GLOB 'x[0-9]' OR kind = 'one'), n INT);
CREATE TABLE \"odd \"\"name\"\" here\" (\"a column\" TEXT NOT NULL, [select] INT, rowid TEXT);
CREATE TABLE defaults (at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, by TEXT DEFAULT ('x' || 'y'));
";

/// Every table's name in a statement that a replay takes for its own.
fn touching_all() -> String {
    let schema = schema_of(TABLES);
    schema
        .table_names()
        .fold(String::new(), |sql, table| sql + "UPDATE " + &name::quote(table) + " SET rowid = rowid WHERE 0;\n")
}

#[test]
fn every_table_gets_a_row_that_keeps_its_constraints() {
    let settings = Settings { start: Some(schema_of(TABLES)), ..by_hand() };
    let batch = batches(&settings, &project(&[&touching_all()])).remove(0);
    let answer = Linked.run(batch.clone()).unwrap();
    assert_eq!((&answer.unmade, &answer.unseeded), (&Vec::new(), &Vec::new()));
    assert_eq!(batch.seeds.len(), schema_of(TABLES).table_names().count());

    // The same statements in a SQLite of the test's own, which then checks them all.
    let database = sqlite::open(false);
    for setup in &batch.tables {
        database.execute_batch(&setup.sql).unwrap();
    }
    for seed in &batch.seeds {
        let count = format!("SELECT count(*) FROM {}", name::quote(&seed.table));
        let took = seed
            .attempts
            .iter()
            .find(|attempt| database.execute_batch(attempt).is_ok() && lines(&database, &count) != ["0"]);
        assert!(took.is_some(), "{seed:#?}");
        assert_eq!(lines(&database, &count), ["1"], "{seed:#?}");
    }
    assert_eq!(lines(&database, "PRAGMA foreign_key_check"), [""; 0]);
    assert_eq!(lines(&database, "PRAGMA integrity_check"), ["ok"]);
    for (table, column) in [("child", "owner"), ("child", "second"), ("of_pairs", "x"), ("checked", "code")] {
        let sql = format!("SELECT {column} IS NOT NULL FROM {table}");
        assert_eq!(lines(&database, &sql), ["1"], "{table}.{column} has a value");
    }
}

#[test]
fn a_table_that_cannot_be_seeded_is_said_and_no_finding() {
    let table = "CREATE TABLE never (a INT NOT NULL CHECK (a > 1 AND a < 0), b TEXT);";
    let (replay, rules) = replayed(&by_hand(), &[table, "ALTER TABLE never ADD COLUMN c INT CHECK (c > 0) DEFAULT 0;"]);
    let said = remarks(&replay, RemarkKind::NotSeeded);
    assert!(matches!(&said[..], [one] if one.starts_with("`never`: ")), "{said:?}");
    assert_eq!(rules, [""; 0]);
}

#[test]
fn triggers_do_not_see_the_seeding() {
    let schema = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
                  CREATE TRIGGER never AFTER INSERT ON users BEGIN SELECT RAISE (ABORT, 'not on my watch'); END;";
    let (replay, rules) = replayed(&by_hand(), &[schema, "ALTER TABLE users ADD COLUMN age INT NOT NULL DEFAULT 1;"]);
    assert!(replay.remarks.is_empty(), "{replay:#?}");
    assert_eq!(rules, [""; 0]);
}

#[test]
fn nothing_outside_the_memory_is_reached() {
    let folder = tempfile::tempdir().unwrap();
    let inside = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(inside("there.db"), "").unwrap();
    let files = [
        format!("ATTACH '{}' AS a; CREATE TABLE a.t (x); INSERT INTO a.t VALUES (1);", inside("attached.db")),
        format!("ATTACH DATABASE '{}' AS b;", inside("there.db")),
        format!("CREATE TABLE t1 (x); VACUUM INTO '{}';", inside("copy.db")),
        format!("VACUUM main INTO '{}' || '';", inside("copy2.db")),
        format!("PRAGMA temp_store_directory = '{0}'; PRAGMA data_store_directory = '{0}';", inside("")),
        format!("CREATE TABLE t2 (x); /* PRAGMA */ EXPLAIN ATTACH '{}' AS c;", inside("explained.db")),
        format!("SELECT load_extension('{}'); SELECT writefile('{}', 'x');", inside("ext.so"), inside("written")),
        "PRAGMA journal_mode = WAL; PRAGMA journal_mode = DELETE; PRAGMA wal_checkpoint;".to_owned(),
    ];
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let settings = Settings { start: Some(schema_of("")), ..by_hand() };
    let (replay, rules) = replayed(&settings, &files);
    let mut found: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    found.sort();
    assert_eq!(found, ["there.db"]);
    assert_eq!(fs::read(inside("there.db")).unwrap(), b"");
    let said = remarks(&replay, RemarkKind::NotReplayed);
    for wanted in
        ["ATTACH reaches another database", "VACUUM INTO writes a file", "SQLite 3.54.1 says here: not authorized"]
    {
        assert!(said.contains(&wanted), "{wanted}\n{said:#?}");
    }
    // What SQLite itself forbids is its own word: load_extension is switched off.
    assert!(rules.iter().all(|rule| *rule == "statement-fails"), "{rules:?}");
}

#[test]
fn work_without_end_is_stopped_and_said() {
    let endless = "CREATE TABLE n (i);
        INSERT INTO n WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT i FROM c WHERE i < 0;
        DROP TABLE nothing_of_it;";
    let (replay, rules) = replayed(&by_hand(), &[endless, "CREATE TABLE after (x);"]);
    let said = remarks(&replay, RemarkKind::NotReplayed);
    assert_eq!(said, ["the rest, since it takes more work than a replay allows"]);
    assert_eq!((rules, replay.files), (vec![], 2));

    let huge = "CREATE TABLE b (x); INSERT INTO b VALUES (zeroblob(900000000));";
    let (replay, rules) = replayed(&by_hand(), &[huge]);
    assert_eq!(remarks(&replay, RemarkKind::NotReplayed), ["SQLite 3.54.1 says here: string or blob too big"]);
    assert_eq!(rules, [""; 0]);

    let many = "SELECT 1;".repeat(5_001);
    let (replay, _) = replayed(&by_hand(), &[&many]);
    assert_eq!(
        remarks(&replay, RemarkKind::NotReplayed),
        ["a file of more than 5000 statements or 4 MB is not replayed"]
    );
}

/// Few instructions of SQLite's, each of which looks at long values: one budget bounds these as well, and
/// what was not replayed is said.
#[test]
fn work_on_long_values_is_stopped_and_said() {
    let counting = "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c)";
    let fill = |what: &str| format!("CREATE TABLE n (x); INSERT INTO n {counting} SELECT i FROM c WHERE {what};");
    let nested = (0..30).fold("'aaaaaaaaaa'".to_owned(), |inner, _| format!("replace({inner}, 'a', 'aaaaaaaaaa')"));
    let long = "a".repeat(30_000);
    let more = "it takes more work than a replay allows";
    let cases = [
        ("a text that grows", format!("CREATE TABLE n (x); INSERT INTO n VALUES ({nested});"), "too big"),
        ("a width", "CREATE TABLE n (x); INSERT INTO n VALUES (printf('%.900000000c', 'a'));".to_owned(), "too big"),
        ("blobs", fill("length(hex(zeroblob(8000000 + i % 2))) < 1"), "too big"),
        ("shorter blobs", fill("length(hex(zeroblob(8000 + i % 2))) < 1"), more),
        ("quoted names of functions", fill("length(\"hex\"(\"zeroblob\"(8000 + i % 2))) < 1"), more),
        ("texts put together", fill("length(printf('%.*c', 8000 + i % 2, 'a') || i) < 1"), more),
        ("a search", fill("instr(zeroblob(8000 + i % 2), zeroblob(4000) || x'01') > 0"), more),
        ("a search in a literal", fill(&format!("instr('{long}', '{}b' || i) > 0", &long[..15_000])), more),
        (
            "a replacement",
            fill("length(replace(hex(zeroblob(4000)), hex(zeroblob(2000 + i % 2)) || 'a', '')) < 1"),
            more,
        ),
        ("a trim", fill("length(trim(hex(zeroblob(4000 + i % 2)), hex(zeroblob(500)))) > 1"), more),
        ("wildcards", fill(&format!("'{long}' || i LIKE '{}b'", "%a".repeat(2_000))), more),
        ("wildcards of literals", fill(&format!("'{long}' GLOB CASE WHEN i THEN '{}b' END", "*a".repeat(2_000))), more),
        ("JSON", fill("length(json_array(hex(zeroblob(4000 + i % 2)), 1)) < 1"), more),
        (
            "a trigger",
            format!(
                "CREATE TABLE n (x); CREATE TABLE m (x);
                 CREATE TRIGGER t AFTER INSERT ON n BEGIN
                   INSERT INTO m SELECT 1 WHERE instr(zeroblob(8000), zeroblob(4000 + new.x % 2) || x'01');
                 END;
                 INSERT INTO n {counting} SELECT i FROM c;"
            ),
            more,
        ),
    ];
    for (name, text, wanted) in cases {
        patience::in_little_stack(name, Duration::from_secs(60), move || {
            let (replay, rules) = replayed(&by_hand(), &[&text, "CREATE TABLE behind (x);"]);
            let said = remarks(&replay, RemarkKind::NotReplayed);
            assert!(said.len() == 1 && said[0].contains(wanted), "{name}: {said:#?}");
            assert_eq!((rules, replay.files), (vec![], 2), "{name}");
        });
    }
}

/// What files write costs them nothing of it.
#[test]
fn ordinary_work_on_values_is_replayed() {
    let row = "(1, replace(trim('a' || 'b'), 'b', hex(zeroblob(10))), 'like', printf('%d', 1))";
    let rows = [row; 400].join(", ");
    let text = format!(
        "CREATE TABLE n (a, b, c, d);
         INSERT INTO n VALUES {rows};
         UPDATE n SET b = replace(b, 'a', 'b') || upper(c) WHERE c LIKE '%like%' AND instr(b, 'a') > 0;
         CREATE TABLE m AS SELECT group_concat(b) AS all_of_it FROM n;"
    );
    let wide = format!("INSERT INTO n VALUES ({});", vec![format!("'{}'", "a".repeat(9_000)); 4].join(", "));
    let long = format!("INSERT INTO m VALUES ('{}');\nUPDATE m SET all_of_it = '';", "a".repeat(1_000_000));
    let (replay, rules) = replayed(&by_hand(), &[&text, &wide, &long]);
    assert_eq!((remarks(&replay, RemarkKind::NotReplayed), rules), (vec![], vec![]));
}

#[test]
fn what_the_engine_lacks_is_named_and_no_finding() {
    let schema = "
        CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT COLLATE ours CHECK (is_fine(name)));
        CREATE INDEX users_sound ON users (sounds_like(name));
        CREATE VIEW sounds AS SELECT sounds_like(name, 2) FROM users;
        CREATE VIRTUAL TABLE places USING module_of_ours (x, y);
        CREATE TRIGGER placed AFTER INSERT ON users BEGIN INSERT INTO places VALUES (1, 2); END;";
    let settings = Settings { start: Some(schema_of(schema)), ..by_hand() };
    let (replay, rules) =
        replayed(&settings, &["ALTER TABLE users ADD COLUMN age INT; UPDATE users SET age = age_of(name);"]);
    assert_eq!(rules, [""; 0], "{replay:#?}");
    let stubs = remarks(&replay, RemarkKind::StandIn);
    for wanted in ["function sounds_like", "function is_fine", "function age_of", "collation ours"] {
        assert!(stubs.iter().any(|stub| stub.ends_with(wanted)), "{wanted}\n{stubs:?}");
    }
    let unmade = remarks(&replay, RemarkKind::NotMade);
    assert_eq!(unmade, ["`places`: no such module: module_of_ours"]);

    // A trigger that needs the module keeps every table from being renamed: said, before anything is locked.
    let (replay, rules) = replayed(&settings, &["CREATE TABLE other (a, b);", "ALTER TABLE other RENAME TO another;"]);
    assert_eq!(rules, [""; 0], "{replay:#?}");
}

#[test]
fn what_a_module_makes_is_made_by_it() {
    let made = "CREATE VIRTUAL TABLE notes USING fts5 (body); CREATE VIRTUAL TABLE boxes USING rtree (id, x0, x1);";
    let changed = "CREATE INDEX by_body ON notes_content (c0); ALTER TABLE notes RENAME TO words; DROP TABLE boxes;";
    let again = "ALTER TABLE words RENAME TO notes; INSERT INTO notes VALUES ('a'); DROP INDEX by_body;";
    let (replay, rules) = replayed(&by_hand(), &[made, changed, again]);
    assert_eq!((replay.remarks, replay.disagreements, rules), (vec![], vec![], vec![]));
}

#[test]
fn what_is_rolled_back_is_not_there() {
    let rolled_back = "BEGIN; CREATE TABLE a (x); ALTER TABLE a ADD COLUMN y; ROLLBACK; CREATE TABLE a (z);";
    let in_part = "BEGIN; SAVEPOINT one; CREATE TABLE b (x); SAVEPOINT two; DROP TABLE a; ROLLBACK TO two; RELEASE two;
         ALTER TABLE a ADD COLUMN w; ROLLBACK TO one; CREATE TABLE c (x); COMMIT; ALTER TABLE a ADD COLUMN v;";
    let report = lint_on(&project(&[rolled_back, in_part]), &by_hand(), &mut Linked);
    let replay = report.replay.unwrap();
    assert_eq!((replay.remarks, replay.disagreements), (vec![], vec![]));
    assert_eq!(report.schema.to_sql(), "CREATE TABLE a (z, v);\nCREATE TABLE c (x);\n");
}

#[test]
fn only_the_chosen_files_are_replayed() {
    let files = ["CREATE TABLE t (x NOT NULL);", "INSERT INTO t VALUES (NULL);", "INSERT INTO t (y) VALUES (1);"];
    let (replay, rules) = replayed(&by_hand(), &files);
    assert_eq!((replay.files, rules), (3, vec!["statement-fails"; 2]));
    let chosen = Settings { chosen: Some(["0003.sql".to_owned()].into()), ..by_hand() };
    let (replay, rules) = replayed(&chosen, &files);
    assert_eq!((replay.files, rules), (1, vec!["statement-fails"]));
}

/// However long the history is, a file's batch holds what the file can touch.
#[test]
fn a_batch_does_not_grow_with_the_history() {
    let files: Vec<String> = (0..60)
        .map(|at| {
            let (parent, half) = (at.max(1) - 1, at / 2);
            format!(
                "CREATE TABLE t{at} (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES t{parent} (id), c TEXT);
                 CREATE INDEX i{at} ON t{at} (c);
                 CREATE VIEW v{at} AS SELECT a.c FROM t{at} AS a JOIN t{parent} AS b ON b.id = a.parent;
                 ALTER TABLE t{half} ADD COLUMN c{at} TEXT;
                 INSERT INTO t{at} (parent, c) VALUES (1, 'x');"
            )
        })
        .collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let batches = batches(&by_hand(), &project(&files));
    assert_eq!(batches.len(), files.len());
    let sizes: Vec<usize> = batches.iter().map(|batch| batch.tables.len() + batch.observers.len()).collect();
    assert!(sizes.iter().all(|size| *size <= 12), "{sizes:?}");
    assert_eq!(sizes[20], sizes[58], "{sizes:?}");
}

/// The three strings of a page with two modules make the bytes of the command line.
#[test]
fn a_page_gets_the_same_bytes_in_one_round_trip() {
    for (rule, cases) in fixture::all() {
        for case in
            cases.iter().filter(|case| case.settings.runner.name == "by hand" || case.settings.runner.is_remold())
        {
            let files: Vec<Value> =
                case.files.iter().map(|file| json!({ "path": file.path, "text": file.text })).collect();
            let runner = if case.settings.runner.is_remold() { "remold" } else { "by-hand" };
            let request = json!({ "files": files, "schema": case.schema, "runner": runner }).to_string();
            let answers = run_json(&wire::lint_batches(&request));
            let settings = Settings {
                start: case.settings.start.clone(),
                ..Settings::new(None, None, case.settings.runner.clone())
            };
            let project = Project { files: case.files.clone(), ..Project::default() };
            let report = lint_on(&project, &settings, &mut Linked);
            let expected = json::lint(&project, &settings, &report);
            assert_eq!(wire::lint_replayed(&request, &answers), expected, "{rule}: {}", case.title);
            let both: Value = serde_json::from_str(&wire::review_replayed(&request, &answers)).unwrap();
            assert_eq!(both["lint"], expected, "{rule}: {}", case.title);
        }
    }
    assert!(run_json("{}").contains("error"));
    assert!(wire::lint_replayed(r#"{"files":[]}"#, "{}").contains("error"));
}

/// The model foresees what SQLite does in every fixture.
#[test]
fn model_and_sqlite_agree_on_the_fixtures() {
    let mut wrong = Vec::new();
    let mut statements = 0;
    for (rule, cases) in fixture::all() {
        for case in cases {
            let project = Project { files: case.files.clone(), ..Project::default() };
            let replay = lint_on(&project, &case.settings, &mut Linked).replay.unwrap();
            statements += replay.statements;
            wrong.extend(replay.disagreements.into_iter().map(|wrong| format!("{rule}: {}: {wrong:#?}", case.title)));
        }
    }
    assert!(statements > 300, "{statements}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A case that runs in SQLite is refused by no replay.
#[test]
fn a_clean_case_that_runs_is_refused_nowhere() {
    let mut cases = 0;
    for (rule, all) in fixture::all() {
        for case in all.iter().filter(|case| !case.flagged && case.not_run.is_none()) {
            let refused = case.found_by("statement-fails");
            assert!(refused.is_empty(), "{rule}: {}: {refused:#?}", case.title);
            cases += 1;
        }
    }
    assert!(cases > 60, "{cases}");
}

/// Texts that nobody wrote: fixtures without one of their tokens, or with one twice.
#[test]
fn a_replay_of_any_text_ends_well() {
    for (at, (rule, cases)) in (0..).zip(fixture::all()) {
        for case in cases {
            for step in [3, 7, 11] {
                let mut broken = case.clone();
                for file in &mut broken.files {
                    let found = tokens(&file.text);
                    let Some(token) = found.get((at * 5 + step) % found.len().max(1)) else { continue };
                    let (start, end) = (token.span.start as usize, token.span.end as usize);
                    let twice = format!("{0} {0} ", &file.text[start..end]);
                    file.text.replace_range(start..end, if step == 7 { &twice } else { "" });
                }
                let project = Project { files: broken.files.clone(), ..Project::default() };
                let report = lint_on(&project, &broken.settings, &mut Linked);
                for finding in &report.findings {
                    // A file that is gone has no text.
                    let file = broken.files.iter().find(|file| file.path == finding.path);
                    let length = file.map_or(0, |file| file.text.len());
                    assert!(finding.span.end as usize <= length, "{rule}: {}", case.title);
                }
                assert!(report.replay.is_some());
            }
        }
    }
}
