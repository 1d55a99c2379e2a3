//! Applying, verifying and rolling back on real files.

use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;

use remold_core::snapshot::{Snapshot, print_sql};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::harness::binary;
use crate::harness::database::{Case, Mode, Ran, columns, faults, lines, masked, rows};

/// What the runbook expects afterwards.
const EXPECTED: &str = "CREATE TABLE assets (
    id TEXT PRIMARY KEY, user_id INTEGER, client_id TEXT NOT NULL, campaign_id TEXT, name TEXT NOT NULL,
    asset_type TEXT NOT NULL, url TEXT NOT NULL, size INTEGER,
    uploaded_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, format TEXT NOT NULL, tags TEXT, width INTEGER,
    height INTEGER, duration INTEGER, thumbnail_url TEXT, waveform_url TEXT, page_count INTEGER, blob_data BLOB
);
";

/// The schema's fingerprint, as a plan for no file has it.
fn fingerprint(case: &Case) -> String {
    let snapshot = Snapshot::read(&case.expect(0, "snapshot --db app.db").out).unwrap();
    remold_core::schema::fingerprint::fingerprint(&snapshot.schema())
}

/// The runbook's whole case: what the shell prints is recorded, and what SQLite sees is checked
/// after every step.
fn runbook(mode: Mode, engine: &str) -> String {
    let case = Case::runbook(mode, 100_000);
    case.write("expected.sql", EXPECTED);
    let (old_rows, old_columns, old_print) = (rows(&case.open()), columns(&case.open()), fingerprint(&case));
    assert_eq!(old_columns.len(), 17);
    let mut shown = String::new();
    let mut step = |exit: i32, line: &str| {
        let ran = case.expect(exit, line);
        writeln!(shown, "$ remold {line}\n{}{}--- exit {exit}\n", ran.out, ran.said).unwrap();
        assert_eq!(faults(&case.open()), Vec::<String>::new(), "after {line}");
        assert_eq!(rows(&case.open()), old_rows, "after {line}");
        assert_eq!(lines(&case.open(), "PRAGMA journal_mode"), [mode.as_str()]);
    };
    let before = case.bytes();
    case.expect(0, &format!("plan --db app.db --engine {engine}"));
    step(1, "verify --db app.db --expect expected.sql");
    assert_eq!(case.bytes(), before, "plan and verify only read");
    step(0, &format!("apply --db app.db --engine {engine}"));
    assert_eq!(columns(&case.open()).last().unwrap(), "17|blob_data|BLOB|0||0");
    assert_eq!(columns(&case.open())[..17], old_columns);
    step(0, "verify --db app.db --expect expected.sql");
    let before = case.bytes();
    step(0, &format!("apply --db app.db --engine {engine}"));
    assert_eq!(case.bytes(), before, "there was nothing to do");
    step(0, &format!("rollback --db app.db --engine {engine}"));
    assert_eq!(columns(&case.open()), old_columns);
    assert_eq!(fingerprint(&case), old_print);
    step(0, "rollback --db app.db");
    step(0, &format!("apply --db app.db --engine {engine}"));
    assert_eq!(columns(&case.open()).len(), 18);
    assert_eq!(case.backups().len(), 3);
    for backup in case.backups() {
        let backup = Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        assert_eq!(faults(&backup), Vec::<String>::new());
        assert_eq!(rows(&backup), old_rows);
    }
    binary::number_hashes(&masked(&shown, &case.folder))
}

/// The same in both journal modes: the mode shows nowhere.
fn recorded(engine: &str) {
    let recorded = Mode::BOTH.map(|mode| runbook(mode, engine));
    assert_eq!(recorded[0], recorded[1]);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("apply@runbook_{engine}"), recorded[0]);
    });
}

#[test]
fn the_runbooks_case_with_the_linked_engine() {
    recorded(rusqlite::version());
}

#[test]
fn the_runbooks_case_for_an_engine_that_must_rebuild() {
    recorded("3.34.1");
}

