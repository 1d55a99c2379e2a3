//! What must hold of any text, whatever it says: for the tests with fixed seeds, and for the fuzzers.

use remold_core::history::{Project, Runner, walk};
use remold_core::lint::{Settings, lint};
use remold_core::parse::statement::{
    AlterAction, Body, ColumnConstraintKind, ColumnDefinition, ForeignKey, Name, ObjectName, Statement,
    TableConstraint, TableConstraintKind,
};
use remold_core::parse::{self, Source, token};
use remold_core::plan::{Options, Plan, plan};
use remold_core::render::{json, markdown};
use remold_core::schema::{Knowledge, Object, Schema};
use remold_core::snapshot::Snapshot;
use remold_core::text::{SourceFile, Span};

/// A schema in which the names of the fixtures and the examples mean something.
pub const SMALL: &str = "\
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', age INTEGER CHECK (age > 0));
CREATE TABLE assets (id TEXT PRIMARY KEY, url TEXT NOT NULL, owner INTEGER REFERENCES users (id) ON DELETE CASCADE);
CREATE UNIQUE INDEX users_name ON users (name) WHERE age > 18;
CREATE VIEW names AS SELECT name, url FROM users JOIN assets ON owner = users.id;
CREATE TRIGGER cleared AFTER DELETE ON assets BEGIN UPDATE users SET age = NULL WHERE id = OLD.owner; END;
";

/// An empty schema, and one in which some names mean something.
pub fn snapshots() -> Vec<Snapshot> {
    let small = Snapshot::read(SMALL).expect("the small schema is SQL");
    vec![Snapshot::of(&Schema::new(Knowledge::Complete)), small]
}

/// Every byte belongs to one statement, or is white space, a comment or a `;`.
pub fn splits(text: &str) {
    let mut end = 0;
    for statement in Source::new(text).statements() {
        let span = statement.span;
        lies_within(span, text);
        assert!(span.start >= end && !span.is_empty(), "{span:?} begins before {end}");
        assert!(statement.end >= span.end, "{span:?} ends behind its end, {}", statement.end);
        is_gap(text, end, span.start);
        end = span.end;
    }
    is_gap(text, end, u32::try_from(text.len()).expect("a text is at most 4 GiB"));
}

/// Every name stands where its statement says, and says there what the statement says; what cannot be
/// read says what it seems to be and where reading stopped; and a statement reads the same by itself.
pub fn reads(text: &str) {
    for statement in Source::new(text).statements() {
        for name in names(&statement) {
            assert!(statement.span.contains(name.span), "{name:?} stands outside {:?}", statement.span);
            let source = name.span.of(text);
            match &token::tokens(source)[..] {
                [only] => assert_eq!(only.unquoted(source), name.text, "{name:?} is written {source}"),
                tokens => panic!("{name:?} is written {source}: {tokens:?}"),
            }
        }
        for (feature, span) in &statement.features {
            assert!(statement.span.contains(*span), "{feature:?} stands outside {:?}", statement.span);
        }
        let own = statement.span.of(text);
        if let Body::Opaque(opaque) = &statement.body {
            assert!(statement.span.contains(opaque.at), "{opaque:?} stopped outside {:?}", statement.span);
            assert!(!opaque.problem.words().is_empty(), "{opaque:?} has no reason");
            let begins = own.starts_with(|first: char| first.is_ascii_alphabetic());
            let is_blob = own.get(1..2) == Some("'");
            assert!(!begins || is_blob || !opaque.kind.is_empty(), "nothing tells what this is: {own:?}");
        }
        // This means something else where a text begins.
        if !own.starts_with('.') {
            let alone = parse::one(own).unwrap_or_else(|| panic!("this is one statement: {own:?}"));
            assert_eq!(alone.kind(), statement.kind(), "by itself it is another: {own:?}");
        }
    }
}

/// The schema that comes of the text is one: each object's stored text is one statement, of the object's
/// own name and kind, and reads as the object has it.
pub fn replays(text: &str) {
    let files = vec![SourceFile::new("migration.sql", text)];
    let project = Project { files, ..Project::default() };
    let small = Snapshot::read(SMALL).expect("the small schema is SQL");
    let known = Schema::new(Knowledge::Complete);
    for start in [&Schema::new(Knowledge::Partial), &known, &small.schema()] {
        let after = walk(&project, start, &Runner::by_hand(), |step| {
            for change in step.changes {
                std::hint::black_box(change);
            }
            if let Some(problem) = step.problem {
                lies_within(problem.span, &step.file.text);
                assert!(!problem.error.is_empty(), "{problem:?} says nothing");
                assert_eq!(step.before.len(), step.after.len(), "{problem:?} stopped nothing");
            }
        });
        for object in after.objects() {
            is_stored(object);
        }
    }
}

/// All of it: reads, lints, plans and prints.
pub fn holds(text: &str, snapshots: &[Snapshot]) {
    splits(text);
    let project = Project { files: vec![SourceFile::new("migration.sql", text)], ..Project::default() };
    let runner = if text.len().is_multiple_of(2) { Runner::by_hand() } else { Runner::remold() };
    let settings = Settings::new(Some("3.34.1..".parse().expect("a range of versions")), None, runner);
    let report = lint(&project, &settings);
    for finding in &report.findings {
        lies_within(finding.span, text);
    }
    // Printing takes longer than all the rest.
    let printed = text.len() < 100_000 && text.len().is_multiple_of(4);
    if printed {
        json::lint(&project, &settings, &report);
    }
    for snapshot in snapshots {
        let plan = plan(&project, snapshot, &Options::default());
        places_lie_within(&plan, text);
        if printed {
            json::plan(&plan);
            markdown::plan(&plan, markdown::Literals::Hidden);
        }
    }
}

