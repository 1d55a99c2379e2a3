//! The ledgers of migration tools: recognised, read, and taken for the release.
//!
//! Each is made by the statement with which its tool makes it.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::binary;

const USERS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY);\n";
const POSTS: &str = "CREATE TABLE posts (id INTEGER PRIMARY KEY);\n";
const TAGS: &str = "CREATE TABLE tags (id INTEGER PRIMARY KEY);\n";

/// What `sha384sum` and `sha256sum` say of the files.
const USERS_384: &str =
    "bf56d804b4fa9e24aa2a3c122aaf2a88eea1e9f13d33cb772d90e0e8fa668bdf8f1ebb8de95be124e4681305e616e8f7";
const POSTS_384: &str =
    "5fd8fe557230e11f64b9eebecacf91a53a95243ecee12b8be06e429607f2b54cc90a4690fdf05f404e390ff066bad1f8";
const USERS_256: &str = "6869107c4910d8df4680ee89aff9924b65ae79c81b5b78478f2b12f90254f6c5";
const POSTS_256: &str = "fc53cf56727020050afa3e8e3ee8e238497013d7d93af353d5045fefb53d44ee";

const SQLX: &str = "CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);";

/// A folder with `app.db`, to which the statements were done, and with files below `migrations`.
fn folder(sql: &str, files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    Connection::open(folder.path().join("app.db")).unwrap().execute_batch(sql).unwrap();
    for (name, text) in files {
        let path = folder.path().join("migrations").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What a command prints, and how it ends.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = binary::command(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The status as JSON.
fn status(folder: &Path, more: &[&str]) -> Value {
    let (code, stdout, stderr) = run(folder, &[&["status", "--db", "app.db", "--format", "json"], more].concat());
    assert_eq!(code, 0, "{stdout}{stderr}");
    serde_json::from_str(&stdout).unwrap()
}

/// Whose ledger it is, and each migration with what became of it, then what has no file.
fn told(folder: &TempDir, more: &[&str]) -> Vec<String> {
    let status = status(folder.path(), more);
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let name = |value: &Value| word(value).trim_start_matches("migrations/").to_owned();
    let migrations = status["migrations"].as_array().unwrap().iter();
    let migrations =
        migrations.map(|known| format!("{} {} {}", name(&known["path"]), word(&known["state"]), word(&known["text"])));
    let missing = status["missing"].as_array().unwrap().iter().map(|known| format!("no file {}", word(&known["name"])));
    [word(&status["tool"])].into_iter().chain(migrations).chain(missing).collect()
}

#[test]
fn sqlx_is_read_with_its_checksums() {
    let sql = format!(
        "{SQLX}
        INSERT INTO _sqlx_migrations VALUES (1, 'users', '2024-01-31 12:00:00', 1, x'{USERS_384}', 1000);
        INSERT INTO _sqlx_migrations VALUES (2, 'posts', '2024-01-31 12:00:01', 1, x'{POSTS_384}', -1);
        INSERT INTO _sqlx_migrations VALUES (4, 'line ends', '2024-01-31 12:00:02', 1, x'{USERS_384}', 1);
        INSERT INTO _sqlx_migrations VALUES (6, 'drop things', '2024-01-31 12:00:02', 1, x'00', 1);"
    );
    let files = [
        ("0001_users.sql", USERS),
        ("0002_posts.sql", TAGS),
        ("0003_tags.sql", TAGS),
        ("0004_line_ends.sql", &USERS.replace('\n', "\r\n")),
        ("0005_more.sql", "SELECT 1;\n"),
    ];
    let folder = folder(&sql, &files);
    let expected = [
        "sqlx",
        "0001_users.sql applied same",
        "0002_posts.sql applied edited",
        "0003_tags.sql pending unknown",
        "0004_line_ends.sql applied line-ends",
        "0005_more.sql pending unknown",
        "no file 6_drop_things",
    ];
    assert_eq!(told(&folder, &[]), expected);
    let (code, text, _) = run(folder.path(), &["status", "--db", "app.db"]);
    assert_eq!(code, 0);
    for line in [
        "`app.db`: ledger of sqlx, `_sqlx_migrations`, 4 rows\n",
        "  applied  migrations/0001_users.sql      2024-01-31 12:00:00\n",
        "  applied  migrations/0002_posts.sql      2024-01-31 12:00:01, edited since\n",
        "  pending  migrations/0003_tags.sql       out of order: migrations/0004_line_ends.sql was run\n",
        "  pending  migrations/0005_more.sql\n",
        "  no file  6_drop_things                  2024-01-31 12:00:02\n",
        "3 applied, 2 pending, 2 edited, 1 without a file\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    assert_eq!(run(folder.path(), &["status", "--db", "app.db", "--check"]).0, 1);
}

/// drizzle-kit wrote the files, and a database may have been made by its own runner once.
#[test]
fn the_ledger_of_who_runs_the_files_counts() {
    let sql = format!(
        "CREATE TABLE __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
        INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('{USERS_256}', 1), ('{POSTS_256}', 2);
        CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY, name TEXT UNIQUE, applied_at TIMESTAMP);
        INSERT INTO d1_migrations (name) VALUES ('0000_users.sql');"
    );
    let entries =
        r#"{"entries": [{"idx": 0, "when": 1, "tag": "0000_users"}, {"idx": 1, "when": 2, "tag": "0001_posts"}]}"#;
    let files = [("0000_users.sql", USERS), ("0001_posts.sql", POSTS), ("meta/_journal.json", entries)];
    let folder = folder(&sql, &files);
    assert_eq!(told(&folder, &[]), ["drizzle", "0000_users.sql applied same", "0001_posts.sql applied same"]);
    let database = "[[d1_databases]]\nbinding = \"DB\"\nmigrations_dir = \"migrations\"\n";
    fs::write(folder.path().join("wrangler.toml"), database).unwrap();
    assert_eq!(told(&folder, &[]), ["wrangler", "0000_users.sql applied unknown", "0001_posts.sql pending unknown"]);
}

#[test]
fn nothing_is_pending_and_nothing_is_written() {
    let sql = format!("{SQLX} INSERT INTO _sqlx_migrations VALUES (1, 'users', '2024', 1, x'{USERS_384}', 1);");
    for wal in [false, true] {
        let folder = folder(&sql, &[("1_users.sql", USERS)]);
        if wal {
            Connection::open(folder.path().join("app.db")).unwrap().pragma_update(None, "journal_mode", "wal").unwrap();
        }
        let before = fs::read(folder.path().join("app.db")).unwrap();
        let (code, text, _) = run(folder.path(), &["status", "--db", "app.db", "--check"]);
        assert_eq!((code, text.ends_with("1 applied\n")), (0, true), "{text}");
        assert_eq!(fs::read(folder.path().join("app.db")).unwrap(), before);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
    let folder = tempfile::tempdir().unwrap();
    let (code, _, stderr) = run(folder.path(), &["status", "--db", "none.db"]);
    assert_eq!((code, stderr.contains("there is no file `none.db`")), (2, true), "{stderr}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn tables_of_one_name_are_told_apart() {
    let of = |sql: &str| told(&folder(sql, &[]), &[])[0].clone();
    let table = |columns: &str| format!("CREATE TABLE schema_migrations ({columns});");
    assert_eq!(of(&table("version varchar(128) primary key")), "dbmate");
    assert_eq!(of(&table("version uint64, dirty bool")), "golang-migrate");
    assert_eq!(of(&table("id VARCHAR(255) NOT NULL PRIMARY KEY")), "geni");
    assert_eq!(of(&table("version INTEGER PRIMARY KEY, inserted_at TEXT")), "ecto");
    let rails = "CREATE TABLE ar_internal_metadata (\"key\" varchar NOT NULL PRIMARY KEY, \"value\" varchar,
                 \"created_at\" datetime(6) NOT NULL, \"updated_at\" datetime(6) NOT NULL);";
    assert_eq!(of(&(table("version varchar NOT NULL PRIMARY KEY") + rails)), "rails");
    assert_eq!(of(&table("number INTEGER PRIMARY KEY")), "-");
    // TypeORM's table has a name that anybody may give.
    assert_eq!(of("CREATE TABLE migrations (id INTEGER PRIMARY KEY, who TEXT);"), "-");
    assert_eq!(of("CREATE VIEW schema_migrations AS SELECT 1 AS version;"), "-");
}

/// A tool, its ledger with rows, its files, and what becomes of each.
type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

const CASES: &[Case] = &[
    (
        "flyway",
        "CREATE TABLE \"flyway_schema_history\" (
            \"installed_rank\" INT NOT NULL PRIMARY KEY, \"version\" VARCHAR(50), \"description\" VARCHAR(200) NOT NULL,
            \"type\" VARCHAR(20) NOT NULL, \"script\" VARCHAR(1000) NOT NULL, \"checksum\" INT, \"installed_by\" VARCHAR(100) NOT NULL,
            \"installed_on\" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')), \"execution_time\" INT NOT NULL,
            \"success\" BOOLEAN NOT NULL);
         INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success)
            VALUES (1, '1', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', '', 0, 1),
                (2, '1.1', 'posts', 'SQL', 'V1_1__posts.sql', '', 0, 1), (3, '3', 'tags', 'SQL', 'V3__tags.sql', '', 0, 1),
                (4, '3', 'tags', 'UNDO_SQL', 'U3__tags.sql', '', 0, 1), (5, '4', 'bad', 'SQL', 'V4__bad.sql', '', 0, 0),
                (6, NULL, 'people', 'SQL', 'R__people.sql', '', 0, 1);",
        &[
            ("V1__users.sql", USERS),
            ("V1_1__posts.sql", POSTS),
            ("V3__tags.sql", TAGS),
            ("V4__bad.sql", "SELECT 1;\n"),
            ("R__people.sql", "CREATE VIEW IF NOT EXISTS people AS SELECT id FROM users;\n"),
        ],
        &[
            "V1__users.sql applied unknown",
            "V1_1__posts.sql applied unknown",
            "V3__tags.sql pending unknown",
            "V4__bad.sql failed unknown",
            "R__people.sql applied unknown",
        ],
    ),
    (
        "dbmate",
        "CREATE TABLE IF NOT EXISTS \"schema_migrations\" (version varchar(128) primary key);
         INSERT INTO schema_migrations VALUES ('20240131120000');",
        &[("20240131120000_users.sql", "-- migrate:up\n-- migrate:down\n"), ("20240201000000_posts.sql", "-- migrate:up\n-- migrate:down\n")],
        &["20240131120000_users.sql applied unknown", "20240201000000_posts.sql pending unknown"],
    ),
    (
        "diesel",
        "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
            version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
         INSERT INTO __diesel_schema_migrations (version) VALUES ('20240131120000');",
        &[("2024-01-31-120000_users/up.sql", USERS), ("2024-02-01-000000_posts/up.sql", POSTS)],
        &["2024-01-31-120000_users/up.sql applied unknown", "2024-02-01-000000_posts/up.sql pending unknown"],
    ),
    (
        "golang-migrate",
        "CREATE TABLE IF NOT EXISTS schema_migrations (version uint64,dirty bool);
         CREATE UNIQUE INDEX IF NOT EXISTS version_unique ON schema_migrations (version);
         INSERT INTO schema_migrations VALUES (2, 1);",
        &[("1_users.up.sql", USERS), ("2_posts.up.sql", POSTS), ("3_tags.up.sql", TAGS)],
        &["1_users.up.sql applied unknown", "2_posts.up.sql failed unknown", "3_tags.up.sql pending unknown"],
    ),
    (
        "goose",
        "CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL,
            is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
         INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (1, 1), (2, 1), (2, 0);",
        &[("00001_users.sql", "-- +goose Up\n"), ("00002_posts.sql", "-- +goose Up\n")],
        &["00001_users.sql applied unknown", "00002_posts.sql pending unknown"],
    ),
    (
        "sql-migrate",
        "CREATE TABLE IF NOT EXISTS \"gorp_migrations\" (\"id\" varchar(255) not null primary key, \"applied_at\" datetime);
         INSERT INTO gorp_migrations VALUES ('1-users.sql', '2024-01-31 12:00:00+00:00');",
        &[("1-users.sql", "-- +migrate Up\n"), ("2-posts.sql", "-- +migrate Up\n")],
        &["1-users.sql applied unknown", "2-posts.sql pending unknown"],
    ),
    (
        "wrangler",
        "CREATE TABLE IF NOT EXISTS d1_migrations(
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);
         INSERT INTO d1_migrations (name) VALUES ('0001_users.sql');",
        &[("0001_users.sql", USERS), ("0002_posts.sql", POSTS)],
        &["0001_users.sql applied unknown", "0002_posts.sql pending unknown"],
    ),
    (
        "drizzle",
                        "CREATE TABLE IF NOT EXISTS \"__drizzle_migrations\" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
             INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('USERS_256', 1706702400000), ('POSTS_256', 1706702500000);",
        &[("0000_users.sql", USERS), ("0001_posts.sql", "SELECT 2;\n"), ("0002_tags.sql", TAGS)],
        &["0000_users.sql applied same", "0001_posts.sql applied edited", "0002_tags.sql pending unknown"],
    ),
    (
        "prisma",
                        "CREATE TABLE \"_prisma_migrations\" (
                \"id\" TEXT PRIMARY KEY NOT NULL, \"checksum\" TEXT NOT NULL, \"finished_at\" DATETIME,
                \"migration_name\" TEXT NOT NULL, \"logs\" TEXT, \"rolled_back_at\" DATETIME,
                \"started_at\" DATETIME NOT NULL DEFAULT current_timestamp,
                \"applied_steps_count\" INTEGER UNSIGNED NOT NULL DEFAULT 0);
             INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, rolled_back_at, started_at) VALUES
                ('a', 'USERS_256', 1706702400000, '20240131120000_users', NULL, 1706702400000),
                ('b', '00', NULL, '20240201000000_posts', 1706702500000, 1706702450000),
                ('c', 'POSTS_256', NULL, '20240201000000_posts', NULL, 1706702600000);",
        &[("20240131120000_users/migration.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);\r\n"), ("20240201000000_posts/migration.sql", POSTS)],
        &["20240131120000_users/migration.sql applied same", "20240201000000_posts/migration.sql failed same"],
    ),
    (
        "atlas",
        "CREATE TABLE `atlas_schema_revisions` (`version` text NOT NULL, `description` text NOT NULL, `type` integer NOT NULL DEFAULT 2,
            `applied` integer NOT NULL DEFAULT 0, `total` integer NOT NULL DEFAULT 0, `executed_at` datetime NOT NULL,
            `execution_time` integer NOT NULL, `error` text NULL, `error_stmt` text NULL, `hash` text NOT NULL,
            `partial_hashes` json NULL, `operator_version` text NOT NULL, PRIMARY KEY (`version`));
         INSERT INTO atlas_schema_revisions VALUES
            ('.atlas_cloud_identifier', '', 2, 0, 0, '2024', 0, NULL, NULL, '', NULL, ''),
            ('20240131120000', 'users', 2, 1, 1, '2024', 0, NULL, NULL, 'h1', NULL, ''),
            ('20240201000000', 'posts', 2, 1, 2, '2024', 0, 'table posts already exists', 'CREATE', 'h2', NULL, '');",
        &[("20240131120000_users.sql", USERS), ("20240201000000_posts.sql", POSTS)],
        &["20240131120000_users.sql applied unknown", "20240201000000_posts.sql failed unknown"],
    ),
    (
        "liquibase",
        "CREATE TABLE DATABASECHANGELOG (ID VARCHAR(255) NOT NULL, AUTHOR VARCHAR(255) NOT NULL, FILENAME VARCHAR(255) NOT NULL,
            DATEEXECUTED TEXT NOT NULL, ORDEREXECUTED INTEGER NOT NULL, EXECTYPE VARCHAR(10) NOT NULL, MD5SUM VARCHAR(35),
            DESCRIPTION VARCHAR(255), COMMENTS VARCHAR(255), TAG VARCHAR(255), LIQUIBASE VARCHAR(20), CONTEXTS VARCHAR(255),
            LABELS VARCHAR(255), DEPLOYMENT_ID VARCHAR(10));
         INSERT INTO DATABASECHANGELOG (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED, EXECTYPE) VALUES
            ('1', 'a', 'db/1.sql', '2024', 1, 'EXECUTED'), ('1', 'a', '2.sql', '2024', 2, 'EXECUTED');",
        &[
            ("1.sql", "--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n"),
            ("2.sql", "--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n-- changeset a:2\nSELECT 2;\n"),
        ],
        &["1.sql applied unknown", "2.sql failed unknown"],
    ),
    (
        "yoyo",
        "CREATE TABLE _yoyo_migration (migration_hash VARCHAR(64), migration_id VARCHAR(255), applied_at_utc TIMESTAMP, PRIMARY KEY (migration_hash));
         INSERT INTO _yoyo_migration VALUES ('x', '0001.users', '2024-01-31 12:00:00');",
        &[("0001.users.sql", USERS), ("0002.posts.sql", "-- depends: 0001.users\nSELECT 1;\n")],
        &["0001.users.sql applied unknown", "0002.posts.sql pending unknown"],
    ),
    (
        "remold",
        "CREATE TABLE _remold_migrations (id INTEGER PRIMARY KEY, file TEXT NOT NULL, hash TEXT NOT NULL, plan TEXT NOT NULL,
            schema_before TEXT NOT NULL, schema_after TEXT NOT NULL, reverse TEXT, engine TEXT NOT NULL, remold TEXT NOT NULL,
            backup TEXT, applied_at TEXT NOT NULL, duration_ms INTEGER NOT NULL, rolled_back_at TEXT);
         INSERT INTO _remold_migrations VALUES (1, '1.sql', 'x', '', '', '', NULL, '', '', NULL, '2024', 1, NULL),
            (2, '2.sql', 'x', '', '', '', NULL, '', '', NULL, '2024', 1, '2025');",
        &[("1.sql", USERS), ("2.sql", POSTS)],
        &["1.sql applied edited", "2.sql pending unknown"],
    ),
];