/// Everything that a rebuild must keep, in one table that has it all.
const ALL_OF_IT: &str = "
CREATE TABLE parent (id INTEGER PRIMARY KEY);
INSERT INTO parent VALUES (1), (2);
CREATE TABLE t (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- what it is called
    name TEXT NOT NULL COLLATE NOCASE DEFAULT 'x' CHECK (length(name) < 50),
    p INTEGER REFERENCES parent (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    gone TEXT,
    twice INTEGER AS (id * 2) VIRTUAL,
    self INTEGER REFERENCES t (id),
    UNIQUE (name, p)
);
CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER NOT NULL REFERENCES t (id) ON DELETE CASCADE);
CREATE TABLE other (a, b);
INSERT INTO other (rowid, a, b) VALUES (7, 1, 'k'), (9, 2, 'l'), (40, 3, NULL);
INSERT INTO t (id, name, p, gone) VALUES (5, 'five', 1, 'g'), (6, 'six', 2, NULL), (90, 'ninety', NULL, 'h');
UPDATE t SET self = 5 WHERE id = 6;
DELETE FROM t WHERE id = 90;
INSERT INTO child VALUES (1, 5), (2, 6), (3, 6);
CREATE INDEX by_name ON t (name DESC, p);
CREATE UNIQUE INDEX some ON t (p) WHERE p IS NOT NULL;
CREATE INDEX lower_name ON t (lower(name));
CREATE TABLE log (what);
CREATE TRIGGER added AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('t ' || NEW.name); END;
CREATE TRIGGER from_child AFTER DELETE ON child BEGIN UPDATE t SET self = NULL WHERE id = OLD.t; END;
CREATE VIEW names AS SELECT id, name FROM t;
CREATE TRIGGER into_names INSTEAD OF INSERT ON names BEGIN INSERT INTO t (name) VALUES (NEW.name); END;
PRAGMA user_version = 42;
PRAGMA application_id = 4242;
ANALYZE;
";

#[test]
fn a_rebuild_keeps_everything_else() {
    for mode in Mode::BOTH {
        let case = Case::with(mode, ALL_OF_IT);
        case.write("migrations/1.sql", "ALTER TABLE t DROP COLUMN gone;\nALTER TABLE other DROP COLUMN b;\n");
        let queries = [
            "SELECT rowid, id, quote(name), p, twice, self FROM t ORDER BY id",
            "SELECT * FROM child ORDER BY id",
            "SELECT rowid, a FROM other ORDER BY rowid",
            "SELECT * FROM sqlite_sequence ORDER BY name",
            "SELECT * FROM sqlite_stat1 ORDER BY tbl, idx",
            "SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE '_remold%' ORDER BY type, name",
            "SELECT name, sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY name",
            "PRAGMA foreign_key_list(t)",
            "PRAGMA foreign_key_list(child)",
            "PRAGMA user_version",
            "PRAGMA application_id",
        ];
        let seen = |connection: &Connection| queries.map(|query| (query, lines(connection, query)));
        let before = seen(&case.open());
        case.expect(0, "apply --db app.db --engine 3.34.1 --allow drop-column:t.gone --allow drop-column:other.b");
        let connection = case.open();
        assert_eq!(seen(&connection), before);
        assert_eq!(faults(&connection), Vec::<String>::new());
        let table = lines(&connection, "SELECT sql FROM sqlite_schema WHERE name = 't'").concat();
        assert!(table.contains("-- what it is called") && !table.contains("gone"), "{table}");
        connection.execute_batch("INSERT INTO names (name) VALUES ('seven')").unwrap();
        assert_eq!(lines(&connection, "SELECT id, name FROM t WHERE id > 6"), ["91|seven"], "the counter goes on");
        assert_eq!(lines(&connection, "SELECT * FROM log WHERE what = 't seven'").len(), 1, "triggers fire");
        connection.execute_batch("PRAGMA foreign_keys = ON; DELETE FROM t WHERE id = 6").unwrap();
        assert_eq!(lines(&connection, "SELECT id FROM child"), ["1"], "foreign keys work");
    }
}

