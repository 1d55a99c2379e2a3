//! What goes wrong in production: each trouble on a real file, with its own answer, its exit code,
//! and a database that is as it was.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use crate::harness::binary;
use crate::harness::database::{Case, Mode, Ran, columns, faults, lines, rows};

/// Whether the words are in what was said.
#[track_caller]
fn says(ran: &Ran, words: &str) {
    let all = format!("{}{}", ran.out, ran.said);
    assert!(all.contains(words), "`{words}` is not in:\n{all}");
}

/// Runs the command, and sees that the database's bytes are as they were.
#[track_caller]
fn refused(case: &Case, exit: i32, line: &str) -> Ran {
    let (bytes, files) = (case.bytes(), case.files());
    let ran = case.expect(exit, line);
    assert_eq!(case.bytes(), bytes, "{line}");
    assert_eq!(case.files(), files, "{line}");
    ran
}

// The runbook's troubleshooting, line by line.

#[test]
fn the_column_is_there_already() {
    let case = Case::runbook(Mode::Delete, 10);
    case.open().execute_batch("ALTER TABLE assets ADD blob_data blob").unwrap();
    let ran = case.expect(0, "apply --db app.db");
    says(&ran, "already satisfied: column `assets.blob_data` is there, with this definition");
    says(&ran, "no statement ran");
    assert_eq!(columns(&case.open()).len(), 18);
    says(&case.expect(0, "apply --db app.db"), "nothing to do");
}

#[test]
fn the_column_is_there_and_is_another() {
    let case = Case::runbook(Mode::Delete, 10);
    case.open().execute_batch("ALTER TABLE assets ADD blob_data TEXT").unwrap();
    let ran = refused(&case, 3, "apply --db app.db");
    says(&ran, "column `assets.blob_data` is there already, with another definition");
    says(&ran, "duplicate column name: blob_data");
}

#[test]
fn there_is_no_such_table() {
    let case = Case::with(Mode::Delete, "CREATE TABLE asset (id)");
    case.write("migrations/1.sql", "ALTER TABLE assets ADD COLUMN blob_data BLOB;\n");
    Connection::open(case.folder.join("scenes.db")).unwrap().execute_batch("CREATE TABLE assets (id)").unwrap();
    let ran = refused(&case, 3, "apply --db app.db");
    says(&ran, "the database has no table `assets`");
    says(&ran, "it has `asset`");
    says(&ran, "databases nearby: `scenes.db`");
}

#[test]
fn the_path_leads_nowhere() {
    let case = Case::runbook(Mode::Delete, 10);
    fs::create_dir(case.folder.join("data")).unwrap();
    for command in ["plan", "apply", "rollback", "snapshot", "verify --expect migrations/add_blob_data_column.sql"] {
        let ran = refused(&case, 2, &format!("{command} --db data/scenes.db"));
        says(&ran, "there is no file `data/scenes.db`");
        says(&ran, "databases nearby: `data/../app.db`");
    }
    says(&refused(&case, 2, "apply --db scenes.db"), "databases nearby: `app.db`");
    says(&refused(&case, 2, "apply --db data"), "`data` is a folder");
    assert_eq!(fs::read_dir(case.folder.join("data")).unwrap().count(), 0, "nothing was created");
}

#[test]
fn the_file_is_no_database() {
    let case = Case::runbook(Mode::Delete, 10);
    case.write("empty.db", "");
    case.write("text.db", "CREATE TABLE assets (id);\n");
    let noise: Vec<u8> = (0..8192_u32).map(|at| u8::try_from((at * at * 31 + at) % 251).unwrap()).collect();
    fs::write(case.folder.join("secret.db"), noise).unwrap();
    let mut damaged = fs::read(case.db()).unwrap();
    damaged[16] = 3;
    fs::write(case.folder.join("damaged.db"), damaged).unwrap();
    for command in ["plan", "apply"] {
        says(&case.expect(2, &format!("{command} --db empty.db")), "`empty.db` is empty, not initialised");
        says(&case.expect(2, &format!("{command} --db text.db")), "is not a SQLite database: it is text");
        says(&case.expect(2, &format!("{command} --db secret.db")), "it is something else, or encrypted");
        says(&case.expect(2, &format!("{command} --db damaged.db")), "file is not a database");
    }
    assert_eq!(fs::metadata(case.folder.join("empty.db")).unwrap().len(), 0);
}