/// What SQLite says of the first statement that it refuses, in an empty database.
pub fn first_error(text: &str) -> Option<String> {
    let project = Project { files: vec![SourceFile::new("migration.sql", text)], ..Project::default() };
    let mut first = None;
    walk(&project, &Schema::new(Knowledge::Complete), &Runner::by_hand(), |step| {
        first = first.take().or_else(|| step.problem.map(|problem| problem.error.clone()));
    });
    first
}

/// How many objects are there after the text.
pub fn objects(text: &str) -> usize {
    let project = Project { files: vec![SourceFile::new("migration.sql", text)], ..Project::default() };
    walk(&project, &Schema::new(Knowledge::Complete), &Runner::by_hand(), |_| {}).len()
}

fn is_stored(object: &Object) {
    let sql = &object.sql;
    let Some(again) = Object::new(&object.name, sql.clone(), object.temporary) else {
        panic!("this is not one statement: {sql:?}");
    };
    assert_eq!(again.kind, object.kind, "of another kind: {sql:?}");
    assert_eq!(format!("{:?}", again.statement()), format!("{:?}", object.statement()), "{sql:?}");
    if object.certain {
        let named = object.statement().object().map(|name| name.name.text.as_str());
        assert_eq!(named, Some(object.name.as_str()), "of another name: {sql:?}");
        let columns =
            |object: &Object| object.columns().iter().map(|column| column.name.text.clone()).collect::<Vec<_>>();
        assert_eq!(columns(&again), columns(object), "of other columns: {sql:?}");
    }
}

/// The names of a statement that are read by themselves, beside those in its queries and expressions.
fn names(statement: &Statement) -> Vec<&Name> {
    let mut found: Vec<&Name> = statement.object().into_iter().flat_map(parts).chain(statement.savepoint()).collect();
    match &statement.body {
        Body::CreateTable(create) => {
            create.definition.columns.iter().for_each(|column| of_column(column, &mut found));
            create.definition.constraints.iter().for_each(|constraint| of_constraint(constraint, &mut found));
        }
        Body::CreateVirtualTable(create) => found.push(&create.module),
        Body::CreateIndex(create) => {
            found.push(&create.table);
            found.extend(create.columns.iter().flat_map(|term| term.column.iter().chain(&term.collation)));
        }
        Body::CreateView(create) => found.extend(&create.columns),
        Body::CreateTrigger(create) => {
            found.push(&create.table);
            found.extend(create.table_schema.iter().chain(&create.update_of));
        }
        Body::AlterTable(alter) => match &alter.action {
            AlterAction::RenameTable(name)
            | AlterAction::DropColumn(name)
            | AlterAction::DropConstraint(name)
            | AlterAction::DropNotNull(name)
            | AlterAction::SetNotNull { column: name, .. } => found.push(name),
            AlterAction::RenameColumn { from, to } => found.extend([from, to]),
            AlterAction::AddColumn(column) => of_column(column, &mut found),
            AlterAction::AddConstraint(constraint) => of_constraint(constraint, &mut found),
        },
        Body::Data(data) => found.extend(&data.alias),
        _ => {}
    }
    found
}

fn parts(name: &ObjectName) -> impl Iterator<Item = &Name> {
    name.schema.iter().chain([&name.name])
}

fn of_column<'read>(column: &'read ColumnDefinition, found: &mut Vec<&'read Name>) {
    found.push(&column.name);
    for constraint in &column.constraints {
        found.extend(&constraint.name);
        match &constraint.kind {
            ColumnConstraintKind::Collate(name) => found.push(name),
            ColumnConstraintKind::References(key) => of_key(key, found),
            _ => {}
        }
    }
}

fn of_constraint<'read>(constraint: &'read TableConstraint, found: &mut Vec<&'read Name>) {
    found.extend(&constraint.name);
    match &constraint.kind {
        TableConstraintKind::PrimaryKey { columns, .. } | TableConstraintKind::Unique(columns) => {
            found.extend(columns.iter().flat_map(|term| term.column.iter().chain(&term.collation)));
        }
        TableConstraintKind::ForeignKey { columns, key } => {
            found.extend(columns);
            of_key(key, found);
        }
        TableConstraintKind::Check(_) => {}
    }
}

fn of_key<'read>(key: &'read ForeignKey, found: &mut Vec<&'read Name>) {
    found.push(&key.table);
    found.extend(&key.columns);
}

fn places_lie_within(plan: &Plan, text: &str) {
    let steps = plan.steps.iter().filter_map(|step| step.source.as_ref());
    for place in steps.chain(plan.refusals.iter().filter_map(|refusal| refusal.source.as_ref())) {
        lies_within(Span::new(place.start, place.end), text);
    }
}

fn lies_within(span: Span, text: &str) {
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {} bytes", text.len());
}

/// Asserts that nothing but white space, comments and `;` stands from `start` to `end`.
fn is_gap(text: &str, start: u32, end: u32) {
    let mut gap = &text[start as usize..end as usize];
    while !gap.is_empty() {
        let length = if gap.starts_with("--") {
            gap.find('\n').map_or(gap.len(), |at| at + 1)
        } else if let Some(comment) = gap.strip_prefix("/*") {
            comment.find("*/").map_or(gap.len(), |at| at + 4)
        } else {
            assert!(
                gap.starts_with([' ', '\t', '\n', '\r', '\u{c}', ';', '\u{feff}']),
                "this belongs to no statement: {gap:?}"
            );
            gap.chars().next().map_or(0, char::len_utf8)
        };
        gap = &gap[length..];
    }
}
