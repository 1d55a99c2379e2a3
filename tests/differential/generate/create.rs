//! `CREATE TABLE`, `CREATE INDEX`, `CREATE VIEW` and `CREATE TRIGGER`.

use remold_core::parse::token;

use super::{CONSTRAINTS, Context, Draw, Place, Relation, Source};

/// What a column's declaration stands in.
pub(super) struct Surroundings<'me> {
    /// The columns before it.
    pub(super) known: &'me [String],
    pub(super) strict: bool,
    pub(super) may_be_key: bool,
    pub(super) may_count: bool,
    pub(super) table: &'me str,
}

impl Draw<'_> {
    fn guard(&mut self) -> &'static str {
        if self.may("IF NOT EXISTS", 8) { "IF NOT EXISTS " } else { "" }
    }

    fn temporary(&mut self) -> (&'static str, &'static str) {
        if self.may("temporary", 10) {
            return match self.below(3) {
                0 => ("TEMP ", ""),
                1 => ("TEMPORARY ", ""),
                _ => ("", "temp."),
            };
        }
        if self.may("schema qualifier", 5) { ("", "main.") } else { ("", "") }
    }

    pub(super) fn create_table(&mut self) -> String {
        let (temporary, within) = self.temporary();
        let guard = self.guard();
        let name = self.fresh_object();
        let spelt = self.spell_name(&name);
        if self.may("CREATE TABLE AS", 2) {
            let query = self.query(&[], 1, None).sql;
            return format!("CREATE {temporary}TABLE {guard}{within}{spelt} AS {query}");
        }
        let strict = self.may("STRICT", 10);
        let without_rowid = self.may("WITHOUT ROWID", 10);
        let count = 1 + self.below(5);
        let mut known: Vec<String> = Vec::new();
        let mut parts: Vec<String> = Vec::new();
        let mut has_key = false;
        for _ in 0..count {
            let column = self.fresh_column(&known);
            let surroundings =
                Surroundings { known: &known, strict, may_be_key: !has_key, may_count: !without_rowid, table: &name };
            let declaration = self.column(&column, &surroundings);
            has_key |= declaration.contains("PRIMARY KEY");
            parts.push(declaration);
            known.push(column);
        }
        let mut sql = format!("CREATE {temporary}TABLE {guard}{within}{spelt} ({}", parts.join(", "));
        let mut constraints = self.low(4);
        if without_rowid && !has_key {
            constraints += 1;
        }
        for _ in 0..constraints {
            let constraint = self.table_constraint(&known, &name, !has_key, without_rowid && !has_key);
            has_key |= constraint.contains("PRIMARY KEY");
            sql.push_str(if self.may("constraints without commas", 10) { " " } else { ", " });
            sql.push_str(&constraint);
        }
        sql.push(')');
        sql.push_str(match (without_rowid, strict) {
            (true, true) => self.pick(&[" WITHOUT ROWID, STRICT", " STRICT, WITHOUT ROWID"]),
            (true, false) => " WITHOUT ROWID",
            (false, true) => " STRICT",
            (false, false) => "",
        });
        sql
    }

    fn constraint_name(&mut self) -> String {
        if !self.may("constraint name", 15) {
            return String::new();
        }
        let name = self.pick(&CONSTRAINTS);
        let mut spelt = format!("CONSTRAINT {} ", self.spell(name));
        if self.may("constraint name alone", 4) {
            spelt = format!("CONSTRAINT alone {spelt}");
        }
        spelt
    }

    pub(super) fn on_conflict(&mut self) -> String {
        if !self.may("ON CONFLICT", 12) {
            return String::new();
        }
        format!(" ON CONFLICT {}", self.pick(&["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"]))
    }

    fn declared_type(&mut self, strict: bool) -> &'static str {
        if strict {
            return self.pick(&["INTEGER", "TEXT", "INT", "REAL", "BLOB", "ANY", "any"]);
        }
        match self.below(100) {
            0..40 => self.pick(&["INTEGER", "TEXT", "INT", "REAL", "BLOB"]),
            40..55 => "",
            _ if !self.allows("odd types") => "TEXT",
            _ => {
                self.parts.push("odd types");
                self.pick(&[
                    "integer",
                    "VARCHAR(10)",
                    "DECIMAL(10, -2)",
                    "DOUBLE PRECISION",
                    "UNSIGNED BIG INT",
                    "\"my type\"",
                    "[odd]",
                    "'str'",
                    "`INTEGER`",
                    "\"INTEGER\"",
                    "INTEGER(5)",
                    "CHARACTER VARYING(255)",
                    "\"a\" \"b\" (1)",
                    "\"q\"\"q\" x",
                    "int /* c */ eger",
                    "any",
                    "Temporal key",
                    "FLOATING POINT",
                    "clob",
                    "(1)",
                ])
            }
        }
    }

    fn default(&mut self) -> &'static str {
        self.pick(&[
            "0",
            "NULL",
            "'text'",
            "-1",
            "+ 1.5",
            "\"double\"",
            "TRUE",
            "CURRENT_TIMESTAMP",
            "x'ab'",
            "(1 + 1)",
            "( 'x' || 'y' )",
            "(datetime('now'))",
            "word",
            "1e3",
            ".5",
            "0x1F",
            "1_000",
            "'it''s'",
            "( /* c */ 7 )",
            "((1))",
            "(NULL)",
            "- 0x10",
            "(\"double\")",
        ])
    }

    pub(super) fn column(&mut self, name: &str, around: &Surroundings) -> String {
        let strict = around.strict && !self.chance(2);
        let declared = self.declared_type(strict);
        let mut constraints: Vec<String> = Vec::new();
        let is_key =
            around.may_be_key && self.may("PRIMARY KEY of a column", if around.known.is_empty() { 30 } else { 4 });
        if is_key {
            let direction = self.weighted(&[(85, ""), (5, " ASC"), (10, " DESC")]);
            let conflict = self.on_conflict();
            let may_count = declared.eq_ignore_ascii_case("INTEGER") && direction != " DESC" && around.may_count;
            let counting = if may_count && self.may("AUTOINCREMENT", 25) { " AUTOINCREMENT" } else { "" };
            constraints.push(format!("PRIMARY KEY{direction}{conflict}{counting}"));
        }
        let generated = !is_key && !around.known.is_empty() && self.may("generated column", 7);
        if generated {
            let always = self.pick(&["GENERATED ALWAYS ", ""]);
            let kind = self.pick(&["", " VIRTUAL", " STORED"]);
            let scope = own(around.table, around.known);
            let expression = self.expression(&scope, 2);
            constraints.push(format!("{always}AS ({expression}){kind}"));
        }
        if self.may("NOT NULL", 16) {
            constraints.push(format!("NOT NULL{}", self.on_conflict()));
        }
        if self.may("UNIQUE of a column", 9) {
            constraints.push(format!("UNIQUE{}", self.on_conflict()));
        }
        if !generated && self.may("DEFAULT", 18) {
            constraints.push(format!("DEFAULT {}", self.default()));
        }
        if self.may("COLLATE", 9) {
            constraints
                .push(format!("COLLATE {}", self.pick(&["NOCASE", "rtrim", "binary", "\"NoCase\"", "[BINARY]"])));
        }
        if self.may("CHECK of a column", 9) {
            let mut columns = around.known.to_vec();
            columns.push(name.to_owned());
            // Mostly the column itself.
            let scope =
                if self.chance(40) { own(around.table, &columns) } else { own(around.table, &[name.to_owned()]) };
            constraints.push(format!("CHECK ({})", self.expression(&scope, 2)));
        }
        if self.may("REFERENCES", 12) {
            constraints.push(self.references(around.table, 1));
        }
        if self.may("NULL", 3) {
            constraints.push(String::from("NULL"));
        }
        if constraints.len() > 1 {
            let turn = self.below(constraints.len());
            constraints.rotate_left(turn);
        }
        let mut sql = self.spell_name(name);
        if !declared.is_empty() {
            sql.push(' ');
            sql.push_str(declared);
        }
        for constraint in constraints {
            let name = self.constraint_name();
            sql.push_str(&format!(" {name}{constraint}"));
        }
        sql
    }

    fn references(&mut self, own: &str, width: usize) -> String {
        let target = if self.chance(10) { None } else { self.table() };
        let (table, columns) = match target {
            Some(table) => (table.name.clone(), table.columns.clone()),
            None if self.chance(50) => (own.to_owned(), vec![String::from("a")]),
            None => (String::from("missing"), vec![String::from("a")]),
        };
        let mut sql = format!("REFERENCES {}", self.spell_name(&table));
        if self.chance(60) {
            let named: Vec<String> = (0..width).map(|_| self.pick(&columns)).collect();
            sql.push_str(&format!(" ({})", self.spelt(&named)));
        }
        for _ in 0..self.low(3) {
            let (event, action) = (
                self.pick(&["DELETE", "UPDATE"]),
                self.pick(&["CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"]),
            );
            sql.push_str(&format!(" ON {event} {action}"));
        }
        if self.may("MATCH", 3) {
            sql.push_str(" MATCH FULL");
        }
        if self.may("DEFERRABLE", 10) {
            let not = self.pick(&["", "NOT "]);
            let initially = self.pick(&["", " INITIALLY DEFERRED", " INITIALLY IMMEDIATE"]);
            sql.push_str(&format!(" {not}DEFERRABLE{initially}"));
        }
        sql
    }

    fn some_columns(&mut self, columns: &[String], most: usize) -> Vec<String> {
        let count = 1 + self.below(most.min(columns.len()));
        let start = self.below(columns.len());
        (0..count).map(|step| columns[(start + step) % columns.len()].clone()).collect()
    }

    /// Columns as a key has them: with collations and directions.
    fn key_columns(&mut self, columns: &[String]) -> String {
        let columns = self.some_columns(columns, 3);
        let mut terms = Vec::new();
        for column in columns {
            let mut term =
                if self.may("'column'", 2) { remold_core::sqlite::name::literal(&column) } else { self.spell(&column) };
            if self.may("(column)", 3) {
                term = format!("({term})");
            }
            if self.may("COLLATE in a key", 8) {
                term.push_str(self.pick(&[" COLLATE nocase", " COLLATE binary"]));
            }
            term.push_str(self.weighted(&[(85, ""), (5, " ASC"), (10, " DESC")]));
            terms.push(term);
        }
        terms.join(", ")
    }

    fn table_constraint(&mut self, columns: &[String], table: &str, may_be_key: bool, must_be_key: bool) -> String {
        // A name alone is not kept by the model where it stands for no constraint of a table.
        let name = self.constraint_name().replace("CONSTRAINT alone ", "");
        let kind = self.weighted(&[
            (30, "UNIQUE"),
            (30, "CHECK"),
            (25, "FOREIGN KEY"),
            (if may_be_key { 30 } else { 1 }, "PRIMARY KEY"),
        ]);
        let kind = if must_be_key { "PRIMARY KEY" } else { kind };
        let kind = if self.allows(kind) { kind } else { "UNIQUE" };
        self.parts.push(match kind {
            "UNIQUE" => "UNIQUE of a table",
            "CHECK" => "CHECK of a table",
            "PRIMARY KEY" => "PRIMARY KEY of a table",
            _ => kind,
        });
        match kind {
            "CHECK" => {
                let scope = own(table, columns);
                format!("{name}CHECK ({}){}", self.expression(&scope, 2), self.on_conflict())
            }
            "FOREIGN KEY" => {
                let from = self.some_columns(columns, 2);
                let width = from.len();
                format!("{name}FOREIGN KEY ({}) {}", self.spelt(&from), self.references(table, width))
            }
            _ => format!("{name}{kind} ({}){}", self.key_columns(columns), self.on_conflict()),
        }
    }

    pub(super) fn create_index(&mut self) -> String {
        let unique = if self.may("UNIQUE index", 20) { "UNIQUE " } else { "" };
        let guard = self.guard();
        let name = self.fresh_object();
        let spelt = self.spell_name(&name);
        let target = if self.chance(4) { self.relation() } else { self.table() };
        let Some(table) = target else { return format!("CREATE {unique}INDEX {guard}{spelt} ON missing (a)") };
        let within = if self.may("schema qualifier", 6) { format!("{}.", table.within) } else { String::new() };
        let scope = own(&table.name, &table.columns);
        let mut terms = Vec::new();
        for _ in 0..=self.low(3) {
            let expression = self.may("index on an expression", 12);
            if expression {
                let term = self.expression(&scope, 2);
                terms.push(if self.chance(50) { format!("({term})") } else { term });
            } else if self.chance(2) {
                terms.push(String::from("nowhere"));
            } else {
                let column = self.pick(&table.columns);
                terms.push(self.key_columns(&[column]));
            }
        }
        let on = self.spell_name(&table.name);
        let mut sql = format!("CREATE {unique}INDEX {guard}{within}{spelt} ON {on} ({})", terms.join(", "));
        if self.may("partial index", 15) {
            sql.push_str(&format!(" WHERE {}", self.expression(&scope, 2)));
        }
        sql
    }

    pub(super) fn create_view(&mut self) -> String {
        let (temporary, within) = self.temporary();
        let guard = self.guard();
        let name = self.fresh_object();
        let spelt = self.spell_name(&name);
        let query = self.query(&[], 2, None);
        let columns = if self.may("columns of a view", 15) {
            let mut names: Vec<String> = Vec::new();
            for _ in 0..query.columns.len() {
                let name = self.fresh_column(&names);
                names.push(name);
            }
            format!(" ({})", self.spelt(&names))
        } else {
            String::new()
        };
        format!("CREATE {temporary}VIEW {guard}{within}{spelt}{columns} AS {}", query.sql)
    }

    pub(super) fn create_trigger(&mut self) -> String {
        let temporary = if self.may("temporary trigger", 8) { "TEMP " } else { "" };
        let guard = self.guard();
        let world = self.world;
        let name = self.fresh(&["tr", "on_change", "Trigger 2", "after", "t"], |name| {
            world.triggers.iter().any(|(_, trigger)| trigger.eq_ignore_ascii_case(name))
        });
        let spelt = self.spell_name(&name);
        let target = if self.chance(15) { self.relation() } else { self.table() };
        let Some(on) = target else {
            return format!("CREATE TRIGGER {spelt} AFTER DELETE ON missing BEGIN SELECT 1; END");
        };
        let within = if temporary.is_empty() && self.may("schema qualifier", 5) {
            format!("{}.", on.within)
        } else {
            String::new()
        };
        let event = self.pick(&["INSERT", "UPDATE", "DELETE", "UPDATE OF"]);
        let time = if on.is_view { "INSTEAD OF " } else { self.pick(&["AFTER ", "BEFORE ", ""]) };
        let mut sql = format!("CREATE {temporary}TRIGGER {guard}{within}{spelt} {time}{event}");
        if event == "UPDATE OF" {
            self.parts.push("UPDATE OF");
            let columns = self.some_columns(&on.columns, 2);
            sql.push_str(&format!(" {}", self.spelt(&columns)));
        }
        sql.push_str(&format!(" ON {}", self.spell_name(&on.name)));
        if self.chance(20) {
            sql.push_str(" FOR EACH ROW");
        }
        let mut rows = Vec::new();
        if event != "DELETE" {
            rows.push(Source {
                qualifier: self.pick(&["NEW", "new"]).to_owned(),
                columns: on.columns.clone(),
                qualified: true,
            });
        }
        if event != "INSERT" {
            rows.push(Source {
                qualifier: self.pick(&["OLD", "old"]).to_owned(),
                columns: on.columns.clone(),
                qualified: true,
            });
        }
        if self.may("WHEN", 25) {
            let context = Context { scope: rows.clone(), place: Place::Clause };
            sql.push_str(&format!(" WHEN {}", self.expression(&context, 2)));
        }
        sql.push_str(" BEGIN ");
        for _ in 0..=self.low(3) {
            sql.push_str(&self.trigger_statement(&rows));
            sql.push_str("; ");
        }
        sql.push_str("END");
        sql
    }

    fn trigger_statement(&mut self, rows: &[Source]) -> String {
        let kind = self.weighted(&[(30, "SELECT"), (25, "INSERT"), (25, "UPDATE"), (15, "DELETE"), (5, "RAISE")]);
        let Some(table) = self.table() else { return String::from("SELECT 1") };
        let spelt = self.spell_name(&table.name);
        match kind {
            "INSERT" => {
                self.parts.push("INSERT in a trigger");
                let columns = self.some_columns(&table.columns, 3);
                let or = self.weighted(&[(80, ""), (10, " OR IGNORE"), (10, " OR REPLACE")]);
                let mut sql = if self.chance(75) {
                    format!("INSERT{or} INTO {spelt} ({})", self.spelt(&columns))
                } else {
                    format!("REPLACE INTO {spelt}")
                };
                let width = if sql.ends_with(')') { columns.len() } else { table.columns.len() };
                if self.may("INSERT SELECT", 40) {
                    let query = self.query(rows, 1, Some(width));
                    sql.push_str(&format!(" {}", query.sql));
                    if self.may("upsert", 30) {
                        // A query needs a WHERE before it.
                        sql = format!("{sql} {}", self.upsert(table, rows));
                    }
                } else {
                    let context = Context { scope: rows.to_vec(), place: Place::Clause };
                    let values: Vec<String> = (0..width).map(|_| self.expression(&context, 1)).collect();
                    sql.push_str(&format!(" VALUES ({})", values.join(", ")));
                    if self.may("upsert", 30) {
                        sql = format!("{sql} {}", self.upsert(table, rows));
                    }
                }
                sql
            }
            "UPDATE" => {
                self.parts.push("UPDATE in a trigger");
                let mut scope =
                    vec![Source { qualifier: spelt.clone(), columns: table.columns.clone(), qualified: false }];
                scope.extend_from_slice(rows);
                let mut from = String::new();
                if self.may("UPDATE FROM", 25)
                    && let Some(other) = self.relation()
                {
                    let alias = String::from("f");
                    from = format!(" FROM {} AS f", self.spell_name(&other.name));
                    scope.push(Source { qualifier: alias, columns: other.columns.clone(), qualified: false });
                }
                let context = Context { scope, place: Place::Clause };
                let sets = if self.may("row value assignment", 8) {
                    let columns = self.some_columns(&table.columns, 2);
                    let values: Vec<String> = columns.iter().map(|_| self.expression(&context, 1)).collect();
                    format!("({}) = ({})", self.spelt(&columns), values.join(", "))
                } else {
                    let column = self.column_of(table);
                    format!("{column} = {}", self.expression(&context, 2))
                };
                let or = self.weighted(&[(90, ""), (10, " OR IGNORE")]);
                let filter =
                    if self.chance(60) { format!(" WHERE {}", self.expression(&context, 2)) } else { String::new() };
                format!("UPDATE{or} {spelt} SET {sets}{from}{filter}")
            }
            "DELETE" => {
                self.parts.push("DELETE in a trigger");
                let mut scope =
                    vec![Source { qualifier: spelt.clone(), columns: table.columns.clone(), qualified: false }];
                scope.extend_from_slice(rows);
                let context = Context { scope, place: Place::Clause };
                format!("DELETE FROM {spelt} WHERE {}", self.expression(&context, 2))
            }
            "RAISE" => {
                self.parts.push("RAISE");
                let raise = self.pick(&["ABORT, 'no'", "IGNORE", "FAIL, 'no' || 'pe'", "ROLLBACK, 'no'"]);
                let context = Context { scope: rows.to_vec(), place: Place::Clause };
                format!("SELECT RAISE({raise}) WHERE {}", self.expression(&context, 1))
            }
            _ => {
                self.parts.push("SELECT in a trigger");
                self.query(rows, 2, None).sql
            }
        }
    }

    fn upsert(&mut self, table: &Relation, rows: &[Source]) -> String {
        let column = self.column_of(table);
        if self.chance(25) {
            return String::from("ON CONFLICT DO NOTHING");
        }
        let mut scope = vec![
            Source { qualifier: String::from("excluded"), columns: table.columns.clone(), qualified: true },
            Source { qualifier: self.spell(&table.name), columns: table.columns.clone(), qualified: false },
        ];
        scope.extend_from_slice(rows);
        let context = Context { scope, place: Place::Clause };
        let target = if self.chance(70) { format!("({}) ", self.column_of(table)) } else { String::new() };
        let filter = if self.chance(25) { format!(" WHERE {}", self.expression(&context, 1)) } else { String::new() };
        format!("ON CONFLICT {target}DO UPDATE SET {column} = {}{filter}", self.expression(&context, 1))
    }
}

/// The scope of an expression in a table's own definition, or in an index on it.
fn own(table: &str, columns: &[String]) -> Context {
    let qualifier = remold_core::sqlite::name::quote(table);
    Context { scope: vec![Source { qualifier, columns: columns.to_vec(), qualified: false }], place: Place::Definition }
}

/// The names behind CONSTRAINT in a table's text.
pub(super) fn constraint_names(sql: &str) -> Vec<String> {
    let tokens = token::tokens(sql);
    let pairs = tokens.windows(2).filter(|pair| pair[0].is(sql, "CONSTRAINT"));
    pairs.map(|pair| pair[1].unquoted(sql).into_owned()).collect()
}