/// Set for a process of its own that locks the database that it names.
const HOLD: &str = "REMOLD_TEST_HOLD";

/// Not a test of anything: the process that holds a lock in the tests below.
#[test]
fn holder() {
    let Ok(path) = std::env::var(HOLD) else { return };
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE; UPDATE assets SET size = 1").unwrap();
    println!("\nlocked");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    connection.execute_batch("ROLLBACK").unwrap();
}

/// Another process in the middle of a write transaction.
fn hold(case: &Case) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "troubles::holder", "--nocapture"])
        .env(HOLD, case.db())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.as_mut().unwrap());
    assert!(out.lines().map_while(Result::ok).any(|line| line == "locked"), "the database was not locked");
    child
}

fn let_go(mut child: Child) {
    // The rest of what it prints must go somewhere, or it ends before it lets go.
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    child.wait_with_output().unwrap();
}

#[test]
fn the_database_is_locked() {
    for mode in Mode::BOTH {
        let case = Case::runbook(mode, 10);
        let holder = hold(&case);
        let bytes = case.bytes();
        let ran = case.expect(4, "apply --db app.db --lock-timeout 0");
        says(&ran, "database is locked");
        says(&ran, "--lock-timeout");
        #[cfg(target_os = "linux")]
        says(&ran, &format!("it is open in process {}", holder.id()));
        let since = Instant::now();
        case.expect(4, "apply --db app.db --lock-timeout 1");
        assert!(since.elapsed() >= Duration::from_secs(1));
        assert_eq!(case.bytes(), bytes);
        assert_eq!(case.backups().len(), 0);
        // Reading is never kept away.
        case.expect(0, "plan --db app.db");
        // Who waits long enough gets the lock.
        let mut command = binary::command(&case.folder);
        let waiting = command.args(["apply", "--db", "app.db", "--lock-timeout", "30"]).stdout(Stdio::piped()).spawn();
        std::thread::sleep(Duration::from_millis(300));
        let_go(holder);
        assert!(waiting.unwrap().wait_with_output().unwrap().status.success());
        assert_eq!(columns(&case.open()).len(), 18);
    }
}

/// In rollback-journal mode a reader keeps a commit away: nothing is changed, and the lock goes.
#[test]
fn a_reader_does_not_leave() {
    let case = Case::runbook(Mode::Delete, 10);
    let reader = case.open();
    let mut statement = reader.prepare("SELECT * FROM assets").unwrap();
    let mut reading = statement.query(()).unwrap();
    reading.next().unwrap();
    let ran = case.expect(4, "apply --db app.db --lock-timeout 1");
    says(&ran, "`COMMIT` failed: database is locked");
    says(&ran, "Everything was rolled back");
    assert_eq!(case.backups().len(), 1, "the backup is kept");
    drop(reading);
    drop(statement);
    assert_eq!(columns(&reader).len(), 17);
    case.expect(0, "apply --db app.db");
}

