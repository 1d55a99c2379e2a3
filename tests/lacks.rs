//! Databases whose schema needs an application's own functions, collations and modules, which remold's
//! SQLite has not got: what no step needs is named, and what one needs is found before anything is locked.

use remold_core::history::Project;
use remold_core::plan::{self, Options, Status};
use remold_core::rehearsal::{self, Heard};
use remold_core::snapshot::Snapshot;
use remold_core::text::SourceFile;
use remold_engine::rehearse;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use serde_json::Value;

use crate::harness::database::{Case, Mode, Ran, faults, lines};

/// A connection as the application has it.
fn equipped(case: &Case) -> Connection {
    let connection = Connection::open(case.db()).unwrap();
    connection.pragma_update(None, "foreign_keys", "OFF").unwrap();
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection
        .create_scalar_function("slug", 1, flags, |call| Ok(call.get::<String>(0)?.to_lowercase().replace(' ', "-")))
        .unwrap();
    connection.create_collation("backwards", |one: &str, other: &str| other.cmp(one)).unwrap();
    connection
}

/// A database that the application made with this script, and one migration.
fn made(mode: Mode, script: &str, migration: &str) -> Case {
    let case = Case::with(mode, "");
    equipped(&case).execute_batch(script).unwrap();
    case.write("migrations/1.sql", migration);
    case
}

/// Expects plan and apply to refuse with all of these words, and to leave everything as it is, even
/// beside someone who writes: nothing was locked.
fn refused(case: &Case, flags: &str, words: &[&str]) {
    let (bytes, files) = (case.bytes(), case.files());
    for command in ["plan --db app.db", "apply --lock-timeout 0 --db app.db"] {
        assert_says(&case.expect(3, &format!("{command}{flags}")), words);
        assert_eq!((case.bytes(), case.files()), (bytes.clone(), files.clone()), "after {command}");
    }
    let json: Value =
        serde_json::from_str(&case.expect(3, &format!("apply --db app.db --format json{flags}")).out).unwrap();
    assert_eq!(json["status"], "refused");
    assert_eq!(json["refusals"][0]["kind"], "unsupported");
    assert!(words.contains(&json["refusals"][0]["sqlite_error"].as_str().unwrap()), "{json:#}");
    let writer = case.open();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_says(&case.expect(3, &format!("apply --lock-timeout 0 --db app.db{flags}")), words);
    drop(writer);
    assert_eq!((case.bytes(), case.files()), (bytes, files));
}

fn assert_says(ran: &Ran, words: &[&str]) {
    for word in words {
        assert!(ran.out.contains(word), "{word}\n{}{}", ran.out, ran.said);
    }
}

/// Expects apply to carry the migration out and to say these words; the application finds all well.
fn applied(case: &Case, flags: &str, words: &[&str]) {
    let before = case.bytes();
    assert_says(&case.expect(0, &format!("plan --db app.db{flags}")), words);
    assert_eq!(case.bytes(), before);
    assert_says(&case.expect(0, &format!("apply --db app.db{flags}")), words);
    assert_eq!(faults(&equipped(case)), Vec::<String>::new());
}

const CHECKED: &str = "
    CREATE TABLE docs (id INTEGER PRIMARY KEY, title TEXT, CHECK (slug(title) <> ''));
    CREATE TABLE other (id INTEGER PRIMARY KEY, n INTEGER);
    CREATE VIEW slugs AS SELECT slug(title) AS slug FROM docs;
    CREATE VIEW lost AS SELECT * FROM nowhere;
    CREATE TRIGGER slugged AFTER UPDATE ON other BEGIN SELECT slug(NEW.n); END;
    INSERT INTO docs VALUES (1, 'One Title');
    INSERT INTO other VALUES (1, 1);
";

/// What stands in the schema of `CHECKED` and does not work.
const NAMED: [&str; 4] = [
    "table `docs` did not work before, in remold's SQLite: unknown function: slug()",
    "view `slugs` did not work before, in remold's SQLite: no such function: slug",
    "view `lost` did not work before, in remold's SQLite: no such table: main.nowhere",
    "trigger `slugged` on `other` did not work before, in remold's SQLite: no such function: slug",
];

#[test]
fn what_no_step_needs_is_named_and_fails_nothing() {
    for mode in Mode::BOTH {
        let case = made(mode, CHECKED, "ALTER TABLE other ADD COLUMN added TEXT;\nINSERT INTO other (n) VALUES (2);\n");
        applied(&case, "", &NAMED);
        assert_eq!(lines(&case.open(), "SELECT id, n, added FROM other"), ["1|1|", "2|2|"]);
        case.write("more/2.sql", "ALTER TABLE other ADD COLUMN more TEXT;\n");
        let markdown = case.expect(0, "plan --db app.db --format markdown more").out;
        assert!(
            markdown.contains("- table `docs` did not work before, in remold's SQLite: `unknown function: slug()`")
        );
        case.write("expected.sql", &case.expect(0, "snapshot --db app.db").out);
        case.expect(0, "verify --db app.db --expect expected.sql --exact");
    }
}

