//! Histories of any length, each of which makes something of the model grow.

use remold_core::history::Project;
use remold_core::text::SourceFile;

/// The history of that name.
pub(crate) fn named(name: &str, files: usize) -> Option<Project> {
    Some(match name {
        "orders" => orders(files),
        "common" => common(files),
        "one-file" => one_file(files),
        "hub" => hub(files),
        "renames" => renames(files),
        "mistakes" => mistakes(files),
        "small" => small(files),
        _ => return None,
    })
}

/// Migration files as applications have them: ten statements and some 1.2 KB each, which SQLite and
/// sqlparser both read. Every file changes tables of files before it.
pub(crate) fn orders(files: usize) -> Project {
    of(files, file)
}

/// Much the same in SQL that PostgreSQL reads as well, for linters that know only that.
pub(crate) fn common(files: usize) -> Project {
    of(files, |number| {
        let (before, parent) = (number / 2, number.saturating_sub(1));
        let text = format!(
            "-- Migration {number}: orders of shop {number}
CREATE TABLE IF NOT EXISTS orders_{number} (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES orders_{parent}(id) ON DELETE CASCADE,
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'paid', 'sent')),
  total NUMERIC NOT NULL DEFAULT 0,
  note TEXT,
  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (customer_id, created_at)
);
CREATE INDEX IF NOT EXISTS orders_{number}_status ON orders_{number} (status, created_at);
CREATE UNIQUE INDEX orders_{number}_open ON orders_{number} (customer_id) WHERE status = 'open';
ALTER TABLE orders_{number} ADD COLUMN shipped_at TEXT;
ALTER TABLE orders_{before} ADD COLUMN added_by_{number} TEXT DEFAULT '';
CREATE VIEW open_orders_{number} AS
  SELECT o.id, o.total, count(*) AS n FROM orders_{number} AS o
  WHERE o.status = 'open' GROUP BY o.id, o.total ORDER BY o.created_at DESC;
CREATE TABLE payments_{number} (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders_{number}(id),
  amount NUMERIC NOT NULL CHECK (amount > 0)
);
INSERT INTO orders_{number} (customer_id, status, total) VALUES (1, 'open', 12.5), (2, 'paid', 7), (3, 'sent', 0);
UPDATE orders_{number} SET note = coalesce(note, 'none') WHERE status <> 'open' AND total > 10;
ALTER TABLE orders_{number} RENAME COLUMN note TO remark;
"
        );
        SourceFile::new(format!("{number:05}_orders.sql"), text)
    })
}

/// The files of `orders` in one.
pub(crate) fn one_file(files: usize) -> Project {
    let text: String = (0..files).map(|number| file(number).text).collect();
    Project { files: vec![SourceFile::new("1_orders.sql", text)], ..Project::default() }
}

/// Every file adds a view and a trigger that read one table which all of them share, and alters a
/// table of its own, as the history of an application with a table of users does.
pub(crate) fn hub(files: usize) -> Project {
    of(files, |number| {
        let hub =
            if number == 0 { "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, visits INTEGER);\n" } else { "" };
        let text = format!(
            "{hub}CREATE TABLE visits_{number} (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id), at TEXT);
CREATE INDEX visits_{number}_user ON visits_{number} (user_id);
CREATE VIEW visitors_{number} AS SELECT u.name, v.at FROM users AS u JOIN visits_{number} AS v ON v.user_id = u.id;
CREATE TRIGGER visited_{number} AFTER INSERT ON visits_{number} BEGIN
  UPDATE users SET visits = visits + 1 WHERE id = new.user_id;
END;
ALTER TABLE visits_{number} ADD COLUMN page TEXT;
ALTER TABLE visits_{number} RENAME COLUMN at TO visited_at;
ALTER TABLE visits_{number} DROP COLUMN page;
"
        );
        SourceFile::new(format!("{number:05}_visits.sql"), text)
    })
}

