//! The tools: how each names its files, what stands in them, and how it is run.

/// A tool, as it runs a folder of migrations.
pub(crate) struct Tool {
    pub name: &'static str,
    /// The runner that it is to remold.
    pub runner: &'static str,
    /// Its layout.
    pub layout: &'static str,
    /// The folder of `tests/tools/folders` that it runs.
    pub folder: &'static str,
    /// The version that is installed.
    pub version: &'static str,
    /// Runs what is in `migrations`, as a line of the shell.
    pub run: &'static str,
    /// The names of two migrations in their order.
    pub names: [&'static str; 2],
    /// Names that tell how it orders files, and whether it looks below folders.
    pub order: &'static [&'static str],
    /// What stands before the statements, by the file's number and whether it opts out of its transaction.
    pub head: fn(usize, Transaction) -> String,
    /// What stands between statements.
    pub between: &'static str,
    /// What stands behind them.
    pub tail: &'static str,
    /// What remold is told of it on the command line.
    pub told: &'static str,
    /// Files of `tests/tools/programs` that lie beside.
    pub beside: &'static [&'static str],
}

/// Whether a file asks for the transaction that its tool puts around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transaction {
    /// It does not speak of it.
    Unsaid,
    /// It wants none, where it can say so.
    None,
}

/// Those that no registry has, or that cannot run without a download of their own.
pub(crate) const NOT_HAD: [(&str, &str); 5] = [
    ("atlas", "its npm package downloads the program from elsewhere"),
    ("flyway", "its npm packages download the program from elsewhere"),
    ("golang-migrate", "it is in no registry but Go's"),
    ("goose", "it is in no registry but Go's, and its npm package downloads the program from elsewhere"),
    ("sql-migrate", "the program in its npm package knows no SQLite"),
];

const DRIZZLE: Tool = Tool {
    name: "drizzle",
    runner: "drizzle",
    layout: "drizzle",
    folder: "drizzle",
    version: "0.45.4",
    run: "",
    names: ["0001_a.sql", "0002_b.sql"],
    order: &["0002_b.sql", "0010_a.sql"],
    head: bare,
    between: "--> statement-breakpoint\n",
    tail: "",
    told: "",
    beside: &[],
};

pub(crate) const ALL: [Tool; 11] = [
    Tool {
        name: "drizzle-orm on better-sqlite3",
        run: "node $TOOLS/npm/drizzle_better_sqlite3.mjs app.db migrations",
        ..DRIZZLE
    },
    Tool {
        name: "drizzle-orm on libsql",
        run: "node $TOOLS/npm/drizzle_libsql.mjs app.db migrations",
        told: "--foreign-keys off",
        ..DRIZZLE
    },
    Tool {
        name: "wrangler",
        runner: "wrangler",
        layout: "wrangler",
        folder: "wrangler",
        version: "4.164.0",
        run: "wrangler d1 migrations apply app --local",
        names: ["0001_a.sql", "0002_b.sql"],
        order: &["2_b.sql", "0010_a.sql", "x/3_c.sql"],
        head: bare,
        between: "",
        tail: "",
        told: "",
        beside: &["wrangler.jsonc"],
    },
    Tool {
        name: "prisma",
        runner: "prisma",
        layout: "prisma",
        folder: "prisma",
        version: "6.19.0",
        run: "prisma migrate deploy",
        names: ["20240131120000_a/migration.sql", "20240201120000_b/migration.sql"],
        order: &["20240201120000_a/migration.sql", "20240131120000_b/migration.sql"],
        head: bare,
        between: "",
        tail: "",
        told: "",
        beside: &["prisma.config.ts", "schema.prisma"],
    },
    Tool {
        name: "dbmate",
        runner: "dbmate",
        layout: "dbmate",
        folder: "dbmate",
        version: "2.36.0",
        run: "dbmate --url sqlite:app.db --no-dump-schema -d migrations up",
        names: ["1_a.sql", "2_b.sql"],
        order: &["2_b.sql", "10_a.sql", "x/3_c.sql"],
        head: |_, transaction| format!("-- migrate:up{}\n", said(transaction, " transaction:false")),
        between: "",
        tail: "-- migrate:down\n",
        told: "",
        beside: &[],
    },
    Tool {
        name: "sqlx",
        runner: "sqlx",
        layout: "sqlx",
        folder: "sqlx",
        version: "0.9.0",
        run: "sqlx migrate run --source migrations --database-url sqlite:app.db",
        names: ["1_a.sql", "2_b.sql"],
        order: &["2_b.sql", "10_a.sql", "x/3_c.sql"],
        head: |_, transaction| said(transaction, "-- no-transaction\n").to_owned(),
        between: "",
        tail: "",
        told: "",
        beside: &[],
    },
    Tool {
        name: "refinery",
        runner: "refinery",
        layout: "refinery",
        folder: "refinery",
        version: "0.10.0",
        run: "refinery migrate",
        names: ["V1__a.sql", "V2__b.sql"],
        order: &["V2__b.sql", "V10__a.sql", "x/V3__c.sql", "V4_d.sql"],
        head: bare,
        between: "",
        tail: "",
        told: "",
        beside: &["refinery.toml"],
    },
    Tool {
        name: "rusqlite_migration",
        runner: "rusqlite_migration",
        layout: "rusqlite_migration",
        folder: "rusqlite_migration",
        version: "2.6.0",
        run: "rusqlite-migration-runner app.db migrations",
        names: ["1-a/up.sql", "2-b/up.sql"],
        order: &["2-a/up.sql", "1-b/up.sql"],
        head: bare,
        between: "",
        tail: "",
        told: "",
        beside: &[],
    },
    Tool {
        name: "diesel",
        runner: "diesel",
        layout: "diesel",
        folder: "diesel",
        version: "2.3.14",
        run: "diesel migration run --database-url app.db --migration-dir migrations",
        names: ["2024-01-31-120000_a/up.sql", "2024-02-01-120000_b/up.sql"],
        order: &["2_b/up.sql", "10_a/up.sql"],
        head: bare,
        between: "",
        tail: "",
        told: "",
        beside: &["diesel.toml"],
    },
    Tool {
        name: "yoyo",
        runner: "yoyo",
        layout: "yoyo",
        folder: "yoyo",
        version: "9.0.0",
        run: "yoyo apply --batch --no-config-file --database sqlite:///app.db migrations",
        names: ["1_a.sql", "2_b.sql"],
        order: &["2_b.sql", "10_a.sql", "x/3_c.sql"],
        head: |_, transaction| said(transaction, "-- transactional: false\n").to_owned(),
        between: "",
        tail: "",
        told: "",
        beside: &[],
    },
    Tool {
        name: "liquibase",
        runner: "liquibase",
        layout: "liquibase",
        folder: "liquibase",
        version: "4.28.0",
        run: "liquibase --url=jdbc:sqlite:app.db --changelog-file=all.xml update",
        names: ["1_a.sql", "2_b.sql"],
        order: &["2_b.sql", "10_a.sql", "x/3_c.sql"],
        head: |number, transaction| {
            let out = said(transaction, " runInTransaction:false");
            format!("--liquibase formatted sql\n\n--changeset ada:{number}{out}\n")
        },
        between: "",
        tail: "",
        told: "",
        beside: &["all.xml"],
    },
];

fn bare(_: usize, _: Transaction) -> String {
    String::new()
}

fn said(transaction: Transaction, word: &str) -> &str {
    if transaction == Transaction::None { word } else { "" }
}
