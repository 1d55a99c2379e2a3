//! Our reading and our model of a history, statement by statement beside SQLite.

use std::collections::{BTreeMap, BTreeSet};

use remold_core::parse;
use remold_core::parse::statement::{Body, Statement};
use remold_core::schema::replay::replay;
use remold_core::schema::{Knowledge, Object, Schema};
use remold_core::sqlite::name;
use remold_core::text::lines::LineIndex;
use remold_core::text::{SourceFile, Span};

use crate::engine::{Blame, Cut, Engine, Refusal, Stored};

/// What came of some files.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// How many files were read.
    pub(crate) files: usize,
    /// How many statements they have.
    pub(crate) statements: usize,
    /// How many of them SQLite took.
    pub(crate) accepted: usize,
    /// How many it refused, by the first words of its error.
    pub(crate) refused: BTreeMap<String, usize>,
    /// What is wrong with us.
    pub(crate) faults: Vec<Fault>,
    /// Statements that both refuse, in other words than SQLite's.
    pub(crate) worded: Vec<Fault>,
}

impl Verdict {
    /// Takes in what came of other files.
    pub(crate) fn add(&mut self, other: Self) {
        self.files += other.files;
        self.statements += other.statements;
        self.accepted += other.accepted;
        for (words, count) in other.refused {
            *self.refused.entry(words).or_default() += count;
        }
        self.faults.extend(other.faults);
        self.worded.extend(other.worded);
    }

    /// Whether something is wrong that must not be.
    pub(crate) fn fails(&self) -> bool {
        self.faults.iter().any(|fault| fault.kind != FaultKind::QueryRefused)
    }

    /// How many faults are of the kind.
    pub(crate) fn count(&self, kind: FaultKind) -> usize {
        self.faults.iter().filter(|fault| fault.kind == kind).count()
    }
}

/// Something that we got wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// In which way.
    pub(crate) kind: FaultKind,
    /// The file and the line.
    pub(crate) place: String,
    /// The statement.
    pub(crate) sql: String,
    /// What we say and what SQLite says.
    pub(crate) detail: String,
}

/// The ways to be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FaultKind {
    /// SQLite ends the statement elsewhere.
    Cut,
    /// A place in the statement is not the place of what it should be.
    Span,
    /// SQLite runs it and we could not read it.
    Opaque,
    /// SQLite runs it and we could not read all of its names.
    Partly,
    /// SQLite runs it and the model says that it does not.
    ModelRefuses,
    /// The model takes it and SQLite does not, whatever the rows are.
    EngineRefuses,
    /// The same of a query or a data statement. The model follows the schema: it knows the table whose
    /// rows change, and nothing of what a query names. So this is told and is no failure.
    QueryRefused,
    /// The schema is another one afterwards.
    Schema,
}

impl FaultKind {
    /// All of them.
    pub(crate) const ALL: [Self; 8] = [
        Self::Cut,
        Self::Span,
        Self::Opaque,
        Self::Partly,
        Self::ModelRefuses,
        Self::EngineRefuses,
        Self::QueryRefused,
        Self::Schema,
    ];

    /// A heading for it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Cut => "cut elsewhere",
            Self::Span => "wrong place",
            Self::Opaque => "opaque",
            Self::Partly => "partly read",
            Self::ModelRefuses => "model alone refuses",
            Self::EngineRefuses => "engine alone refuses",
            Self::QueryRefused => "query that the engine refuses (no failure)",
            Self::Schema => "other schema",
        }
    }

    /// Whether the model and the engine disagree, rather than the reading being poor.
    pub(crate) fn is_disagreement(self) -> bool {
        matches!(self, Self::Cut | Self::ModelRefuses | Self::EngineRefuses | Self::Schema)
    }
}

/// Runs the files one after the other, from an empty database on.
pub(crate) fn judge(files: &[SourceFile]) -> Verdict {
    let mut history = History::new();
    for file in files {
        history.file(file);
    }
    history.verdict
}

fn empty() -> Schema {
    Schema::new(Knowledge::Complete)
}

struct History {
    engine: Engine,
    schema: Schema,
    verdict: Verdict,
    /// What differs although the model was read from SQLite's texts: ours and SQLite's. It is said once.
    known: Vec<(Stored, Stored)>,
}

impl History {
    fn new() -> Self {
        Self { engine: Engine::open(), schema: empty(), verdict: Verdict::default(), known: Vec::new() }
    }

