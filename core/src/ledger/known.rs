//! The ledgers that are known, each as its tool makes it.

use super::{Checksum, Facts, Key, Lock};

/// A time as text; tools also keep seconds or milliseconds since 1970.
macro_rules! time {
    ($column:literal) => {
        concat!(
            "CASE typeof(",
            $column,
            ") WHEN 'integer' THEN strftime('%Y-%m-%d %H:%M:%S', ",
            $column,
            " / CASE WHEN ",
            $column,
            " > 100000000000 THEN 1000 ELSE 1 END, 'unixepoch') ELSE ",
            $column,
            " END"
        )
    };
}

/// The query of a ledger whose rows are all of migrations that were applied.
macro_rules! applied {
    ($key:literal, $name:literal, $at:expr, $checksum:literal, $table:literal, $order:literal) => {
        concat!(
            "SELECT ",
            $key,
            ", ",
            $name,
            ", ",
            $at,
            ", ",
            $checksum,
            ", 'applied', NULL FROM main.",
            $table,
            " ORDER BY ",
            $order
        )
    };
}

const NONE: Facts = Facts {
    tool: "",
    table: "",
    columns: &[],
    never: &[],
    beside: None,
    without: None,
    key: Key::Number,
    checksum: None,
    lock: None,
    read: "",
};