/// Every file has a table with two views over it, one over the other, and renames the table.
pub(crate) fn renames(files: usize) -> Project {
    of(files, |number| {
        let text = format!(
            "CREATE TABLE draft_{number} (id INTEGER PRIMARY KEY, title TEXT, body TEXT);
CREATE VIEW titles_{number} AS SELECT id, title FROM draft_{number} WHERE body <> '';
CREATE VIEW long_titles_{number} AS SELECT title FROM titles_{number} WHERE length(title) > 20;
ALTER TABLE draft_{number} RENAME TO post_{number};
ALTER TABLE post_{number} RENAME COLUMN body TO content;
"
        );
        SourceFile::new(format!("{number:05}_posts.sql"), text)
    })
}

/// A mistake in every statement: a name that is close to one of many.
pub(crate) fn mistakes(files: usize) -> Project {
    of(files, |number| {
        let text = format!(
            "CREATE TABLE item_{number} (id INTEGER PRIMARY KEY);\nALTER TABLE itme_{number} ADD COLUMN name TEXT;\n\
             DROP INDEX item_{number}_name;\nINSERT INTO itm_{number} VALUES (1);\n"
        );
        SourceFile::new(format!("{number:05}_items.sql"), text)
    })
}

/// A project of that many files of one or two small statements, as tools that compare schemas write
/// them: what a replay adds to each file counts most here.
pub(crate) fn small(files: usize) -> Project {
    of(files, |number| {
        let (table, parent) = (number / 5, (number / 5).saturating_sub(1));
        let text = match number % 5 {
            0 => format!(
                "CREATE TABLE t{table} (id INTEGER PRIMARY KEY, name TEXT NOT NULL, parent INTEGER REFERENCES t{parent} (id));"
            ),
            1 => format!("ALTER TABLE t{table} ADD COLUMN email TEXT NOT NULL DEFAULT '';"),
            2 => format!("CREATE UNIQUE INDEX t{table}_email ON t{table} (email, id);"),
            3 => format!("UPDATE t{table} SET email = lower(name) WHERE email = '';"),
            _ => format!("DROP INDEX t{table}_email;\nALTER TABLE t{table} DROP COLUMN email;"),
        };
        SourceFile::new(format!("{number:05}.sql"), text)
    })
}

fn of(files: usize, file: impl Fn(usize) -> SourceFile) -> Project {
    Project { files: (0..files).map(file).collect(), ..Project::default() }
}

fn file(number: usize) -> SourceFile {
    let before = number / 2;
    let parent = number.saturating_sub(1);
    let text = format!(
        "-- Migration {number}: orders of shop {number}
CREATE TABLE IF NOT EXISTS orders_{number} (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES orders_{parent}(id) ON DELETE CASCADE,
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'paid', 'sent')),
  total NUMERIC NOT NULL DEFAULT 0,
  note TEXT,
  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (customer_id, created_at)
);
CREATE INDEX IF NOT EXISTS orders_{number}_status ON orders_{number} (status, created_at);
CREATE UNIQUE INDEX orders_{number}_open ON orders_{number} (customer_id) WHERE status = 'open';
ALTER TABLE orders_{number} ADD COLUMN shipped_at TEXT;
ALTER TABLE orders_{before} ADD COLUMN added_by_{number} TEXT DEFAULT '';
CREATE VIEW open_orders_{number} AS
  SELECT o.id, o.total, count(*) AS n FROM orders_{number} AS o
  WHERE o.status = 'open' GROUP BY o.id, o.total ORDER BY o.created_at DESC;
CREATE TRIGGER orders_{number}_paid AFTER UPDATE OF status ON orders_{number} WHEN new.status = 'paid'
BEGIN
  UPDATE orders_{number} SET note = 'paid ' || old.total WHERE id = new.id;
END;
INSERT INTO orders_{number} (customer_id, status, total) VALUES (1, 'open', 12.5), (2, 'paid', 7), (3, 'sent', 0);
UPDATE orders_{number} SET note = coalesce(note, 'none') WHERE status <> 'open' AND total > 10;
ALTER TABLE orders_{number} RENAME COLUMN note TO remark;
"
    );
    SourceFile::new(format!("{number:05}_orders.sql"), text)
}
