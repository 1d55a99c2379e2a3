//! Queries and expressions over what is in scope.

use super::{Context, Draw, Place, Source};

/// A query, and the names of what it answers.
pub(super) struct Query {
    pub(super) sql: String,
    pub(super) columns: Vec<String>,
}

const ALIASES: [&str; 7] = ["x", "y", "z", "s1", "Al", "p q", "a"];
const FUNCTIONS: [&str; 6] = ["lower", "abs", "typeof", "length", "hex", "trim"];

impl Draw<'_> {
    /// A query of some depth; of `width` columns where that is given. It sees `outer` beside its own
    /// sources.
    pub(super) fn query(&mut self, outer: &[Source], depth: usize, width: Option<usize>) -> Query {
        let commons = self.commons.len();
        let mut with = String::new();
        if depth > 0 && self.may("WITH", 10) {
            with = self.with(depth);
        }
        let mut query = self.select(outer, depth, width);
        if depth > 0 && self.may("compound", 8) {
            let operator = self.pick(&["UNION", "UNION ALL", "EXCEPT", "INTERSECT"]);
            let other = self.select(outer, depth - 1, Some(query.columns.len()));
            query.sql = format!("{} {operator} {}", query.sql, other.sql);
            if self.may("ORDER BY of a compound", 40) && !query.columns.is_empty() {
                let column = self.pick(&query.columns);
                let term = if self.chance(60) { self.spell(&column) } else { String::from("1") };
                query.sql.push_str(&format!(" ORDER BY {term}"));
            }
        }
        if self.may("LIMIT", 5) {
            query.sql.push_str(" LIMIT 3 OFFSET 1");
        }
        self.commons.truncate(commons);
        Query { sql: format!("{with}{}", query.sql), columns: query.columns }
    }

    fn with(&mut self, depth: usize) -> String {
        let recursive = self.may("RECURSIVE", 25);
        let mut tables = Vec::new();
        for _ in 0..=self.low(2) {
            let name = match self.below(100) {
                // It may bear the name of a table.
                80..100 => self.relation().map_or_else(|| String::from("cte"), |relation| relation.name.clone()),
                50..80 => String::from("cte2"),
                _ => String::from("cte"),
            };
            let query = self.query(&[], depth - 1, None);
            let spelt = self.spell(&name);
            let hint = self.weighted(&[(90, ""), (5, "MATERIALIZED "), (5, "NOT MATERIALIZED ")]);
            if recursive {
                tables.push(format!("{spelt} (n) AS {hint}(SELECT 1 UNION ALL SELECT n + 1 FROM {spelt} WHERE n < 3)"));
                self.commons.push((name, vec![String::from("n")]));
                continue;
            }
            let columns = if self.chance(30) {
                let mut names: Vec<String> = Vec::new();
                for _ in 0..query.columns.len() {
                    let name = self.fresh_column(&names);
                    names.push(name);
                }
                names
            } else {
                Vec::new()
            };
            let list = if columns.is_empty() { String::new() } else { format!(" ({})", self.spelt(&columns)) };
            tables.push(format!("{spelt}{list} AS {hint}({})", query.sql));
            self.commons.push((name, if columns.is_empty() { query.columns } else { columns }));
        }
        format!("WITH {}{} ", if recursive { "RECURSIVE " } else { "" }, tables.join(", "))
    }

    fn select(&mut self, outer: &[Source], depth: usize, width: Option<usize>) -> Query {
        if self.may("VALUES", 3) {
            let width = width.unwrap_or(1 + self.below(2));
            let row = |draw: &mut Self| (0..width).map(|_| draw.literal().to_owned()).collect::<Vec<_>>().join(", ");
            let rows = format!("VALUES ({}), ({})", row(self), row(self));
            return Query { sql: rows, columns: (1..=width).map(|at| format!("column{at}")).collect() };
        }
        let (from, sources) = self.from(outer, depth);
        let mut scope = sources.clone();
        scope.extend_from_slice(outer);
        let (list, columns) = self.results(&scope, &sources, depth, width);
        let distinct = self.weighted(&[(90, ""), (8, "DISTINCT "), (2, "ALL ")]);
        let mut sql = format!("SELECT {distinct}{list}{from}");
        let clause = Context { scope: scope.clone(), place: Place::Clause };
        if self.may("WHERE", 40) {
            sql.push_str(&format!(" WHERE {}", self.expression(&clause, depth + 1)));
        }
        let inner = Context { scope: sources, place: Place::Clause };
        if !inner.scope.is_empty() && self.may("GROUP BY", 10) {
            sql.push_str(&format!(" GROUP BY {}", self.expression(&inner, 1)));
            if self.may("HAVING", 30) {
                sql.push_str(&format!(" HAVING count(*) > 0 AND {}", self.expression(&clause, 1)));
            }
        }
        if !inner.scope.is_empty() && width.is_none() && depth > 1 && self.may("ORDER BY", 12) {
            let named = !columns.is_empty() && self.chance(30);
            let term = if named {
                let column = self.pick(&columns);
                self.spell(&column)
            } else {
                self.expression(&inner, 1)
            };
            let order = self.weighted(&[(60, ""), (20, " DESC"), (10, " COLLATE nocase"), (10, " ASC NULLS LAST")]);
            sql.push_str(&format!(" ORDER BY {term}{order}"));
            // Behind a compound it would stand in the wrong place.
            return Query { sql: format!("SELECT * FROM ({sql})"), columns };
        }
        Query { sql, columns }
    }

    fn results(
        &mut self,
        scope: &[Source],
        sources: &[Source],
        depth: usize,
        width: Option<usize>,
    ) -> (String, Vec<String>) {
        let context = Context { scope: scope.to_vec(), place: Place::Result };
        if width.is_none() && !sources.is_empty() {
            if self.may("*", 14) {
                return (String::from("*"), sources.iter().flat_map(|source| source.columns.clone()).collect());
            }
            if self.may("table.*", 8) {
                let source = self.pick(sources);
                return (format!("{}.*", source.qualifier), source.columns);
            }
        }
        let width = width.unwrap_or(1 + self.below(3));
        let (mut terms, mut columns) = (Vec::new(), Vec::new());
        for _ in 0..width {
            let plain = !scope.is_empty() && self.chance(55);
            let mut term = if plain { self.column_in(scope) } else { self.expression(&context, depth + 1) };
            let mut name = term.rsplit('.').next().unwrap_or(&term).trim_matches(['"', '`', '[', ']']).to_owned();
            if self.may("AS", 30) {
                name = self.fresh(&ALIASES, |_| false);
                let spelt = self.spell(&name);
                term = if self.chance(80) { format!("{term} AS {spelt}") } else { format!("{term} {spelt}") };
            }
            terms.push(term);
            columns.push(name);
        }
        (terms.join(", "), columns)
    }

    /// `FROM …`, and what is in scope behind it.
    fn from(&mut self, outer: &[Source], depth: usize) -> (String, Vec<Source>) {
        if self.chance(4) {
            return (String::new(), Vec::new());
        }
        let Some((first, source)) = self.source(outer, depth) else { return (String::new(), Vec::new()) };
        let (mut sql, mut sources) = (format!(" FROM {first}"), vec![source]);
        for _ in 0..self.low(3) {
            let Some((next, source)) = self.source(outer, depth.saturating_sub(1)) else { break };
            let join = self.weighted(&[
                (30, " JOIN "),
                (20, ", "),
                (20, " LEFT JOIN "),
                (5, " CROSS JOIN "),
                (6, " NATURAL JOIN "),
                (4, " RIGHT JOIN "),
                (4, " FULL JOIN "),
                (4, " INNER JOIN "),
                (3, " NATURAL LEFT OUTER JOIN "),
            ]);
            let common: Vec<String> = source
                .columns
                .iter()
                .filter(|column| sources.iter().any(|known: &Source| known.columns.contains(column)))
                .cloned()
                .collect();
            sql.push_str(join);
            sql.push_str(&next);
            sources.push(source);
            if join.contains("NATURAL") {
                self.parts.push("NATURAL");
            } else if !common.is_empty() && self.may("USING", 35) {
                let column = self.pick(&common);
                sql.push_str(&format!(" USING ({})", self.spell(&column)));
            } else if self.may("ON", 50) {
                let context = Context { scope: sources.clone(), place: Place::Clause };
                sql.push_str(&format!(" ON {}", self.expression(&context, 1)));
            }
        }
        if sources.len() > 1 && self.may("join in parentheses", 6) {
            sql = format!(" FROM ({})", &sql[6..]);
        }
        (sql, sources)
    }

    fn source(&mut self, outer: &[Source], depth: usize) -> Option<(String, Source)> {
        if depth > 0 && self.may("subquery in FROM", 12) {
            let query = self.query(outer, depth - 1, None);
            let alias = self.fresh(&ALIASES, |_| false);
            let spelt = self.spell(&alias);
            let source = Source { qualifier: spelt.clone(), columns: query.columns, qualified: false };
            return Some((format!("({}) AS {spelt}", query.sql), source));
        }
        let (name, columns, within) = if !self.commons.is_empty() && self.chance(60) {
            let (name, columns) = self.pick(&self.commons.clone());
            (name, columns, "")
        } else if self.may("a table of SQLite's", 2) {
            (String::from("sqlite_schema"), vec![String::from("name"), String::from("sql")], "")
        } else {
            let relation = self.relation()?;
            (relation.name.clone(), relation.columns.clone(), relation.within)
        };
        let mut sql = self.spell_name(&name);
        if !within.is_empty() && self.may("schema qualifier in FROM", 6) {
            sql = format!("{within}.{sql}");
        }
        let qualifier = if name == "sqlite_schema" || self.may("alias", 40) {
            let alias = self.fresh(&ALIASES, |_| false);
            let spelt = self.spell(&alias);
            sql.push_str(if self.chance(70) { " AS " } else { " " });
            sql.push_str(&spelt);
            spelt
        } else {
            self.spell(&name)
        };
        if self.may("NOT INDEXED", 2) {
            sql.push_str(" NOT INDEXED");
        }
        Some((sql, Source { qualifier, columns, qualified: false }))
    }

    /// A column of something in scope.
    fn column_in(&mut self, scope: &[Source]) -> String {
        let source = self.pick(scope);
        if source.columns.is_empty() {
            return String::from("1");
        }
        if self.may("rowid", 2) {
            return format!("{}.rowid", source.qualifier);
        }
        let column = self.pick(&source.columns);
        let spelt = self.spell(&column);
        let shared = scope.iter().filter(|other| other.columns.contains(&column)).count() > 1;
        if source.qualified || (shared && self.chance(95)) || self.chance(35) {
            format!("{}.{spelt}", source.qualifier)
        } else {
            spelt
        }
    }

    fn literal(&mut self) -> &'static str {
        self.pick(&["1", "'s'", "NULL", "2.5", "x'00'", "-3", "CURRENT_DATE", "true"])
    }

    /// An expression of some depth.
    pub(super) fn expression(&mut self, context: &Context, depth: usize) -> String {
        if depth == 0 || self.chance(30) {
            return self.leaf(context);
        }
        let next = depth - 1;
        let in_query = context.place != Place::Definition;
        match self.below(100) {
            0..30 => {
                let operator = self.pick(&[
                    "+",
                    "||",
                    "=",
                    "<>",
                    "<",
                    ">=",
                    "AND",
                    "OR",
                    "IS",
                    "IS NOT",
                    "*",
                    "&",
                    "<<",
                    "==",
                    "LIKE",
                    "->>",
                    "IS NOT DISTINCT FROM",
                ]);
                format!("{} {operator} {}", self.expression(context, next), self.expression(context, next))
            }
            30..38 => format!("({})", self.expression(context, next)),
            38..46 => format!("{}({})", self.pick(&FUNCTIONS), self.expression(context, next)),
            46..50 => format!("NOT {}", self.expression(context, next)),
            50..54 => format!("{} ISNULL", self.leaf(context)),
            54..58 => format!("{} NOT NULL", self.leaf(context)),
            58..62 => {
                let (low, high) = (self.leaf(context), self.leaf(context));
                format!("{} BETWEEN {low} AND {high}", self.leaf(context))
            }
            62..67 => format!("{} IN ({}, 2)", self.leaf(context), self.leaf(context)),
            67..72 => {
                let (when, then) = (self.expression(context, next), self.leaf(context));
                format!("CASE WHEN {when} THEN {then} ELSE {} END", self.leaf(context))
            }
            72..75 => format!("CAST({} AS TEXT)", self.leaf(context)),
            75..78 => format!("{} COLLATE nocase", self.leaf(context)),
            78..80 => format!("(({}, 1) = (1, {}))", self.leaf(context), self.leaf(context)),
            80..84 if in_query && depth > 0 && self.may("subquery", 100) => {
                format!("({})", self.query(&context.scope, next.min(1), Some(1)).sql)
            }
            84..88 if in_query && self.may("EXISTS", 100) => {
                format!("EXISTS ({})", self.query(&context.scope, next.min(1), None).sql)
            }
            88..91 if in_query && self.may("IN of a query", 100) => {
                format!("{} IN ({})", self.leaf(context), self.query(&context.scope, next.min(1), Some(1)).sql)
            }
            91..93 if in_query && self.may("IN table", 100) => match self.table() {
                Some(table) if table.columns.len() == 1 => {
                    format!("{} NOT IN {}", self.leaf(context), self.spell_name(&table.name))
                }
                _ => self.leaf(context),
            },
            93..96 if context.place == Place::Result && self.may("aggregate", 100) => {
                format!("count({}) FILTER (WHERE {})", self.leaf(context), self.leaf(context))
            }
            96..99 if context.place == Place::Result && self.may("window", 100) => {
                let (by, order) = (self.leaf(context), self.leaf(context));
                format!("row_number() OVER (PARTITION BY {by} ORDER BY {order} ROWS UNBOUNDED PRECEDING)")
            }
            _ => self.leaf(context),
        }
    }

    fn leaf(&mut self, context: &Context) -> String {
        if context.scope.is_empty() || self.chance(25) {
            return self.literal().to_owned();
        }
        if self.may("string in double quotes", 3) {
            return String::from("\"just text\"");
        }
        if self.may("unknown column", 1) {
            return String::from("nowhere");
        }
        self.column_in(&context.scope)
    }
}