    fn file(&mut self, file: &SourceFile) {
        self.verdict.files += 1;
        let text = &file.text;
        let lines = LineIndex::new(text);
        // Where SQLite ended the last statement.
        let mut at = 0;
        for statement in parse::statements(text) {
            self.verdict.statements += 1;
            let sql = statement.span.of(text);
            let place = format!("{}:{}", file.path, lines.position(statement.span.start).line);
            let mut faults = Vec::new();
            at = self.cut(text, at, statement.span, &mut faults);
            faults.extend(places(text, &statement).map(|detail| (FaultKind::Span, detail)));
            self.statement(text, &statement, &place, &mut faults);
            let fault = |(kind, detail)| Fault { kind, place: place.clone(), sql: sql.to_owned(), detail };
            self.verdict.faults.extend(faults.into_iter().map(fault));
        }
        if !matches!(self.engine.cut(&text[at..]), Ok(Cut::Nothing)) {
            self.verdict.faults.push(Fault {
                kind: FaultKind::Cut,
                place: format!("{}:{}", file.path, lines.position(u32::try_from(at).unwrap_or(u32::MAX)).line),
                sql: text[at..].trim().to_owned(),
                detail: "we see no statement any more".to_owned(),
            });
        }
        self.engine.close_transaction();
    }

    /// Compares the end of the statement that begins behind `at` with ours; says where the next begins.
    fn cut(&self, text: &str, at: usize, ours: Span, faults: &mut Vec<(FaultKind, String)>) -> usize {
        let (start, end) = (ours.start as usize, ours.end as usize);
        let mut wrong = |detail: String| {
            faults.push((FaultKind::Cut, detail));
            end
        };
        let is_nothing = |from: usize, to: usize| self.engine.cut(&text[from..to]) == Ok(Cut::Nothing);
        if at > start || !is_nothing(at, start) {
            return wrong(format!("SQLite has `{}` before it", text.get(at..start).unwrap_or_default().trim()));
        }
        match self.engine.cut(&text[at..]) {
            Ok(Cut::At(length)) => {
                let theirs = at + length;
                if end > theirs || !is_nothing(end, theirs) {
                    return wrong(format!("SQLite ends it as `{}`", text[at..theirs].trim()));
                }
                theirs
            }
            Ok(Cut::Unknown) => end,
            Ok(Cut::Nothing) => wrong("SQLite has no statement here".to_owned()),
            Err(refusal) => match self.engine.prepare(&text[start..end]) {
                Err(also) if also == refusal => end,
                also => wrong(format!("SQLite says `{}` of it and all behind it, and {also:?} of it", refusal.words)),
            },
        }
    }

    fn statement(&mut self, text: &str, statement: &Statement, place: &str, faults: &mut Vec<(FaultKind, String)>) {
        let sql = statement.span.of(text);
        let outcome = replay(&self.schema, text, statement);
        // With the comments before its `;`, of which SQLite keeps some.
        let theirs = self.engine.run(Span::new(statement.span.start, statement.end).of(text));
        let opaque = match &statement.body {
            Body::Opaque(opaque) => Some(format!("{:?} at `{}`", opaque.problem, opaque.at.of(text))),
            _ => None,
        };
        match (&theirs, opaque, outcome.problem) {
            (Ok(()), Some(problem), _) => faults.push((FaultKind::Opaque, problem)),
            (Ok(()), None, Some(problem)) => faults.push((FaultKind::ModelRefuses, problem.error)),
            (Err(Refusal { fault: Blame::Circumstances, .. }), _, _) | (Err(_), Some(_), _) | (Ok(()), None, None) => {}
            (Err(refusal), None, None) => {
                let words = refusal.words.to_ascii_lowercase();
                let is_unsure = unsure(&self.schema)
                    .iter()
                    .any(|name| [".", ": "].iter().any(|mark| words.ends_with(&format!("{mark}{name}"))));
                let is_schema = !matches!(statement.body, Body::Data(_) | Body::Query(_));
                let kind = if is_schema { FaultKind::EngineRefuses } else { FaultKind::QueryRefused };
                if !is_unsure && self.schema.knowledge() == Knowledge::Complete {
                    faults.push((kind, refusal.words.clone()));
                }
            }
            (Err(refusal), None, Some(problem)) if refusal.words != problem.error => {
                self.verdict.worded.push(Fault {
                    kind: FaultKind::EngineRefuses,
                    place: place.to_owned(),
                    sql: sql.to_owned(),
                    detail: format!("we say `{}`, SQLite `{}`", problem.error, refusal.words),
                });
            }
            (Err(_), None, Some(_)) => {}
        }
        match &theirs {
            Ok(()) => self.verdict.accepted += 1,
            Err(refusal) => *self.verdict.refused.entry(first_words(&refusal.words)).or_default() += 1,
        }
        self.schema = outcome.after;
        let unsure = unsure(&self.schema);
        let (ours, mut stored) = (modelled(&self.schema), self.engine.schema());
        stored.retain(|stored| !unsure.contains(&name::fold(&stored.name).into_owned()));
        if !self.agree(&ours, &stored) {
            // What follows from a fault that is said already is not said again.
            let follows = |kind: &FaultKind| !matches!(kind, FaultKind::Cut | FaultKind::Span | FaultKind::Partly);
            let said = faults.iter().any(|(kind, _)| follows(kind));
            let refused_by_rows = matches!(&theirs, Err(refusal) if refusal.fault == Blame::Circumstances);
            if !said && !refused_by_rows {
                let new = |object: &&Stored| !self.known.iter().any(|(known, also)| [known, also].contains(object));
                let ours: Vec<Stored> = ours.iter().filter(new).cloned().collect();
                let stored: Vec<Stored> = stored.iter().filter(new).cloned().collect();
                faults.push((FaultKind::Schema, difference(&ours, &stored)));
            }
            self.schema = stored
                .iter()
                .filter_map(|stored| Object::new(&stored.name, stored.sql.clone(), stored.temporary))
                .fold(empty(), |schema, object| schema.with(object));
            let read = modelled(&self.schema);
            self.known = read.into_iter().zip(stored).filter(|(ours, theirs)| ours != theirs).collect();
        }
    }