#[test]
fn reading_changes_no_byte_and_leaves_no_file() {
    for mode in Mode::BOTH {
        let case = Case::runbook(mode, 100);
        case.write("expected.sql", EXPECTED);
        let (bytes, files) = (case.bytes(), case.files());
        case.expect(0, "plan --db app.db");
        case.expect(0, "snapshot --db app.db");
        case.expect(1, "verify --db app.db --expect expected.sql");
        case.expect(0, "apply --db app.db --dry-run");
        case.expect(0, "rollback --db app.db");
        assert_eq!(case.bytes(), bytes, "{mode:?}");
        assert_eq!(case.files(), files, "{mode:?}");
        // The same while an application has the database open, with what it wrote still in its WAL.
        let application = case.open();
        application.execute("UPDATE assets SET size = 0", ()).unwrap();
        let (bytes, files) = (case.bytes(), case.files());
        case.expect(0, "plan --db app.db");
        case.expect(0, "snapshot --db app.db");
        assert_eq!((case.bytes(), case.files()), (bytes, files), "{mode:?}");
        drop(application);
    }
}

#[test]
fn one_select_makes_a_snapshot_in_any_client() {
    let case = Case::runbook(Mode::Wal, 100);
    assert_eq!(case.expect(0, "snapshot --print-sql").out, print_sql());
    let printed = lines(&case.open(), &print_sql()).concat();
    let (theirs, ours) = (Snapshot::read(&printed).unwrap(), case.expect(0, "snapshot --db app.db").out);
    let ours = Snapshot::read(&ours).unwrap();
    assert_eq!(theirs.objects, ours.objects);
    assert!(theirs.pragmas.iter().all(|(name, value)| ours.pragmas.get(name) == Some(value)), "{:?}", theirs.pragmas);
    assert_eq!(ours.rows.get("assets"), Some(&300), "the highest rowid is the estimate");
    // A plan is the same bytes, whichever of both it is made from, but for what is information.
    case.write("snapshot.json", &printed);
    let hash = |out: &str| serde_json::from_str::<Value>(out).unwrap()["hash"].clone();
    let from_db = case.expect(0, "plan --db app.db --format json").out;
    assert_eq!(hash(&from_db), hash(&case.expect(0, "plan --schema snapshot.json --format json").out));
}

#[test]
fn a_saved_plan_is_applied_once() {
    for mode in Mode::BOTH {
        let case = Case::runbook(mode, 100);
        case.expect(0, "plan --db app.db -o plan.json");
        let ran = case.expect(0, "apply --db app.db --plan plan.json --format json");
        let result: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(result["status"], "applied");
        assert_eq!(result["backup"], case.backups()[0].to_str().unwrap());
        let saved: Value = serde_json::from_str(&fs::read_to_string(case.folder.join("plan.json")).unwrap()).unwrap();
        assert_eq!(result["plan"], saved["hash"]);
        let recorded =
            lines(&case.open(), "SELECT plan, engine, backup, rolled_back_at FROM _remold_migrations").concat();
        let (hash, backup) = (saved["hash"].as_str().unwrap(), case.backups()[0].display().to_string());
        assert_eq!(recorded, format!("{hash}|{}|{backup}|", rusqlite::version()));
        assert!(case.expect(0, "apply --db app.db --plan plan.json").out.starts_with("nothing to do"));
        assert_eq!(columns(&case.open()).len(), 18);
    }
}