#[test]
fn a_row_names_a_file_as_its_tool_does() {
    for (tool, sql, files, expected) in CASES {
        let folder = folder(&sql.replace("USERS_256", USERS_256).replace("POSTS_256", POSTS_256), files);
        assert_eq!(told(&folder, &[]), [&[*tool], *expected].concat(), "{tool}");
    }
}

#[test]
fn refinery_hashes_name_version_and_text() {
    let hash = |name: &str, version: i32, sql: &str| {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        version.hash(&mut hasher);
        sql.hash(&mut hasher);
        hasher.finish()
    };
    let (first, second) = (hash("users", 1, USERS), hash("posts", 2, POSTS));
    let sql = format!(
        "CREATE TABLE IF NOT EXISTS refinery_schema_history(
             version INT4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255));
         INSERT INTO refinery_schema_history VALUES (1, 'users', '2024-01-31T12:00:00Z', '{first}'),
             (2, 'posts', '2024-01-31T12:00:00Z', '{second}');"
    );
    let folder = folder(&sql, &[("V1__users.sql", USERS), ("V2__posts.sql", TAGS), ("U3__tags.sql", TAGS)]);
    let expected =
        ["refinery", "V1__users.sql applied same", "V2__posts.sql applied edited", "U3__tags.sql pending unknown"];
    assert_eq!(told(&folder, &[]), expected);
}