    /// Whether both are equal but for what is known to differ.
    fn agree(&self, ours: &[Stored], theirs: &[Stored]) -> bool {
        ours.len() == theirs.len()
            && ours.iter().zip(theirs).all(|(ours, theirs)| {
                ours == theirs || self.known.iter().any(|(known, also)| known == ours && also == theirs)
            })
    }
}

/// The objects of which the model says that it does not know them.
fn unsure(schema: &Schema) -> BTreeSet<String> {
    let unsure = schema.objects().into_iter().filter(|object| !object.certain);
    unsure.map(|object| name::fold(&object.name).into_owned()).collect()
}

/// The model's objects as SQLite would keep them.
fn modelled(schema: &Schema) -> Vec<Stored> {
    let objects = schema.objects();
    let of = |temporary: bool| {
        objects
            .iter()
            .filter(move |object| object.certain && object.temporary == temporary && !name::is_internal(&object.name))
            .map(|object| Stored {
                kind: object.kind.as_str().to_owned(),
                name: object.name.clone(),
                table: object.owner.clone().unwrap_or_else(|| object.name.clone()),
                sql: object.sql.clone(),
                temporary: object.temporary,
            })
    };
    of(false).chain(of(true)).collect()
}

/// The first difference between both.
fn difference(ours: &[Stored], theirs: &[Stored]) -> String {
    let shown = |stored: Option<&Stored>| {
        stored.map_or_else(
            || "nothing".to_owned(),
            |stored| format!("{} `{}` of `{}`: {}", stored.kind, stored.name, stored.table, stored.sql),
        )
    };
    let mine = ours.iter().find(|object| !theirs.contains(object));
    let other = match mine {
        // The same object, if SQLite has it.
        Some(mine) => theirs.iter().find(|theirs| theirs.name == mine.name && theirs.kind == mine.kind),
        None => theirs.iter().find(|object| !ours.contains(object)),
    };
    if mine.is_none() && other.is_none() {
        let names = |all: &[Stored]| all.iter().map(|stored| stored.name.clone()).collect::<Vec<_>>().join(", ");
        return format!("the order is another one\nours: {}\nSQLite: {}", names(ours), names(theirs));
    }
    format!("ours: {}\nSQLite: {}", shown(mine), shown(other))
}

/// What is wrong with the places of a statement's names. Their debug form shows every name and every
/// span wherever in the tree it stands, so that no walk over the tree can forget one.
fn places(text: &str, statement: &Statement) -> impl Iterator<Item = String> {
    let shown = format!("{statement:?}");
    let mut wrong = Vec::new();
    for rest in shown.split("Span { start: ").skip(1) {
        let span = span(rest);
        if !span.is_some_and(|span| is_place(text, statement.span, span)) {
            wrong.push(format!("no place in the statement: {span:?}"));
        }
    }
    for rest in shown.split(" Name { text: ").skip(1) {
        let literal = literal(rest);
        let span = rest[literal.len()..].strip_prefix(", span: Span { start: ").and_then(span);
        let there = span.map(|span| unquoted(span.of(text)));
        if there.as_ref().map(|there| format!("{there:?}")).as_deref() != Some(literal) {
            wrong.push(format!("the name {literal} is not what stands there: {there:?}"));
        }
    }
    wrong.dedup();
    wrong.into_iter()
}