#[test]
fn what_nothing_else_takes_back_the_backup_does() {
    for mode in Mode::BOTH {
        let case = Case::runbook(mode, 2000);
        let before = rows(&case.open());
        case.write("migrations/b_2.sql", "UPDATE assets SET name = 'lost', width = NULL;\n");
        case.expect(0, "apply --db app.db");
        case.open().execute_batch("DELETE FROM assets WHERE rowid > 3000").unwrap();
        let written_since = rows(&case.open());

        let refused = case.expect(3, "rollback --db app.db");
        assert!(refused.said.contains("assets 1000 → 2000") && refused.said.contains("--yes"), "{}", refused.said);
        assert_eq!(rows(&case.open()), written_since, "nothing changed");

        // An application that has the database open sees what is restored.
        let application = case.open();
        assert_eq!(lines(&application, "SELECT count(*) FROM assets"), ["1000"]);
        case.expect(0, "rollback --db app.db --yes");
        assert_eq!(lines(&application, "SELECT count(*) FROM assets"), ["2000"]);
        assert_eq!(faults(&application), Vec::<String>::new());
        assert_eq!(rows(&application), before);
        assert_eq!(columns(&application).len(), 17, "both files were applied together");
        assert_eq!(lines(&application, "PRAGMA journal_mode"), [mode.as_str()]);

        // What was there before restoring is not lost either.
        let saved = Connection::open_with_flags(&case.backups()[1], OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        assert_eq!(rows(&saved), written_since);
        case.expect(0, "rollback --db app.db");
    }
}

#[test]
fn a_backup_of_something_else_is_not_restored() {
    let case = Case::runbook(Mode::Delete, 100);
    case.write("migrations/b_2.sql", "UPDATE assets SET name = 'lost';\n");
    case.expect(0, "apply --db app.db");
    let backup = case.backups().remove(0);
    fs::remove_file(&backup).unwrap();
    let ran = case.expect(3, "rollback --db app.db --yes");
    assert!(ran.said.contains("is no longer there"), "{}", ran.said);
    Connection::open(&backup).unwrap().execute_batch("CREATE TABLE another (a)").unwrap();
    let ran = case.expect(3, "rollback --db app.db --yes");
    assert!(ran.said.contains("does not have the schema"), "{}", ran.said);
    assert_eq!(columns(&case.open()).len(), 18);
}

#[test]
fn a_down_file_comes_first() {
    let case = Case::runbook(Mode::Delete, 100);
    case.write("migrations/b_2.sql", "CREATE INDEX by_name ON assets (name);\n");
    case.write("migrations/b_2.down.sql", "DROP INDEX by_name;\nPRAGMA user_version = 7;\n");
    case.expect(0, "apply --db app.db");
    case.expect(0, "rollback --db app.db");
    assert_eq!(lines(&case.open(), "PRAGMA user_version"), ["7"]);
    assert_eq!(lines(&case.open(), "SELECT name FROM sqlite_schema WHERE name = 'by_name'"), Vec::<String>::new());
    assert!(case.expect(0, "rollback --db app.db").out.contains("add_blob_data_column.sql"));
    assert_eq!(columns(&case.open()).len(), 17);
}

#[test]
fn what_the_project_says_holds_for_plan_apply_and_rollback() {
    let script = "CREATE TABLE p (id INTEGER PRIMARY KEY);
        CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id) ON UPDATE CASCADE);
        INSERT INTO p VALUES (1), (2); INSERT INTO c VALUES (1, 1), (2, 2);";
    let case = Case::with(Mode::Wal, script);
    case.write(
        "remold.toml",
        "paths = [\"changes\"]\nforeign-keys = \"on\"\nengine = \"3.40.1\"\nsqlite = \"3.34.1..\"\n",
    );
    case.write("changes/1.sql", "UPDATE p SET id = 10 WHERE id = 1;\n");
    case.write("changes/1.down.sql", "UPDATE p SET id = 1 WHERE id = 10;\n");
    let plan = case.expect(0, "plan --db app.db --format json").out;
    let plan: Value = serde_json::from_str(&plan).unwrap();
    assert_eq!(plan["options"]["foreign_keys"], "on");
    assert_eq!([&plan["options"]["engine"], &plan["options"]["sqlite"]], ["3.40.1", "3.34.1.."]);

    // What is typed goes first: without the cascade a child would lose its parent.
    let ran = case.expect(5, "apply --db app.db --foreign-keys off");
    assert!(ran.said.contains("foreign key"), "{}", ran.said);
    assert_eq!(lines(&case.open(), "SELECT p FROM c"), ["1", "2"]);
    case.expect(2, "apply --db app.db migrations");
    case.expect(0, "apply --db app.db");
    assert_eq!(lines(&case.open(), "SELECT p FROM c ORDER BY id"), ["10", "2"], "the cascade ran");

    // The down file lies where the project says.
    case.expect(0, "rollback --db app.db");
    assert_eq!(lines(&case.open(), "SELECT p FROM c ORDER BY id"), ["1", "2"]);

    case.expect(0, "plan --db app.db -o plan.json");
    case.expect(2, "apply --db app.db --plan plan.json --config remold.toml");
    case.write("remold.toml", "paths = [\"nowhere\"]\n");
    case.expect(2, "apply --db app.db");
    case.expect(0, "apply --db app.db --plan plan.json");
    assert_eq!(lines(&case.open(), "SELECT p FROM c ORDER BY id"), ["10", "2"], "the plan keeps what it was made with");
}