#[test]
fn a_count_is_a_ledger_where_its_tool_counts() {
    let files = [("01-users/up.sql", USERS), ("02-posts/up.sql", POSTS), ("03-tags/up.sql", TAGS)];
    let folder = folder("CREATE TABLE users (id); PRAGMA user_version = 2;", &files);
    let expected = [
        "rusqlite_migration",
        "01-users/up.sql applied unknown",
        "02-posts/up.sql applied unknown",
        "03-tags/up.sql pending unknown",
    ];
    assert_eq!(told(&folder, &["--layout", "rusqlite_migration"]), expected);
    assert_eq!(told(&folder, &["--layout", "plain"])[0], "-");
}

#[test]
fn tools_of_other_languages_are_read_without_files() {
    let cases = [
        ("alembic", "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
                     INSERT INTO alembic_version VALUES ('1975ea83b712');", "1975ea83b712"),
        ("django", "CREATE TABLE \"django_migrations\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT, \"app\" varchar(255) NOT NULL,
                    \"name\" varchar(255) NOT NULL, \"applied\" datetime NOT NULL);
                    INSERT INTO django_migrations VALUES (1, 'auth', '0001_initial', '2024-01-31 12:00:00');", "auth/0001_initial"),
        ("typeorm", "CREATE TABLE \"migrations\" (\"id\" integer PRIMARY KEY AUTOINCREMENT NOT NULL, \"timestamp\" bigint NOT NULL, \"name\" varchar NOT NULL);
                     INSERT INTO migrations VALUES (1, 1706702400000, 'Users1706702400000');", "Users1706702400000"),
        ("sequelize", "CREATE TABLE IF NOT EXISTS `SequelizeMeta` (`name` VARCHAR(255) NOT NULL UNIQUE PRIMARY KEY);
                       INSERT INTO SequelizeMeta VALUES ('1-users.js');", "1-users.js"),
        ("ef", "CREATE TABLE IF NOT EXISTS \"__EFMigrationsHistory\" (\"MigrationId\" TEXT NOT NULL CONSTRAINT \"PK___EFMigrationsHistory\" PRIMARY KEY, \"ProductVersion\" TEXT NOT NULL);
                INSERT INTO __EFMigrationsHistory VALUES ('20240131120000_Users', '9.0.0');", "20240131120000_Users"),
        ("sea-orm", "CREATE TABLE IF NOT EXISTS \"seaql_migrations\" (\"version\" varchar NOT NULL PRIMARY KEY, \"applied_at\" bigint NOT NULL);
                     INSERT INTO seaql_migrations VALUES ('m20240131_120000_users', 1706702400);", "m20240131_120000_users"),
        ("sqlite-utils", "CREATE TABLE _sqlite_migrations (migration_set TEXT, name TEXT, applied_at TEXT, PRIMARY KEY (migration_set, name));
                          INSERT INTO _sqlite_migrations VALUES ('app', 'users', '2024-01-31 12:00:00');", "app/users"),
        ("sqitch", "CREATE TABLE changes (change_id TEXT PRIMARY KEY, script_hash TEXT, change TEXT NOT NULL, project TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
                    committed_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, committer_name TEXT NOT NULL, committer_email TEXT NOT NULL,
                    planned_at DATETIME NOT NULL, planner_name TEXT NOT NULL, planner_email TEXT NOT NULL);
                    INSERT INTO changes (change_id, change, project, committer_name, committer_email, planned_at, planner_name, planner_email)
                    VALUES ('x', 'users', 'app', '', '', '2024', '', '');", "users"),
    ];
    for (tool, sql, name) in cases {
        assert_eq!(told(&folder(sql, &[]), &[]), [tool, &format!("no file {name}")], "{tool}");
    }
    let alembic = folder(cases[0].1, &[("1.sql", USERS)]);
    let (code, _, stderr) = run(alembic.path(), &["lint", "--ledger", "app.db"]);
    assert_eq!(
        (code, stderr.contains("the ledger of alembic in `app.db` knows no files of SQL")),
        (2, true),
        "{stderr}"
    );
}

#[test]
fn a_lock_that_is_held_is_told() {
    let sql = "CREATE TABLE `knex_migrations` (`id` integer not null primary key autoincrement, `name` varchar(255), `batch` integer, `migration_time` datetime);
               CREATE TABLE `knex_migrations_lock` (`index` integer not null primary key autoincrement, `is_locked` integer);
               INSERT INTO knex_migrations VALUES (1, '20240131120000_users.js', 1, 1706702400000);
               INSERT INTO knex_migrations_lock VALUES (1, 1);";
    let folder = folder(sql, &[]);
    let (_, text, _) = run(folder.path(), &["status", "--db", "app.db"]);
    assert!(text.contains("its lock is held: knex migrates, or died while it did"), "{text}");
    assert!(text.contains("20240131120000_users.js  2024-01-31 12:00:00"), "{text}");
    assert_eq!(run(folder.path(), &["status", "--db", "app.db", "--check"]).0, 1);
}

/// The rules and the files of what is found.
fn found(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["lint", "--format", "json", "--fail-on", "never"], arguments].concat();
    let (_, stdout, stderr) = run(folder, &arguments);
    let report: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
    let word = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let all = report["findings"].as_array().unwrap();
    all.iter().map(|finding| format!("{} {}", word(finding, "rule"), word(finding, "path"))).collect()
}

#[test]
fn what_a_database_has_run_is_the_release() {
    let sql = format!(
        "{SQLX}
        INSERT INTO _sqlx_migrations VALUES (1, 'users', '2024', 1, x'{USERS_384}', 1);
        INSERT INTO _sqlx_migrations VALUES (2, 'posts', '2024', 1, x'{POSTS_384}', 1);
        INSERT INTO _sqlx_migrations VALUES (4, 'gone', '2024', 1, x'00', 1);
        INSERT INTO _sqlx_migrations VALUES (5, 'users', '2024', 1, x'{USERS_384}', 1);"
    );
    let files = [
        ("0001_users.sql", USERS),
        ("0002_posts.sql", TAGS),
        ("0003_drop.sql", "DROP TABLE users;\n"),
        ("0005_users.sql", USERS),
        ("0006_drop.sql", "DROP TABLE users;\n"),
    ];
    let folder = folder(&sql, &files);
    let findings = found(folder.path(), &["--ledger", "app.db"]);
    let expected = [
        "deleted-migration migrations/4_gone",
        "edited-migration migrations/0002_posts.sql",
        "drop-table migrations/0003_drop.sql",
        "out-of-order-migration migrations/0003_drop.sql",
        "drop-table migrations/0006_drop.sql",
    ];
    for finding in expected {
        assert!(findings.iter().any(|found| found == finding), "{finding} {findings:#?}");
    }
    let is_of = |name: &str| findings.iter().any(|found| found.contains(name));
    assert!(!is_of("0001_users.sql") && !is_of("0005_users.sql"), "{findings:#?}");
    // Of a folder that nobody named nothing is gone.
    let one = found(folder.path(), &["--ledger", "app.db", "migrations/0001_users.sql"]);
    assert_eq!(one, Vec::<String>::new());
    // The ledger tells who runs the files.
    assert!(!is_of("missing-existence-guard"), "{findings:#?}");
    let (code, _, stderr) = run(folder.path(), &["lint", "--ledger", "app.db", "--since", "main"]);
    assert_eq!(code, 2, "{stderr}");
    Connection::open(folder.path().join("other.db")).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    let (code, _, stderr) = run(folder.path(), &["lint", "--ledger", "other.db"]);
    assert_eq!((code, stderr.contains("`other.db` has no ledger that is known")), (2, true), "{stderr}");
}