/// Reads `12, end: 34 }`.
fn span(shown: &str) -> Option<Span> {
    let (start, rest) = shown.split_once(", end: ")?;
    let (end, _) = rest.split_once(' ')?;
    Some(Span::new(start.parse().ok()?, end.parse().ok()?))
}

/// Whether the span is inside the statement, on whole characters. One that is not set is empty.
fn is_place(text: &str, statement: Span, span: Span) -> bool {
    span == Span::default() || (statement.contains(span) && text.get(span.start as usize..span.end as usize).is_some())
}

/// The string literal with which the text begins.
fn literal(shown: &str) -> &str {
    let mut escaped = false;
    for (at, byte) in shown.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return &shown[..=at],
            _ => {}
        }
    }
    shown
}

/// A name without the quotes that it stands in.
fn unquoted(name: &str) -> String {
    let quoted = |quote: char| name.strip_prefix(quote).and_then(|name| name.strip_suffix(quote));
    for quote in ['"', '`', '\''] {
        if let Some(inner) = quoted(quote) {
            return inner.replace(&format!("{quote}{quote}"), &quote.to_string());
        }
    }
    name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name).to_owned()
}

/// An error without what it names.
fn first_words(words: &str) -> String {
    for (part, kind) in [
        ("syntax error", "syntax error"),
        (" already exists", "already exists"),
        (" values for ", "another number of values"),
        (" values were supplied", "another number of values"),
    ] {
        if words.contains(part) {
            return kind.to_owned();
        }
    }
    let end = words.find([':', '"']).unwrap_or(words.len());
    words[..end].split_whitespace().take(6).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> Verdict {
        let files: Vec<SourceFile> = texts.iter().map(|text| SourceFile::new("a.sql", *text)).collect();
        judge(&files)
    }

    #[test]
    fn a_plain_history_has_no_fault() {
        let verdict = of(&[
            "CREATE TABLE \"a\"\"b\" (x TEXT); -- ;\nCREATE INDEX [i] ON \"a\"\"b\" (x)",
            "BEGIN; ALTER TABLE \"a\"\"b\" ADD COLUMN `y` INT;;\nDROP INDEX i;",
            "DROP TABLE nowhere",
        ]);
        assert_eq!(verdict.faults, []);
        assert_eq!((verdict.files, verdict.statements, verdict.accepted), (3, 6, 5));
        assert_eq!(verdict.refused, BTreeMap::from([("no such table".to_owned(), 1)]));
    }

    #[test]
    fn of_stored_texts_that_are_written_nothing_is_claimed() {
        let verdict = of(&[
            "CREATE TABLE t (a); PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE t (b)'; \
             CREATE TABLE u (a)",
        ]);
        assert_eq!(verdict.faults, []);
    }

    #[test]
    fn what_stays_different_is_a_fault_once() {
        let history = History { known: vec![(stored("A"), stored("a"))], ..History::new() };
        assert!(history.agree(&[stored("b"), stored("A")], &[stored("b"), stored("a")]));
        assert!(!history.agree(&[stored("A"), stored("b")], &[stored("b"), stored("a")]));
        assert!(!History::new().agree(&[stored("A")], &[stored("a")]));
    }

    #[test]
    fn a_difference_names_both_sides() {
        let shown = difference(&[stored("a")], &[stored("b")]);
        assert!(shown.starts_with("ours: index `i` of `a`"), "{shown}");
        assert!(shown.contains("SQLite: index `i` of `b`"), "{shown}");
    }

    fn stored(table: &str) -> Stored {
        let (kind, name, sql) = ("index".to_owned(), "i".to_owned(), "CREATE INDEX i ON a (b)".to_owned());
        Stored { kind, name, table: table.to_owned(), sql, temporary: false }
    }

    #[test]
    fn another_end_is_a_fault() {
        let text = "SELECT 1; SELECT 2";
        let history = History::new();
        let cut = |start: u32, end: u32| {
            let mut faults = Vec::new();
            history.cut(text, 0, Span::new(start, end), &mut faults);
            faults.len()
        };
        assert_eq!(cut(0, 8), 0);
        assert_eq!(cut(0, 6), 1, "too short");
        assert_eq!(cut(0, 18), 1, "too long");
        assert_eq!(cut(10, 18), 1, "one is left out");
    }

    #[test]
    fn another_place_is_a_fault() {
        let text = "CREATE TABLE t (\"a b\" TEXT)";
        let mut statement = parse::one(text).expect("it is one statement");
        assert_eq!(places(text, &statement).count(), 0);
        let Body::CreateTable(create) = &mut statement.body else { panic!("it makes a table") };
        create.definition.columns[0].name.span.start += 1;
        assert_eq!(places(text, &statement).count(), 1);
        statement.span.end -= 1;
        assert!(places(text, &statement).count() > 1);
    }
}