#[test]
fn losing_data_needs_consent_by_name() {
    let case = Case::runbook(Mode::Wal, 100);
    case.expect(0, "apply --db app.db");
    case.open().execute_batch("UPDATE assets SET blob_data = x'01' WHERE rowid < 10").unwrap();
    let ran = case.expect(3, "rollback --db app.db");
    assert!(ran.said.contains("3 now") && ran.said.contains("--allow drop-column:assets.blob_data"), "{}", ran.said);
    assert_eq!(columns(&case.open()).len(), 18);
    case.expect(0, "rollback --db app.db --allow drop-column:assets.blob_data");
    assert_eq!(columns(&case.open()).len(), 17);

    case.write("migrations/b_2.sql", "ALTER TABLE assets DROP COLUMN tags;\n");
    let ran = case.expect(3, "apply --db app.db");
    assert!(ran.out.contains("--allow drop-column:assets.tags"), "{}", ran.out);
    assert_eq!(columns(&case.open()).len(), 17);
    case.expect(0, "apply --db app.db --allow drop-column:assets.tags");
}

#[test]
fn what_was_broken_before_is_no_obstacle_and_what_breaks_is_rolled_back() {
    let script =
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p (id));
                  CREATE TABLE unkeyed (a); CREATE TABLE odd (a REFERENCES unkeyed (a)); INSERT INTO odd VALUES (1);
                  INSERT INTO p VALUES (1), (2); INSERT INTO c VALUES (1, 1), (2, 99);";
    let case = Case::with(Mode::Delete, script);
    case.write("good/1.sql", "ALTER TABLE c ADD COLUMN note TEXT;\nINSERT INTO c (p) VALUES (2);\n");
    case.expect(0, "apply --db app.db good");
    case.write("bad/2.sql", "INSERT INTO c (p) VALUES (98);\n");
    let before = case.expect(0, "snapshot --db app.db").out;
    let ran = case.expect(5, "apply --db app.db bad");
    assert!(ran.said.contains("1 of `c` now point to nothing in `p`"), "{}", ran.said);
    assert!(ran.said.contains("rolled back"), "{}", ran.said);
    assert_eq!(case.expect(0, "snapshot --db app.db").out, before);
}

