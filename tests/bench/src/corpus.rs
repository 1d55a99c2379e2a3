//! Migration files as applications have them: ten statements and some 1.2 KB each, which SQLite and
//! sqlparser both read. Every file changes tables of files before it.

use remold_core::history::Project;
use remold_core::text::SourceFile;

/// A project of that many files.
pub(crate) fn project(files: usize) -> Project {
    Project { root: String::new(), files: (0..files).map(file).collect() }
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

/// A project of that many files of one or two small statements, as tools that compare schemas write
/// them: what a replay adds to each file counts most here.
pub(crate) fn small(files: usize) -> Project {
    let file = |number: usize| {
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
    };
    Project { root: String::new(), files: (0..files).map(file).collect() }
}