#[test]
fn a_saved_plan_names_it_and_is_carried_out() {
    let case = made(Mode::Delete, CHECKED, "ALTER TABLE other ADD COLUMN added TEXT;\n");
    case.expect(0, "plan --db app.db -o plan.json");
    let plan: Value = serde_json::from_str(&std::fs::read_to_string(case.folder.join("plan.json")).unwrap()).unwrap();
    let named = plan["information"]["broken_before"].as_array().unwrap();
    assert_eq!(named.len(), NAMED.len());
    assert_eq!(named[0]["name"], "docs");
    assert_eq!(named[3]["on"], "other");
    let done: Value =
        serde_json::from_str(&case.expect(0, "apply --db app.db --plan plan.json --format json").out).unwrap();
    assert_eq!(done["status"], "applied");
    assert_eq!(&done["broken_before"], &plan["information"]["broken_before"]);
}

#[test]
fn a_statement_that_needs_a_function_is_refused() {
    for (migration, words) in [
        ("INSERT INTO docs VALUES (2, 'two');\n", "because of table `docs`"),
        ("UPDATE other SET n = 3;\n", "because of trigger `slugged` on `other`"),
        ("ALTER TABLE docs ADD COLUMN m CHECK (m > 0);\n", "because of table `docs`"),
        ("ALTER TABLE other ADD COLUMN m CHECK (slug(m) > 0);\n", "the statement needs the function `slug`"),
    ] {
        let case = made(Mode::Delete, CHECKED, migration);
        let error = if words.contains("trigger") { "no such function: slug" } else { "unknown function: slug()" };
        refused(&case, "", &[words, error, "migrations/1.sql:1:1", "over a connection that has `slug`"]);
    }
}

#[test]
fn an_index_of_a_missing_collation_is_refused_before_the_backup() {
    let script = "CREATE TABLE docs (id INTEGER PRIMARY KEY, title TEXT COLLATE backwards, kind TEXT);
                  INSERT INTO docs VALUES (1, 'a', 'b');";
    for mode in Mode::BOTH {
        let words = ["no such collation sequence: backwards", "because of table `docs`", "CREATE INDEX by_title"];
        refused(&made(mode, script, "CREATE INDEX by_title ON docs (title);\n"), "", &words);
        applied(&made(mode, script, "CREATE INDEX by_kind ON docs (kind);\n"), "", &[]);
        applied(&made(mode, script, "UPDATE docs SET title = 'c';\n"), "", &[]);
        let words = ["no such collation sequence: backwards"];
        refused(&made(mode, script, "ALTER TABLE docs ADD COLUMN again TEXT COLLATE backwards;\n"), "", &words);
        let unique = format!("{script} CREATE UNIQUE INDEX by_title ON docs (title);");
        let words = ["no such collation sequence: backwards", "because of index `by_title` on `docs`"];
        refused(&made(mode, &unique, "UPDATE docs SET title = 'c';\n"), "", &words);
        applied(
            &made(mode, &unique, "UPDATE docs SET kind = 'c';\n"),
            "",
            &["index `by_title` on `docs` did not work"],
        );
        applied(&made(mode, &unique, "DROP INDEX by_title;\n"), "", &[]);
    }
}

#[test]
fn a_trigger_on_a_missing_module_blocks_what_alters_other_tables() {
    let script = "CREATE TABLE docs (id INTEGER PRIMARY KEY, title TEXT);
                  CREATE TABLE other (id INTEGER PRIMARY KEY, n INTEGER, gone INTEGER);
                  PRAGMA writable_schema = ON;
                  INSERT INTO sqlite_schema VALUES
                      ('table', 'places', 'places', 0, 'CREATE VIRTUAL TABLE places USING atlas (title)');
                  PRAGMA writable_schema = RESET;
                  CREATE TRIGGER placed AFTER INSERT ON docs BEGIN INSERT INTO places VALUES (NEW.title); END;";
    for mode in Mode::BOTH {
        let words = [
            "error in trigger placed: no such module: atlas",
            "because of trigger `placed` on `docs`",
            "or drop trigger `placed` on `docs` before this",
        ];
        refused(&made(mode, script, "ALTER TABLE other RENAME TO others;\n"), "", &words);
        let flags = " --allow drop-column:other.gone";
        refused(&made(mode, script, "ALTER TABLE other DROP COLUMN gone;\n"), flags, &words);
        refused(
            &made(mode, script, "INSERT INTO docs (title) VALUES ('x');\n"),
            "",
            &["no such module: atlas", words[1]],
        );
        let named = ["table `places` did not work before", "trigger `placed` on `docs` did not work before"];
        let case = made(mode, script, "ALTER TABLE other ADD COLUMN m INTEGER;\n");
        for command in ["plan", "apply"] {
            assert_says(&case.expect(0, &format!("{command} --db app.db")), &named);
        }
        // Whoever follows the advice goes on.
        let case = made(mode, script, "DROP TRIGGER placed;\nALTER TABLE other RENAME TO others;\n");
        assert_says(&case.expect(0, "apply --db app.db"), &named);
    }
}