/// Runs the binary as a user who is nobody here, and not root, whom no mode stops.
#[cfg(target_os = "linux")]
fn as_nobody(case: &Case, line: &str) -> Ran {
    use std::os::unix::fs::PermissionsExt as _;
    // The tester's own build folder may be closed to others.
    let binary = case.folder.join("remold");
    if !binary.exists() {
        fs::copy(binary::path(), &binary).unwrap();
    }
    let parent = case.folder.parent().unwrap();
    assert!(fs::metadata(parent).unwrap().permissions().mode() & 1 == 1, "{} is closed to others", parent.display());
    let output = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(binary)
        .args(line.split(' '))
        .current_dir(&case.folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("setpriv, of the package util-linux, is needed to test as another user");
    let ran = Ran::of(&output);
    assert!(!ran.said.contains("setpriv:"), "this test must run as root, to become somebody else: {}", ran.said);
    ran
}

#[cfg(target_os = "linux")]
#[test]
fn permission_is_denied() {
    use std::os::unix::fs::PermissionsExt as _;
    for mode in Mode::BOTH {
        let case = Case::runbook(mode, 10);
        let set = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        set(&case.folder, 0o755);

        set(&case.db(), 0o600);
        let ran = as_nobody(&case, "plan --db app.db");
        assert_eq!(ran.exit, Some(5));
        says(&ran, "user 65534 may not read `app.db`: it belongs to user 0 and has mode 600");

        set(&case.db(), 0o644);
        assert_eq!(as_nobody(&case, "plan --db app.db").exit, Some(0), "a plan needs no more than to read");
        let ran = as_nobody(&case, "apply --db app.db");
        assert_eq!(ran.exit, Some(5));
        says(&ran, "user 65534 may not write to `app.db`: it belongs to user 0 and has mode 644");

        set(&case.db(), 0o666);
        let ran = as_nobody(&case, "apply --db app.db");
        assert_eq!(ran.exit, Some(5));
        says(&ran, "so SQLite can make no journal there: it belongs to user 0 and has mode 755");

        set(&case.folder, 0o777);
        set(&case.folder.join("migrations"), 0o755);
        fs::create_dir(case.folder.join("closed")).unwrap();
        let ran = as_nobody(&case, "apply --db app.db --backup-dir closed");
        assert_eq!(ran.exit, Some(5));
        says(&ran, "user 65534 may not make a backup in the folder");
        assert_eq!(columns(&case.open()).len(), 17, "nothing was changed so far");

        fs::create_dir(case.folder.join("away")).unwrap();
        fs::rename(case.db(), case.folder.join("away/app.db")).unwrap();
        set(&case.folder.join("away"), 0o700);
        let ran = as_nobody(&case, "apply --db away/app.db");
        assert_eq!(ran.exit, Some(5));
        says(&ran, "a folder on the way is closed to it");
        fs::rename(case.folder.join("away/app.db"), case.db()).unwrap();
        assert_eq!(as_nobody(&case, "apply --db app.db").exit, Some(0));
        assert_eq!(columns(&case.open()).len(), 18);
    }
}

/// Runs a script in a file system of its own that nobody else sees: `$1` is the binary.
#[cfg(target_os = "linux")]
fn in_own_mount(case: &Case, script: &str) -> Ran {
    let output = Command::new("unshare")
        .args(["-m", "sh", "-euc", script, "sh"])
        .arg(binary::path())
        .current_dir(&case.folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("unshare, of the package util-linux, is needed to mount a file system of one's own");
    let ran = Ran::of(&output);
    let denied = ran.said.contains("unshare:") || ran.said.contains("mount:");
    assert!(!denied, "this test needs the right to mount file systems (root, CAP_SYS_ADMIN): {}", ran.said);
    ran
}

#[cfg(target_os = "linux")]
#[test]
fn the_file_system_is_read_only() {
    for mode in Mode::BOTH {
        let case = Case::runbook(mode, 10);
        fs::create_dir(case.folder.join("mount")).unwrap();
        let ran = in_own_mount(
            &case,
            "mount -t tmpfs -o size=8m tmpfs mount; cp app.db mount; mount -o remount,ro mount
             \"$1\" plan --db mount/app.db > plan.txt
             exec \"$1\" apply --db mount/app.db",
        );
        assert_eq!(ran.exit, Some(5), "{}{}", ran.out, ran.said);
        says(&ran, "`mount/app.db` lies on a file system that is mounted read-only");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_disk_is_full() {
    for mode in Mode::BOTH {
        let case = Case::runbook(mode, 5000);
        case.write("migrations/b.sql", "UPDATE assets SET name = name || name, tags = url;\n");
        fs::create_dir(case.folder.join("mount")).unwrap();
        let size = fs::metadata(case.db()).unwrap().len() / 1024;
        let shown = |connection: &Connection| (columns(connection), rows(connection), faults(connection));
        let before = shown(&case.open());
        let look = |what: &str| {
            let copy = Connection::open(case.folder.join("after.db")).unwrap();
            assert_eq!(shown(&copy), before, "{mode:?}: {what}");
        };

        // There is no room for the backup.
        let script = |size: u64, flags: &str| {
            format!(
                "mount -t tmpfs -o size={size}k tmpfs mount; cp app.db mount
                 set +e; \"$1\" apply --db mount/app.db {flags}; code=$?
                 ls mount > files.txt; cp mount/app.db after.db; exit $code"
            )
        };
        let ran = in_own_mount(&case, &script(size + size / 2, ""));
        assert_eq!(ran.exit, Some(5), "{}{}", ran.out, ran.said);
        says(&ran, "the backup failed, and nothing was changed: database or disk is full");
        assert_eq!(fs::read_to_string(case.folder.join("files.txt")).unwrap(), "app.db\n", "nothing is left behind");
        look("no room for the backup");

        // There is room for the backup elsewhere, and none for the change.
        fs::create_dir(case.folder.join("backups")).unwrap();
        let ran = in_own_mount(&case, &script(size + 64, "--backup-dir backups"));
        assert_eq!(ran.exit, Some(5), "{}{}", ran.out, ran.said);
        says(&ran, "database or disk is full");
        says(&ran, "Everything was rolled back: a new connection sees the schema and the ledger from before");
        says(&ran, "The backup from before is kept");
        look("no room for the change");
    }
}

// Decisions that somebody has to make: exit 3.

#[test]
fn the_schema_has_drifted() {
    let case = Case::runbook(Mode::Wal, 10);
    case.expect(0, "plan --db app.db -o plan.json");
    case.open().execute_batch("ALTER TABLE assets ADD COLUMN owner TEXT").unwrap();
    let ran = refused(&case, 3, "apply --db app.db --plan plan.json");
    says(&ran, "the schema has changed since `plan.json` was made");
    says(&ran, "owner TEXT");
}

#[test]
fn the_plan_was_tampered_with() {
    let case = Case::runbook(Mode::Delete, 10);
    case.expect(0, "plan --db app.db -o plan.json");
    let plan = fs::read_to_string(case.folder.join("plan.json")).unwrap();
    let step = "\"sql\": \"ALTER TABLE assets ADD COLUMN blob_data BLOB\"";
    for (from, to) in [
        (step, "\"sql\": \"DROP TABLE assets\""),
        ("\"allow\": []", "\"allow\": [ ]"),
        ("\"remold\": \"", "\"remold\": \"9."),
        ("PRAGMA foreign_keys = OFF", "PRAGMA writable_schema = ON"),
    ] {
        assert!(plan.contains(from), "{from}");
        case.write("plan.json", &plan.replacen(from, to, 1));
        says(&refused(&case, 3, "apply --db app.db --plan plan.json"), "is not the plan that its files make");
    }
    case.write("plan.json", "{}");
    refused(&case, 2, "apply --db app.db --plan plan.json");
    case.write("plan.json", &plan);
    case.expect(0, "apply --db app.db --plan plan.json");
}

#[test]
fn a_released_file_was_edited() {
    let case = Case::runbook(Mode::Delete, 10);
    case.expect(0, "apply --db app.db");
    case.write("migrations/add_blob_data_column.sql", "ALTER TABLE assets ADD COLUMN blob_data BLOB;\r\n");
    says(&case.expect(0, "apply --db app.db"), "nothing to do");
    case.write("migrations/add_blob_data_column.sql", "ALTER TABLE assets ADD COLUMN blob TEXT;\n");
    says(&refused(&case, 3, "apply --db app.db"), "was edited after it was applied");
}

#[test]
fn the_plan_is_for_a_newer_engine() {
    let case = Case::runbook(Mode::Delete, 10);
    says(&refused(&case, 3, "apply --db app.db --engine 3.99.0"), "the plan is for SQLite 3.99.0");
}

#[test]
fn the_ledgers_name_is_taken() {
    let case = Case::runbook(Mode::Delete, 10);
    case.open().execute_batch("CREATE TABLE _remold_migrations (id, note)").unwrap();
    says(&refused(&case, 3, "apply --db app.db"), "but not with the columns of remold's ledger");
}

#[test]
fn the_reverse_cannot_undo_more_than_was_said() {
    let case = Case::runbook(Mode::Delete, 10);
    says(&case.expect(0, "rollback --db app.db"), "nothing to do");
    case.write("migrations/b.sql", "DELETE FROM asset_events;\n");
    let ran = refused(&case, 3, "apply --db app.db");
    says(&ran, "--allow delete-rows:asset_events");
    case.expect(0, "apply --db app.db --allow delete-rows:asset_events");
    says(&case.expect(3, "rollback --db app.db"), "add --yes");
}

// Failures in the middle: exit 5, and everything is as it was.

#[test]
fn a_statement_fails_on_the_data() {
    for mode in Mode::BOTH {
        let case = Case::runbook(mode, 100);
        case.write("migrations/b.sql", "CREATE UNIQUE INDEX one ON assets (client_id);\n");
        let before = (columns(&case.open()), rows(&case.open()));
        let ran = case.expect(5, "apply --db app.db");
        says(
            &ran,
            "b.sql:1: `CREATE UNIQUE INDEX one ON assets (client_id)` failed: UNIQUE constraint failed: assets.client_id",
        );
        says(&ran, "Everything was rolled back");
        assert_eq!((columns(&case.open()), rows(&case.open())), before);
        assert_eq!(faults(&case.open()), Vec::<String>::new());
        assert_eq!(
            lines(&case.open(), "SELECT name FROM sqlite_schema WHERE name LIKE '_remold%'"),
            Vec::<String>::new()
        );
    }
}

/// Ctrl-C in the middle of a long statement.
#[cfg(unix)]
#[test]
fn somebody_interrupts() {
    for mode in Mode::BOTH {
        let case = Case::runbook(mode, 100);
        let endless = "UPDATE assets SET size = (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                       SELECT count(*) FROM n);\n";
        case.write("migrations/b.sql", endless);
        let before = (columns(&case.open()), rows(&case.open()));
        let mut command = binary::command(&case.folder);
        let mut child =
            command.args(["apply", "--db", "app.db"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(out.any(|line| line.starts_with("  record   the ledger records file 1")));
        std::thread::sleep(Duration::from_millis(200));
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        let ran = Ran::of(&child.wait_with_output().unwrap());
        assert_eq!(ran.exit, Some(5), "{}", ran.said);
        says(&ran, "interrupted");
        says(&ran, "Everything was rolled back");
        assert_eq!((columns(&case.open()), rows(&case.open())), before);
        assert_eq!(faults(&case.open()), Vec::<String>::new());
    }
}

#[test]
fn the_database_is_damaged() {
    let case = Case::runbook(Mode::Delete, 2000);
    let mut bytes = fs::read(case.db()).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0xa5);
    fs::write(case.db(), bytes).unwrap();
    let before = case.bytes();
    let ran = case.expect(5, "apply --db app.db");
    says(&ran, "`app.db` is damaged, and nothing was changed");
    assert_eq!(case.bytes(), before);
    assert_eq!(case.backups().len(), 0);
}