#[test]
fn what_means_the_same_is_verified_and_what_differs_is_shown() {
    let case = Case::runbook(Mode::Wal, 10);
    case.write("expected.sql", EXPECTED);
    let ran = case.expect(1, "verify --db app.db --expect expected.sql");
    assert!(ran.out.contains("column `assets.blob_data`\n  - blob_data BLOB\n1 difference"), "{}", ran.out);
    case.expect(0, "apply --db app.db");
    case.expect(0, "verify --db app.db --expect expected.sql");
    let ran = case.expect(1, "verify --db app.db --expect expected.sql --exact --format json");
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    let what: Vec<&str> =
        found["differences"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    let extra = ["table `asset_events`", "index `assets_by_client`", "trigger `assets_removed`", "view `asset_names`"];
    assert_eq!(what, extra);
    // Its own export and its own snapshot are exactly what it is.
    let export = lines(&case.open(), "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL").join("\n");
    case.write("export.sql", &export);
    case.expect(0, "verify --db app.db --expect export.sql --exact");
    case.expect(0, "snapshot --db app.db -o snapshot.json");
    case.expect(0, "verify --db app.db --expect snapshot.json --exact");
}

#[test]
fn many_at_once_apply_once() {
    for mode in Mode::BOTH {
        let case = Case::runbook(mode, 100);
        let start = |_| {
            let mut command = binary::command(&case.folder);
            command.args(["apply", "--db", "app.db", "--lock-timeout", "30"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let all: Vec<_> = (0..6).map(start).collect();
        let all: Vec<Ran> = all.into_iter().map(|child| Ran::of(&child.wait_with_output().unwrap())).collect();
        for ran in &all {
            assert_eq!(ran.exit, Some(0), "{}{}", ran.out, ran.said);
        }
        assert_eq!(all.iter().filter(|ran| ran.out.contains("applied to")).count(), 1);
        assert_eq!(lines(&case.open(), "SELECT count(*) FROM _remold_migrations"), ["1"]);
        assert_eq!(faults(&case.open()), Vec::<String>::new());
    }
}

#[cfg(unix)]
#[test]
fn a_backup_has_the_databases_owner_and_mode() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    let case = Case::runbook(Mode::Delete, 10);
    fs::set_permissions(case.db(), fs::Permissions::from_mode(0o640)).unwrap();
    // Only root can give a file away; for anyone else the backup is theirs, as the database is.
    let _ = chown(case.db(), Some(65534), Some(65534));
    case.expect(0, "apply --db app.db");
    let (db, backup) = (fs::metadata(case.db()).unwrap(), fs::metadata(&case.backups()[0]).unwrap());
    assert_eq!((backup.mode(), backup.uid(), backup.gid()), (db.mode(), db.uid(), db.gid()));
}

#[test]
fn a_backup_goes_where_it_is_sent() {
    let case = Case::runbook(Mode::Wal, 10);
    fs::create_dir(case.folder.join("elsewhere")).unwrap();
    case.expect(0, "apply --db app.db --backup-dir elsewhere");
    assert_eq!(case.backups().len(), 0);
    assert_eq!(fs::read_dir(case.folder.join("elsewhere")).unwrap().count(), 1);
    case.write("migrations/b_2.sql", "UPDATE assets SET name = 'x';\n");
    let ran = case.expect(2, "apply --db app.db --backup-dir nowhere");
    assert!(ran.said.contains("there is no folder `nowhere`"), "{}", ran.said);
}

/// The application's connection, which is open all the while, sees the new column by itself.
#[test]
fn open_connections_see_the_new_schema() {
    for mode in Mode::BOTH {
        let case = Case::runbook(mode, 10);
        let application = case.open();
        let mut statement = application.prepare("SELECT * FROM assets LIMIT 1").unwrap();
        assert_eq!(statement.query(()).unwrap().next().unwrap().map(|row| row.as_ref().column_count()), Some(17));
        let ran = case.expect(0, "apply --db app.db");
        assert!(ran.out.contains("open SQLite connections see the new schema by themselves"), "{}", ran.out);
        assert_eq!(statement.query(()).unwrap().next().unwrap().map(|row| row.as_ref().column_count()), Some(18));
    }
}

/// UTF-16, a full-text index over another table, a table without rowids, and a link to the file.
#[cfg(unix)]
#[test]
fn an_unusual_database_comes_back_whole() {
    for mode in Mode::BOTH {
        let case = Case::with(
            mode,
            "PRAGMA encoding = 'UTF-16le';
             CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT); INSERT INTO notes VALUES (1, 'hällo');
             CREATE VIRTUAL TABLE found USING fts5 (body, content = 'notes', content_rowid = 'id');
             INSERT INTO found (found) VALUES ('rebuild');
             CREATE TABLE w (k TEXT PRIMARY KEY, v) WITHOUT ROWID; INSERT INTO w VALUES ('a', 1), ('b', 2);",
        );
        let dump = |connection: &Connection| {
            let mut all = lines(connection, "SELECT rowid FROM found WHERE found MATCH 'hällo'");
            all.extend(lines(connection, "SELECT hex(body), id FROM notes"));
            all.extend(lines(connection, "SELECT k, v FROM w"));
            all.extend(lines(connection, "SELECT type, name, sql FROM sqlite_schema ORDER BY name"));
            all
        };
        let before = dump(&case.open());
        std::os::unix::fs::symlink("app.db", case.folder.join("link.db")).unwrap();
        case.write("migrations/1.sql", "ALTER TABLE notes ADD COLUMN x TEXT;\nALTER TABLE w DROP COLUMN v;\n");
        case.write("migrations/2.sql", "CREATE VIRTUAL TABLE words USING fts5 (t);\nDROP TABLE found;\n");
        case.expect(0, "apply --db link.db --engine 3.34.1 --allow drop-column:w.v --allow drop-table:found");
        assert_eq!(faults(&case.open()), Vec::<String>::new());
        assert_eq!(lines(&case.open(), "SELECT k FROM w"), ["a", "b"]);
        assert!(case.expect(0, "apply --db app.db").out.starts_with("nothing to do"));
        case.expect(0, "rollback --db link.db --yes");
        assert_eq!(dump(&case.open()), before);
        assert_eq!(faults(&case.open()), Vec::<String>::new());
    }
}

#[test]
fn of_a_file_with_two_halves_one_is_applied_and_the_other_takes_it_back() {
    let case = Case::with(Mode::Delete, "CREATE TABLE users (id INTEGER PRIMARY KEY);");
    let text = "-- migrate:up\nCREATE TABLE posts (id INTEGER PRIMARY KEY)\n\n\
                -- migrate:down\nPRAGMA user_version = 7;\nDROP TABLE posts;\n";
    case.write("migrations/20240131120000_posts.sql", text);
    let tables = "SELECT name FROM sqlite_schema WHERE name = 'posts'";
    case.expect(0, "plan --db app.db -o plan.json");
    let planned: Value =
        serde_json::from_str(&fs::read_to_string(case.db().with_file_name("plan.json")).unwrap()).unwrap();
    assert_eq!(planned["layout"], "dbmate");
    case.expect(0, "apply --db app.db --plan plan.json");
    assert_eq!(lines(&case.open(), tables), ["posts"]);
    assert_eq!(lines(&case.open(), "PRAGMA user_version"), ["0"]);
    case.expect(0, "rollback --db app.db");
    assert_eq!(lines(&case.open(), "PRAGMA user_version"), ["7"]);
    assert_eq!(lines(&case.open(), tables), Vec::<String>::new());
}

#[test]
fn a_saved_plan_keeps_the_order_of_the_tools_own_list() {
    let case = Case::with(Mode::Delete, "CREATE TABLE tags (id INTEGER PRIMARY KEY);");
    let who = "2024-01-01T00:00:00Z Ann <ann@example.org>";
    case.write("sqitch.plan", &format!("%project=app\n\nusers {who}\nposts [users] {who}\n"));
    case.write("deploy/users.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);\n");
    case.write("deploy/posts.sql", "ALTER TABLE users ADD COLUMN posts INTEGER;\n");
    case.expect(0, "plan . --db app.db -o plan.json");
    case.expect(0, "apply --db app.db --plan plan.json");
    let columns = lines(&case.open(), "SELECT name FROM pragma_table_info('users')");
    assert_eq!(columns, ["id", "posts"]);
}