#[test]
fn a_tokenizer_is_missing_where_its_table_is_written() {
    let script = "CREATE TABLE docs (id INTEGER PRIMARY KEY, title TEXT);
                  CREATE TABLE other (id INTEGER PRIMARY KEY, n INTEGER);
                  CREATE VIRTUAL TABLE words USING fts5 (title, tokenize = 'ascii');
                  CREATE TRIGGER worded AFTER INSERT ON docs BEGIN INSERT INTO words VALUES (NEW.title); END;
                  PRAGMA writable_schema = ON;
                  UPDATE sqlite_schema SET sql = replace(sql, 'ascii', 'syllables');";
    let words = ["no such tokenizer: syllables", "because of trigger `worded` on `docs`"];
    refused(&made(Mode::Delete, script, "INSERT INTO docs (title) VALUES ('x');\n"), "", &words);
    let case = made(Mode::Delete, script, "ALTER TABLE other RENAME TO others;\n");
    let named = ["table `words` did not work before, in remold's SQLite: no such tokenizer: syllables"];
    assert_says(&case.expect(0, "apply --db app.db"), &named);
}

const INDEXED: &str = "
    CREATE TABLE docs (id INTEGER PRIMARY KEY, title TEXT, kind TEXT, gone TEXT);
    INSERT INTO docs VALUES (1, 'One Title', 'k', 'g'), (2, 'Another', 'k', 'h');
    CREATE INDEX by_slug ON docs (slug(title)) WHERE slug(title) <> '';
";

#[test]
fn an_index_over_a_missing_function_is_never_written() {
    let words = ["unknown function: slug()", "because of index `by_slug` on `docs`"];
    refused(&made(Mode::Delete, INDEXED, "UPDATE docs SET title = 'x';\n"), "", &words);
    refused(&made(Mode::Delete, INDEXED, "INSERT INTO docs (title) VALUES ('x');\n"), "", &words);
    refused(&made(Mode::Delete, INDEXED, "REINDEX by_slug;\n"), "", &["unknown function: slug()"]);
    let named = ["index `by_slug` on `docs` did not work before, in remold's SQLite: unknown function: slug()"];
    applied(&made(Mode::Delete, INDEXED, "UPDATE docs SET kind = 'x';\n"), "", &named);
    // SQLite's own DROP COLUMN leaves the index as it is; a rebuild would have to make it again.
    let flags = " --allow drop-column:docs.gone";
    let case = made(Mode::Delete, INDEXED, "ALTER TABLE docs DROP COLUMN gone;\n");
    refused(&case, &format!("{flags} --engine 3.34.1"), &["no such function: slug"]);
    applied(&case, flags, &named);
}

#[test]
fn what_undoes_a_migration_is_tried_as_well() {
    let case = made(Mode::Delete, INDEXED, "DROP INDEX by_slug;\n");
    case.expect(0, "apply --db app.db");
    let before = (case.bytes(), case.files());
    assert_says(&case.expect(3, "rollback --db app.db"), &["no such function: slug"]);
    assert_eq!((case.bytes(), case.files()), before);
}