/// All of them. The query gives what a row says of a migration: what it is known by, its name, when it was run, its
/// checksum, `applied`, `failed`, `undone` or `baseline`, and why it failed.
pub(super) static KNOWN: [Facts; 28] = [
    Facts {
        tool: "remold",
        table: "_remold_migrations",
        columns: &["file", "hash", "applied_at", "rolled_back_at"],
        key: Key::Path,
        checksum: Some(Checksum::Remold),
        read: "SELECT file, NULL, applied_at, hash, iif(rolled_back_at IS NULL, 'applied', 'undone'), NULL \
               FROM main._remold_migrations ORDER BY id",
        ..NONE
    },
    // sqlx puts -1 into execution_time, and the time itself behind the commit.
    Facts {
        tool: "sqlx",
        table: "_sqlx_migrations",
        columns: &["version", "description", "installed_on", "success", "checksum"],
        checksum: Some(Checksum::Sha384),
        read: "SELECT version, description, installed_on, lower(hex(checksum)), iif(success, 'applied', 'failed'), NULL \
               FROM main._sqlx_migrations ORDER BY version",
        ..NONE
    },
    Facts {
        tool: "refinery",
        table: "refinery_schema_history",
        columns: &["version", "name", "applied_on", "checksum"],
        checksum: Some(Checksum::Refinery),
        read: applied!("version", "name", "applied_on", "checksum", "refinery_schema_history", "version"),
        ..NONE
    },
    Facts {
        tool: "diesel",
        table: "__diesel_schema_migrations",
        columns: &["version", "run_on"],
        read: applied!("version", "NULL", "run_on", "NULL", "__diesel_schema_migrations", "version"),
        ..NONE
    },
    Facts {
        tool: "golang-migrate",
        table: "schema_migrations",
        columns: &["version", "dirty"],
        key: Key::Current,
        read: "SELECT version, NULL, NULL, NULL, iif(dirty, 'failed', 'applied'), NULL FROM main.schema_migrations",
        ..NONE
    },
    Facts {
        tool: "ecto",
        table: "schema_migrations",
        columns: &["version", "inserted_at"],
        read: applied!("version", "NULL", "inserted_at", "NULL", "schema_migrations", "version"),
        ..NONE
    },
    Facts {
        tool: "geni",
        table: "schema_migrations",
        columns: &["id"],
        never: &["version", "migration"],
        read: applied!("id", "NULL", "NULL", "NULL", "schema_migrations", "id"),
        ..NONE
    },
    Facts {
        tool: "rails",
        table: "schema_migrations",
        columns: &["version"],
        never: &["dirty", "inserted_at", "id"],
        beside: Some("ar_internal_metadata"),
        read: applied!("version", "NULL", "NULL", "NULL", "schema_migrations", "version"),
        ..NONE
    },
    Facts {
        tool: "dbmate",
        table: "schema_migrations",
        columns: &["version"],
        never: &["dirty", "inserted_at", "id"],
        without: Some("ar_internal_metadata"),
        read: applied!("version", "NULL", "NULL", "NULL", "schema_migrations", "version"),
        ..NONE
    },
    // Version 0 is of the ledger itself. An older goose keeps a row for what was taken back.
    Facts {
        tool: "goose",
        table: "goose_db_version",
        columns: &["id", "version_id", "is_applied", "tstamp"],
        read: "SELECT version_id, NULL, tstamp, NULL, iif(is_applied, 'applied', 'undone'), NULL \
               FROM main.goose_db_version WHERE version_id > 0 ORDER BY id",
        ..NONE
    },
    Facts {
        tool: "sql-migrate",
        table: "gorp_migrations",
        columns: &["id", "applied_at"],
        key: Key::File,
        read: applied!("id", "NULL", "applied_at", "NULL", "gorp_migrations", "id"),
        ..NONE
    },
    Facts {
        tool: "flyway",
        table: "flyway_schema_history",
        columns: &["installed_rank", "version", "description", "type", "script", "checksum", "success"],
        key: Key::NumberOrFile,
        read: "SELECT coalesce(version, script), script, installed_on, checksum, CASE WHEN NOT success THEN 'failed' \
               WHEN type LIKE 'UNDO%' OR type = 'DELETE' THEN 'undone' WHEN type LIKE '%BASELINE%' THEN 'baseline' \
               ELSE 'applied' END, NULL FROM main.flyway_schema_history WHERE type <> 'SCHEMA' ORDER BY installed_rank",
        ..NONE
    },
    Facts {
        tool: "wrangler",
        table: "d1_migrations",
        columns: &["id", "name", "applied_at"],
        key: Key::File,
        read: applied!("name", "NULL", "applied_at", "NULL", "d1_migrations", "id"),
        ..NONE
    },
    // created_at is when the file was generated.
    Facts {
        tool: "drizzle",
        table: "__drizzle_migrations",
        columns: &["hash", "created_at"],
        key: Key::Text,
        checksum: Some(Checksum::Sha256),
        read: "SELECT hash, NULL, NULL, hash, 'applied', NULL FROM main.__drizzle_migrations ORDER BY created_at",
        ..NONE
    },
    Facts {
        tool: "prisma",
        table: "_prisma_migrations",
        columns: &["checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at"],
        key: Key::Stem,
        checksum: Some(Checksum::Sha256OfLines),
        read: concat!(
            "SELECT migration_name, NULL, ",
            time!("finished_at"),
            ", checksum, CASE WHEN rolled_back_at IS NOT NULL \
             THEN 'undone' WHEN finished_at IS NULL THEN 'failed' ELSE 'applied' END, NULL \
             FROM main._prisma_migrations ORDER BY started_at"
        ),
        ..NONE
    },
    Facts {
        tool: "atlas",
        table: "atlas_schema_revisions",
        columns: &["version", "description", "type", "applied", "total", "executed_at", "error", "hash"],
        read: "SELECT version, description, executed_at, NULL, \
               iif(coalesce(error, '') <> '' OR applied < total, 'failed', 'applied'), \
               iif(applied < total, applied || ' of ' || total || ' statements', NULL) \
               FROM main.atlas_schema_revisions WHERE version NOT LIKE '.%' ORDER BY version",
        ..NONE
    },
    // A database of its own, beside that of the application.
    Facts {
        tool: "sqitch",
        table: "changes",
        columns: &["change_id", "change", "project", "committed_at", "planned_at"],
        key: Key::Stem,
        read: "SELECT \"change\", NULL, committed_at, NULL, 'applied', NULL FROM main.changes ORDER BY committed_at",
        ..NONE
    },
    Facts {
        tool: "liquibase",
        table: "DATABASECHANGELOG",
        columns: &["ID", "AUTHOR", "FILENAME", "DATEEXECUTED", "ORDEREXECUTED", "MD5SUM"],
        key: Key::Sets,
        lock: Some(Lock { table: "DATABASECHANGELOGLOCK", held: "LOCKED" }),
        read: concat!(
            "SELECT FILENAME, NULL, max(",
            time!("DATEEXECUTED"),
            "), count(*), 'applied', NULL \
             FROM main.DATABASECHANGELOG GROUP BY FILENAME ORDER BY min(ORDEREXECUTED)"
        ),
        ..NONE
    },
    Facts {
        tool: "yoyo",
        table: "_yoyo_migration",
        columns: &["migration_hash", "migration_id", "applied_at_utc"],
        key: Key::Stem,
        read: applied!("migration_id", "NULL", "applied_at_utc", "NULL", "_yoyo_migration", "applied_at_utc"),
        ..NONE
    },
    Facts {
        tool: "alembic",
        table: "alembic_version",
        columns: &["version_num"],
        key: Key::None,
        read: applied!("version_num", "NULL", "NULL", "NULL", "alembic_version", "version_num"),
        ..NONE
    },
    Facts {
        tool: "django",
        table: "django_migrations",
        columns: &["id", "app", "name", "applied"],
        key: Key::None,
        read: applied!("app || '/' || name", "NULL", "applied", "NULL", "django_migrations", "id"),
        ..NONE
    },
    Facts {
        tool: "knex",
        table: "knex_migrations",
        columns: &["id", "name", "batch", "migration_time"],
        key: Key::Stem,
        lock: Some(Lock { table: "knex_migrations_lock", held: "is_locked" }),
        read: applied!("name", "NULL", time!("migration_time"), "NULL", "knex_migrations", "id"),
        ..NONE
    },
    Facts {
        tool: "typeorm",
        table: "migrations",
        columns: &["id", "timestamp", "name"],
        key: Key::None,
        read: applied!("name", "NULL", "NULL", "NULL", "migrations", "timestamp"),
        ..NONE
    },
    Facts {
        tool: "sequelize",
        table: "SequelizeMeta",
        columns: &["name"],
        key: Key::Stem,
        read: applied!("name", "NULL", "NULL", "NULL", "SequelizeMeta", "name"),
        ..NONE
    },
    Facts {
        tool: "kysely",
        table: "kysely_migration",
        columns: &["name", "timestamp"],
        key: Key::Stem,
        lock: Some(Lock { table: "kysely_migration_lock", held: "is_locked" }),
        read: applied!("name", "NULL", "timestamp", "NULL", "kysely_migration", "name"),
        ..NONE
    },
    Facts {
        tool: "ef",
        table: "__EFMigrationsHistory",
        columns: &["MigrationId", "ProductVersion"],
        key: Key::Stem,
        lock: Some(Lock { table: "__EFMigrationsLock", held: "Id" }),
        read: applied!("MigrationId", "NULL", "NULL", "NULL", "__EFMigrationsHistory", "MigrationId"),
        ..NONE
    },
    Facts {
        tool: "sea-orm",
        table: "seaql_migrations",
        columns: &["version", "applied_at"],
        key: Key::Stem,
        read: applied!("version", "NULL", time!("applied_at"), "NULL", "seaql_migrations", "version"),
        ..NONE
    },
    Facts {
        tool: "sqlite-utils",
        table: "_sqlite_migrations",
        columns: &["migration_set", "name", "applied_at"],
        key: Key::None,
        read: applied!(
            "migration_set || '/' || name",
            "NULL",
            "applied_at",
            "NULL",
            "_sqlite_migrations",
            "applied_at"
        ),
        ..NONE
    },
];