#[test]
fn what_sqlite_makes_by_itself_is_there_in_the_rehearsal() {
    let script = "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT UNIQUE CHECK (slug(n) <> ''));
                  CREATE TABLE keyed (a TEXT COLLATE backwards, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
                  CREATE TABLE plain (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT UNIQUE);
                  CREATE VIRTUAL TABLE words USING fts5 (word);
                  CREATE TRIGGER worded AFTER INSERT ON plain BEGIN INSERT INTO words VALUES (NEW.n); END;
                  INSERT INTO plain (n) VALUES ('a');
                  ANALYZE plain;";
    let migration = "INSERT INTO plain (n) VALUES ('b');\nALTER TABLE plain RENAME TO plainer;\nANALYZE plainer;\n";
    let case = made(Mode::Delete, script, migration);
    let named = [
        "table `counted` did not work before, in remold's SQLite: unknown function: slug()",
        "table `keyed` did not work before, in remold's SQLite: no such collation sequence: backwards",
    ];
    applied(&case, "", &named);
    let ran = case.expect(0, "plan --db app.db");
    assert!(ran.out.contains("nothing to do"), "{}", ran.out);
    assert_eq!(lines(&case.open(), "SELECT word FROM words"), ["a", "b"]);
    // The same schema as a script, without what SQLite makes by itself.
    case.write("schema.sql", script.split("INSERT INTO plain").next().unwrap());
    let ran = case.expect(0, "plan --schema schema.sql");
    assert_says(&ran, &named);
    assert_eq!(ran.out.matches("did not work before").count(), 2, "{}", ran.out);
}

/// A schema with all kinds of objects, of which each works.
const WHOLE: &str = r#"
PRAGMA encoding = 'UTF-16le';
CREATE TABLE a (
    id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT NOT NULL COLLATE NOCASE DEFAULT "text" CHECK (length(n) < 50),
    g AS (n || 'x') VIRTUAL, s TEXT AS (upper(n)) STORED, UNIQUE (n, s)
);
CREATE TABLE "we""ird [t]" ("a b" PRIMARY KEY, c) WITHOUT ROWID;
CREATE TABLE st (a INT, b ANY) STRICT;
CREATE TABLE p (a INTEGER PRIMARY KEY, b REFERENCES nowhere (x), c REFERENCES st (a));
CREATE INDEX i1 ON a (lower(n)) WHERE n > "abc";
CREATE INDEX i2 ON "we""ird [t]" (c DESC, "a b");
CREATE UNIQUE INDEX "i ""3" ON st (b);
CREATE VIEW v AS SELECT id, n FROM a WHERE n <> "active";
CREATE VIEW vv (x, y) AS WITH q AS (SELECT * FROM v) SELECT * FROM q;
CREATE TRIGGER vi INSTEAD OF INSERT ON vv BEGIN INSERT INTO a (n) VALUES (NEW.y); END;
CREATE TRIGGER vu INSTEAD OF UPDATE OF y ON vv BEGIN UPDATE a SET n = NEW.y WHERE id = OLD.x; END;
CREATE TRIGGER vd INSTEAD OF DELETE ON v BEGIN DELETE FROM a WHERE id = OLD.id; END;
CREATE VIRTUAL TABLE f USING fts5 (n, content = 'a', content_rowid = 'id');
CREATE VIRTUAL TABLE fv USING fts5vocab (f, row);
CREATE VIRTUAL TABLE f4 USING fts4 (z);
CREATE VIRTUAL TABLE r USING rtree (id, x0, x1);
CREATE TRIGGER ai AFTER INSERT ON a BEGIN
    INSERT INTO f (f, rowid, n) VALUES ('delete', NEW.id, NEW.n);
    INSERT INTO r VALUES (1, 2, 3);
    INSERT INTO f4 VALUES ('x');
END;
CREATE TRIGGER au AFTER UPDATE OF g, n ON a BEGIN
    INSERT INTO st VALUES (1, 2) ON CONFLICT (b) DO UPDATE SET a = 1;
END;
CREATE TRIGGER pd BEFORE DELETE ON p BEGIN DELETE FROM v WHERE id = OLD.a; END;
INSERT INTO f4 VALUES ('hello');
INSERT INTO r VALUES (1, 2, 3);
INSERT INTO st VALUES (1, 1);
ALTER TABLE p RENAME TO pp;
ANALYZE;
"#;

/// Alters, drops and fills all kinds of them.
const ALTERS: &str = r#"
ALTER TABLE st ADD COLUMN m INT;
ALTER TABLE "we""ird [t]" RENAME TO weird;
ALTER TABLE a RENAME COLUMN n TO name;
UPDATE pp SET b = 1;
DROP INDEX i1;
INSERT INTO f4 VALUES ('y');
INSERT INTO r VALUES (9, 1, 2);
ALTER TABLE f4 RENAME TO f5;
DROP VIEW vv;
CREATE TABLE made AS SELECT * FROM a;
CREATE INDEX by_id ON made (id);
DROP TABLE st;
CREATE TABLE st (x UNIQUE);
INSERT INTO st VALUES (1);
DROP TABLE weird;
ANALYZE;
"#;

#[test]
fn where_nothing_is_missing_nothing_is_heard() {
    let case = Case::with(Mode::Delete, WHOLE);
    let snapshot = Snapshot::read(&case.expect(0, "snapshot --db app.db").out).unwrap();
    let project = Project { files: vec![SourceFile::new("1.sql", ALTERS)], ..Project::default() };
    let allow = ["drop-table:st", "drop-table:weird"].map(str::to_owned).into();
    let plan = plan::plan(&project, &snapshot, &Options { allow, ..Options::default() });
    assert_eq!(plan.status, Status::Ready, "{:?}", plan.refusals);
    let heard = rehearse(&rehearsal::of(&plan, &snapshot)).unwrap();
    assert_eq!(heard, Heard::default());
    case.write("migrations/1.sql", ALTERS);
    case.expect(0, "apply --db app.db --allow drop-table:st --allow drop-table:weird");
}
