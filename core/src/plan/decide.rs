//! What becomes of each statement: it runs, it is skipped, its table is rebuilt, or the plan is
//! refused. "Already satisfied" compares definitions, never names alone.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Cost, Draft, ForeignKeys, Hazard, Place, Refusal, RefusalKind, Step, StepKind, rebuild, reverse, step};
use crate::history::Project;
use crate::parse::statement::{
    AlterAction, AlterTable, Body, ColumnConstraintKind, ColumnDefinition, Data, DataKind, Drop, Name, ObjectKind,
    ObjectName, Opaque, Other, Pragma, Problem, Statement, UnsupportedClause,
};
use crate::parse::{Source, is_constant};
use crate::schema::fingerprint::{column_line, object_line};
use crate::schema::refer::{self, Remedy};
use crate::schema::replay::{ProblemKind, replay};
use crate::schema::{Knowledge, Object, Schema, stored_sql};
use crate::sqlite::name;
use crate::sqlite::version::{self, Feature};

/// One statement that is being decided.
pub(super) struct Here<'run> {
    pub(super) text: &'run str,
    pub(super) statement: &'run Statement,
    pub(super) place: Place,
}

impl Here<'_> {
    fn sql(&self) -> &str {
        self.statement.span.of(self.text)
    }
}

/// How a statement can be taken back.
pub(super) enum Undo {
    /// There is nothing to take back.
    Nothing,
    /// By this SQL.
    By(String),
    /// Not without loss: only the backup has what was there.
    BackupOnly,
}

impl Draft<'_> {
    /// Decides what becomes of one statement.
    pub(super) fn decide(&mut self, here: &Here) -> Undo {
        match &here.statement.body {
            Body::CreateTable(create) => self.create(here, ObjectKind::Table, &create.name, create.temporary),
            Body::CreateVirtualTable(create) => self.create(here, ObjectKind::Table, &create.name, false),
            Body::CreateIndex(create) => self.create(here, ObjectKind::Index, &create.name, false),
            Body::CreateView(create) => self.create(here, ObjectKind::View, &create.name, create.temporary),
            Body::CreateTrigger(create) => self.create(here, ObjectKind::Trigger, &create.name, create.temporary),
            Body::AlterTable(alter) => self.alter(here, alter),
            Body::Drop(drop) => self.drop(here, drop),
            Body::Pragma(pragma) => self.pragma(here, pragma),
            Body::Begin | Body::Commit => self.skip(here, "taken over: the plan has one transaction around everything"),
            Body::Savepoint(_) | Body::Release(_) => {
                self.skip(here, "taken over: the plan's own transaction keeps all or nothing")
            }
            Body::Rollback(_) => self.refuse(
                here,
                RefusalKind::Unsupported,
                "the file rolls back, so what it means to keep is not clear",
                "leave ROLLBACK out; the plan rolls back by itself when a step fails",
            ),
            Body::Data(data) => self.data(here, data),
            Body::Query(_) => self.skip(here, "a query that changes nothing"),
            Body::Other(other) => self.other(here, *other),
            Body::Opaque(opaque) => self.opaque(here, opaque),
        }
    }

    // What can become of a statement.

    fn skip(&mut self, here: &Here, why: &str) -> Undo {
        let source = Some(here.place.clone());
        self.steps.push(Step { source, ..step(StepKind::Skip, Some(here.sql()), why) });
        Undo::Nothing
    }

    fn refuse(&mut self, here: &Here, kind: RefusalKind, message: &str, help: &str) -> Undo {
        self.refuse_with(here, kind, message, help, None)
    }

    fn refuse_with(
        &mut self,
        here: &Here,
        kind: RefusalKind,
        message: &str,
        help: &str,
        sqlite_error: Option<String>,
    ) -> Undo {
        self.refusals.push(Refusal {
            kind,
            message: message.to_owned(),
            help: help.to_owned(),
            source: Some(here.place.clone()),
            sqlite_error,
        });
        Undo::Nothing
    }

    /// Lets the statement run as it stands, and follows it.
    fn run(&mut self, here: &Here, why: &str, cost: Cost, undo: Option<String>) -> Undo {
        if let Some(feature) = self.lacking(here.statement) {
            return self.lacks(here, feature);
        }
        // A step is executed without the comments before its `;`, which SQLite would keep.
        let statement = here.statement;
        let alone = here.text.get(..statement.span.end as usize).unwrap_or(here.text);
        let outcome = replay(&self.schema, alone, statement);
        if let Some(problem) = outcome.problem {
            let message = message_of(&problem.kind);
            return self.refuse_with(
                here,
                RefusalKind::Conflict,
                &message,
                help_of(&problem.kind),
                Some(problem.error),
            );
        }
        self.schema = outcome.after.clone();
        self.followed = (statement.end == statement.span.end).then_some(outcome);
        self.steps.push(Step {
            cost,
            undo: undo.clone(),
            altered: altered(&here.statement.body, &self.schema),
            source: Some(here.place.clone()),
            ..step(StepKind::Run, Some(here.sql()), why)
        });
        undo.map_or(Undo::BackupOnly, Undo::By)
    }

    /// A feature that the statement needs and the executing engine, or the oldest reader, lacks.
    fn lacking(&self, statement: &Statement) -> Option<Feature> {
        let stays = matches!(
            statement.body,
            Body::CreateTable(_) | Body::CreateIndex(_) | Body::CreateView(_) | Body::CreateTrigger(_)
        );
        let oldest = if stays { self.options.engine.min(self.options.versions.oldest) } else { self.options.engine };
        statement.features.iter().map(|(feature, _)| *feature).find(|feature| feature.since > oldest)
    }

    fn lacks(&mut self, here: &Here, feature: Feature) -> Undo {
        let message = format!("{} needs SQLite {}", feature.name, feature.since);
        self.refuse(here, RefusalKind::Unsupported, &message, feature.instead)
    }

    /// Notes what is lost, and refuses unless it was allowed by name.
    fn hazard(&mut self, here: &Here, id: &str, message: &str, count_sql: String) {
        if self.hazards.iter().any(|known| known.id == id) {
            return;
        }
        let reason = self.consents.get(id).cloned();
        let allowed = reason.is_some() || self.options.allow.iter().any(|allowed| allowed == id);
        self.hazards.push(Hazard { id: id.to_owned(), message: message.to_owned(), count_sql, allowed, reason });
        if !allowed {
            let help = format!("allow it by name: --allow {id}, or in the file: -- remold: consent({id}) and why");
            self.refuse(here, RefusalKind::Consent, message, &help);
        }
    }

    // The kinds of statements.

    fn create(&mut self, here: &Here, kind: ObjectKind, object: &ObjectName, temporary: bool) -> Undo {
        if temporary || object.schema.as_ref().is_some_and(|schema| !schema.is("main")) {
            return self.refuse(
                here,
                RefusalKind::Unsupported,
                "only the main database's own objects can be planned, no temporary or attached ones",
                "leave this statement to the application, which opens its own connection",
            );
        }
        let existing = match kind {
            ObjectKind::Trigger => self.schema.find_trigger(object),
            _ => self.schema.find(object),
        };
        if let Some(existing) = existing.cloned() {
            return self.exists_already(here, kind, &existing);
        }
        let name = name::plain(&object.name.text);
        let word = kind.as_str();
        let (cost, undo) = match &here.statement.body {
            Body::CreateIndex(index) => {
                self.touched.push(index.table.text.clone());
                (Cost::Scan, Some(format!("DROP INDEX {name}")))
            }
            Body::CreateTable(create) if create.query.is_some() => {
                self.certain = false;
                (Cost::Rewrite, Some(format!("DROP TABLE {name}")))
            }
            _ => (Cost::Metadata, Some(format!("DROP {} {name}", word.to_ascii_uppercase()))),
        };
        if matches!(here.statement.body, Body::CreateVirtualTable(_)) {
            // The module makes tables of its own, which only it can foretell.
            self.certain = false;
        }
        self.run(here, &format!("{word} `{}` is not there yet", object.name.text), cost, undo)
    }

    /// The object is there: satisfied where the definitions are the same, else a conflict.
    fn exists_already(&mut self, here: &Here, kind: ObjectKind, existing: &Rc<Object>) -> Undo {
        let word = kind.as_str();
        let wanted = stored_sql(here.text, here.statement).and_then(|sql| Object::new(&existing.name, sql, false));
        let live = object_line(existing);
        if wanted.as_ref().is_some_and(|wanted| object_line(wanted) == live) {
            let why = format!("already satisfied: {word} `{}` is there, with this definition", existing.name);
            return self.skip(here, &why);
        }
        let key = (name::fold(&existing.name).into_owned(), live);
        if self.known.get_or_init(|| altered_objects(self.project)).binary_search(&key).is_ok() {
            let why = format!(
                "already satisfied: {word} `{}` is there, as a later statement of these files leaves it",
                existing.name
            );
            return self.skip(here, &why);
        }
        let message = if existing.kind == kind {
            format!("{word} `{}` is there already, with another definition", existing.name)
        } else {
            format!("the name `{}` is taken by a {}", existing.name, existing.kind.as_str())
        };
        let help = format!("the database has: {}", existing.sql);
        self.refuse(here, RefusalKind::Conflict, &message, &help)
    }

    fn alter(&mut self, here: &Here, alter: &AlterTable) -> Undo {
        let Some(table) = self.schema.find(&alter.name).cloned() else {
            if let AlterAction::RenameTable(to) = &alter.action
                && self.schema.get(&to.text).is_some()
            {
                let why = format!("already satisfied: `{}` is called `{}`", alter.name.name.text, to.text);
                return self.skip(here, &why);
            }
            return self.missing(here, &alter.name.name, ObjectKind::Table);
        };
        self.touched.push(table.name.clone());
        let shown = name::plain(&table.name);
        match &alter.action {
            AlterAction::AddColumn(column) => self.add_column(here, &table, column),
            AlterAction::DropColumn(column) => self.drop_column(here, &table, column),
            AlterAction::RenameColumn { from, to } => {
                if table.column(&from.text).is_none() && table.column(&to.text).is_some() {
                    let why = format!("already satisfied: `{}.{}` is there", table.name, to.text);
                    return self.skip(here, &why);
                }
                let undo = format!(
                    "ALTER TABLE {shown} RENAME COLUMN {} TO {}",
                    name::plain(&to.text),
                    name::plain(&from.text)
                );
                self.run(here, "renames the column wherever the schema names it", Cost::Metadata, Some(undo))
            }
            AlterAction::RenameTable(to) => {
                let undo = format!("ALTER TABLE {} RENAME TO {shown}", name::plain(&to.text));
                self.run(here, "renames the table wherever the schema names it", Cost::Metadata, Some(undo))
            }
            AlterAction::SetNotNull { column, .. } => {
                if table.column(&column.text).is_some_and(|column| column.not_null().is_some()) {
                    let why = format!("already satisfied: `{}.{}` is NOT NULL", table.name, column.text);
                    return self.skip(here, &why);
                }
                let undo = format!("ALTER TABLE {shown} ALTER COLUMN {} DROP NOT NULL", name::plain(&column.text));
                self.run(here, "reads every row to see that none has NULL", Cost::Scan, Some(undo))
            }
            AlterAction::DropNotNull(column) => {
                if table.column(&column.text).is_some_and(|column| column.not_null().is_none()) {
                    let why = format!("already satisfied: `{}.{}` may be NULL", table.name, column.text);
                    return self.skip(here, &why);
                }
                let undo = format!("ALTER TABLE {shown} ALTER COLUMN {} SET NOT NULL", name::plain(&column.text));
                self.run(here, "lets the column be NULL", Cost::Metadata, Some(undo))
            }
            AlterAction::AddConstraint(constraint) => {
                let undo = constraint.name.as_ref();
                let undo = undo.map(|name| format!("ALTER TABLE {shown} DROP CONSTRAINT {}", name::plain(&name.text)));
                self.run(here, "reads every row to see that it holds", Cost::Scan, undo)
            }
            AlterAction::DropConstraint(_) => self.run(here, "drops the constraint", Cost::Metadata, None),
        }
    }

    fn add_column(&mut self, here: &Here, table: &Rc<Object>, column: &ColumnDefinition) -> Undo {
        let (spelt, name) = (&table.name, &column.name.text);
        if let Some(existing) = table.column(name) {
            let same = column_line(existing, &table.sql) == column_line(column, here.text);
            if same {
                let why = format!("already satisfied: column `{spelt}.{name}` is there, with this definition");
                return self.skip(here, &why);
            }
            let message = format!("column `{spelt}.{name}` is there already, with another definition");
            let help = format!("the database has: {}", existing.span.of(&table.sql));
            let error = format!("duplicate column name: {name}");
            return self.refuse_with(here, RefusalKind::Conflict, &message, &help, Some(error));
        }
        let rows = self.snapshot.row_count(spelt);
        let is_new = self.live.get(spelt).is_none();
        if let Some((error, help)) = refused_column(here.text, column, self.options.foreign_keys)
            && (error.always || !(is_new || rows == Some(0)))
        {
            let message = format!("SQLite cannot add `{spelt}.{name}` like this");
            return self.refuse_with(here, RefusalKind::Unsupported, &message, help, Some(error.text.to_owned()));
        }
        let generated = column.generated().is_some();
        let checked = column.find(|kind| matches!(kind, ColumnConstraintKind::Check(_)).then_some(())).is_some();
        let scans = checked || (generated && column.not_null().is_some());
        let (why, cost) = if scans {
            ("adds the column, and reads every row to see that its constraint holds", Cost::Scan)
        } else {
            ("adds the column to the schema alone; no row is touched", Cost::Metadata)
        };
        let undo = format!("ALTER TABLE {} DROP COLUMN {}", name::plain(spelt), name::plain(name));
        self.run(here, why, cost, Some(undo))
    }

    fn drop_column(&mut self, here: &Here, table: &Rc<Object>, column: &Name) -> Undo {
        let Some(existing) = table.column(&column.text) else {
            if table.knows_columns() {
                let why = format!("already satisfied: `{}` has no column `{}`", table.name, column.text);
                return self.skip(here, &why);
            }
            let message = format!("the columns of `{}` are not known", table.name);
            return self.refuse(here, RefusalKind::Unsupported, &message, "give the database itself: --db FILE");
        };
        let (spelt, name) = (table.name.clone(), existing.name.text.clone());
        let blockers = refer::drop_column_blockers(&self.schema, table, &name);
        if let Some(blocker) = blockers.iter().find(|blocker| blocker.remedy == Remedy::Decide) {
            let message = format!("`{spelt}.{name}` cannot be dropped because of {}", blocker.what);
            let help = if blocker.silent {
                "SQLite would drop it all the same, and the trigger would fail at its next run; drop or change it first"
            } else {
                "drop or change that first, in a statement before this one"
            };
            return self.refuse_with(here, RefusalKind::Unsupported, &message, help, Some(blocker.error.clone()));
        }
        let generated = existing.generated();
        if generated.is_none() {
            let count = format!("SELECT count({}) FROM {}", name::quote(&name), name::quote(&spelt));
            let message = format!("every value of `{spelt}.{name}` will be lost");
            self.hazard(here, &format!("drop-column:{spelt}.{name}"), &message, count);
        }
        let native = self.options.engine >= version::DROP_COLUMN.since && blockers.is_empty();
        let is_virtual = generated.is_some_and(|(_, stored)| !stored);
        if native {
            let cost = if is_virtual { Cost::Metadata } else { Cost::Rewrite };
            let undo = is_virtual.then(|| reverse::add_column(&spelt, existing, &table.sql));
            return self.run(here, "SQLite's own DROP COLUMN, which rewrites the table in place", cost, undo);
        }
        let why = if blockers.is_empty() {
            format!("SQLite {} has no safe DROP COLUMN (3.35.5 has), so the table is rebuilt", self.options.engine)
        } else {
            let things: Vec<&str> = blockers.iter().map(|blocker| blocker.what.as_str()).collect();
            format!("SQLite refuses DROP COLUMN because of {}, so the table is rebuilt without it", things.join(", "))
        };
        self.rebuild(here, table, &name, &blockers, &why)
    }

    fn rebuild(
        &mut self,
        here: &Here,
        table: &Rc<Object>,
        column: &str,
        blockers: &[refer::Blocker],
        why: &str,
    ) -> Undo {
        if self.options.foreign_keys == ForeignKeys::On && is_parent(&self.schema, &table.name) {
            let message = format!("`{}` must be rebuilt, and other tables' foreign keys point to it", table.name);
            let help = "plan with --foreign-keys off: a rebuild drops the old table, which would delete their rows";
            return self.refuse(here, RefusalKind::Unsupported, &message, help);
        }
        match rebuild::without_column(&self.schema, self.snapshot, table, column, blockers) {
            Ok(rebuilt) => {
                self.schema = rebuilt.after;
                self.steps.push(Step {
                    source: Some(here.place.clone()),
                    ..step(StepKind::Skip, Some(here.sql()), &format!("done by the steps that follow: {why}"))
                });
                let source = Some(here.place.clone());
                self.steps.extend(rebuilt.steps.into_iter().map(|step| Step { source: source.clone(), ..step }));
                Undo::BackupOnly
            }
            Err(message) => self.refuse(here, RefusalKind::Unsupported, &message, "change the table by hand, in steps"),
        }
    }

    fn drop(&mut self, here: &Here, drop: &Drop) -> Undo {
        let word = drop.kind.as_str();
        let found = match drop.kind {
            ObjectKind::Trigger => self.schema.find_trigger(&drop.name).cloned(),
            _ => self.schema.find(&drop.name).cloned(),
        };
        let Some(object) = found else {
            let why = format!("already satisfied: there is no {word} `{}`", drop.name.name.text);
            return self.skip(here, &why);
        };
        if object.kind == ObjectKind::Table && drop.kind == ObjectKind::Table {
            let made_here = self.live.get(&object.name).is_none();
            if !made_here {
                let count = format!("SELECT count(*) FROM {}", name::quote(&object.name));
                let message = format!("every row of `{}` will be lost", object.name);
                self.hazard(here, &format!("drop-table:{}", object.name), &message, count);
            }
            return self.run(here, "drops the table with its rows, indexes and triggers", Cost::Scan, None);
        }
        let undo = reverse::create(&self.schema, &object);
        self.run(here, &format!("drops the {word}"), Cost::Metadata, undo)
    }

    fn data(&mut self, here: &Here, data: &Data) -> Undo {
        self.touched.push(data.table.name.text.clone());
        if data.kind == DataKind::Delete && self.live.find(&data.table).is_some() {
            let table = &data.table.name.text;
            let count = format!("SELECT count(*) FROM {}", name::quote(table));
            let which = if data.filter.is_some() { "rows" } else { "all rows" };
            self.hazard(here, &format!("delete-rows:{table}"), &format!("{which} of `{table}` will be deleted"), count);
        }
        self.run(here, "changes rows; the ledger keeps it from running twice", Cost::Rewrite, None)
    }

    fn pragma(&mut self, here: &Here, pragma: &Pragma) -> Undo {
        let name = pragma.name.name.text.to_ascii_lowercase();
        let Some(value) = pragma.value else { return self.skip(here, "a question that changes nothing") };
        match &*name {
            "foreign_keys" => {
                let stated = self.options.foreign_keys.as_str();
                let why = format!("taken over: foreign keys are {stated} during the plan, as --foreign-keys says");
                self.skip(here, &why)
            }
            "foreign_key_check" | "integrity_check" | "quick_check" => {
                self.skip(here, "taken over: the plan makes its own checks before it commits")
            }
            "user_version" | "application_id" => {
                let undo = self.snapshot.pragmas.get(&name).map(|old| format!("PRAGMA {name} = {old}"));
                self.run(here, "sets a number in the file's header", Cost::Metadata, undo)
            }
            "defer_foreign_keys" => self.skip(here, "taken over: the plan checks foreign keys before it commits"),
            "legacy_alter_table" | "synchronous" | "busy_timeout" | "cache_size" | "temp_store"
            | "recursive_triggers" => {
                self.skip(here, "taken over: it would hold for this connection alone, which the plan sets up itself")
            }
            _ if pragma.called && !name.starts_with("journal") && !name.starts_with("wal") && name != "optimize" => {
                self.skip(here, "a question that changes nothing")
            }
            _ => {
                let message = format!("PRAGMA {name} = {} is a setting that no plan makes", value.of(here.text));
                let help = "leave it out of the migration; make the setting once, by hand or where the application opens \
                            the database";
                self.refuse(here, RefusalKind::Unsupported, &message, help)
            }
        }
    }

    fn other(&mut self, here: &Here, other: Other) -> Undo {
        match other {
            Other::Explain => self.skip(here, "a question that changes nothing"),
            Other::Analyze => {
                self.run(here, "collects statistics for the query planner", Cost::Scan, Some(String::new()))
            }
            Other::Reindex => self.run(here, "builds indexes anew", Cost::Rewrite, Some(String::new())),
            Other::Vacuum | Other::VacuumInto => self.refuse_with(
                here,
                RefusalKind::Unsupported,
                "VACUUM cannot run inside the plan's transaction",
                "run it by itself, after the plan",
                Some("cannot VACUUM from within a transaction".to_owned()),
            ),
            Other::Attach | Other::Detach => self.refuse(
                here,
                RefusalKind::Unsupported,
                "a plan changes one database, and an attached one would not be covered by its backup",
                "give each database its own migrations",
            ),
        }
    }

    fn opaque(&mut self, here: &Here, opaque: &Opaque) -> Undo {
        // What such a clause asks for is what the planner does anyway.
        let clause = match &opaque.problem {
            Problem::Unsupported(clause) => *clause,
            problem => {
                let message = format!("this could not be read: {}", problem.words());
                return self.refuse(here, RefusalKind::Unreadable, &message, "`remold lint` says more");
            }
        };
        let help = match clause {
            UnsupportedClause::AlterTableIfExists => "leave IF EXISTS out; the plan looks before it acts",
            UnsupportedClause::AddColumnIfNotExists | UnsupportedClause::AddConstraintIfNotExists => {
                "leave IF NOT EXISTS out; the plan looks before it adds"
            }
            UnsupportedClause::DropColumnIfExists
            | UnsupportedClause::RenameColumnIfExists
            | UnsupportedClause::DropConstraintIfExists => "leave IF EXISTS out; the plan looks before it drops",
        };
        let error = "near \"EXISTS\": syntax error".to_string();
        self.refuse_with(here, RefusalKind::Unsupported, "no version of SQLite has this clause", help, Some(error))
    }

    /// The table that the statement needs is not there.
    fn missing(&mut self, here: &Here, table: &Name, kind: ObjectKind) -> Undo {
        let near = self.schema.names_near(&table.text, &[ObjectKind::Table, ObjectKind::View]);
        let nearest = name::nearest(&table.text, near).map(ToOwned::to_owned);
        let word = kind.as_str();
        let message = format!("the database has no {word} `{}`", table.text);
        let help = nearest.map_or_else(
            || "is this the right database? a migration that creates the table may have to run first".to_owned(),
            |nearest| format!("it has `{nearest}`; is this the right name, and the right database?"),
        );
        let error = format!("no such {word}: {}", table.text);
        self.refuse_with(here, RefusalKind::Conflict, &message, &help, Some(error))
    }
}

/// The stored text of the table that the statement alters, in the schema after it.
fn altered(body: &Body, after: &Schema) -> Option<String> {
    let Body::AlterTable(alter) = body else { return None };
    let object = match &alter.action {
        AlterAction::RenameTable(to) => after.get(&to.text),
        _ => after.find(&alter.name),
    };
    object.map(|object| object.sql.clone())
}

/// Every definition that an `ALTER` gives an object in the course of the files, so that a `CREATE`
/// whose object was altered since counts as satisfied. Sorted.
fn altered_objects(project: &Project) -> Vec<(String, String)> {
    let mut schema = Schema::new(Knowledge::Partial);
    let mut known = Vec::new();
    for migration in project.migrations() {
        let text = &migration.up.text;
        for statement in Source::of(migration.up).statements() {
            schema = replay(&schema, text, &statement).after;
            let Body::AlterTable(alter) = &statement.body else { continue };
            if let Some(object) = schema.find(&alter.name) {
                known.push((name::fold(&object.name).into_owned(), object_line(object)));
            }
        }
    }
    known.sort();
    known
}

/// What SQLite says of a column that it does not add.
struct ColumnError {
    text: &'static str,
    /// Whether it says so even when the table has no rows.
    always: bool,
}

/// Why SQLite does not add the column to a table with rows, and what to do instead.
fn refused_column(
    text: &str,
    column: &ColumnDefinition,
    foreign_keys: ForeignKeys,
) -> Option<(ColumnError, &'static str)> {
    let says = |text, always| ColumnError { text, always };
    if column.primary_key().is_some() {
        let help = "add a plain column, then CREATE UNIQUE INDEX";
        return Some((says("Cannot add a PRIMARY KEY column", true), help));
    }
    if column.unique().is_some() {
        return Some((says("Cannot add a UNIQUE column", true), "add a plain column, then CREATE UNIQUE INDEX"));
    }
    if let Some((_, stored)) = column.generated() {
        return stored.then_some((says("cannot add a STORED column", false), "make it VIRTUAL"));
    }
    let default = column.default();
    let is_null = default.is_none_or(|value| value.of(text).trim_matches(['(', ')', ' ']).eq_ignore_ascii_case("null"));
    if column.not_null().is_some() && is_null {
        let error = says("Cannot add a NOT NULL column with default value NULL", false);
        return Some((error, "give it a DEFAULT that is not NULL, or leave NOT NULL out"));
    }
    if default.is_some_and(|value| !is_constant(text, value)) {
        let error = says("Cannot add a column with non-constant default", false);
        return Some((error, "give it a constant DEFAULT, and UPDATE the rows afterwards"));
    }
    if column.references().is_some() && !is_null && foreign_keys == ForeignKeys::On {
        let error = says("Cannot add a REFERENCES column with non-NULL default value", false);
        return Some((error, "leave the DEFAULT out, and UPDATE the rows afterwards"));
    }
    None
}

fn is_parent(schema: &Schema, table: &str) -> bool {
    schema.mentioning(table).into_iter().any(|object| {
        object.as_table().is_some_and(|create| refer::foreign_keys(create).any(|(_, key)| key.table.is(table)))
    })
}

fn message_of(kind: &ProblemKind) -> String {
    match kind {
        ProblemKind::Exists { name, what } => format!("{what} `{name}` is there already"),
        ProblemKind::Missing { name, what, nearest } => match nearest {
            Some(nearest) => format!("there is no {what} `{name}`; the nearest name is `{nearest}`"),
            None => format!("there is no {what} `{name}`"),
        },
        ProblemKind::WrongKind { name, found, needed } => {
            format!("`{name}` is a {}, and a {} is needed", found.as_str(), needed.as_str())
        }
        ProblemKind::Reserved { name } => format!("the name `{name}` is reserved for SQLite itself"),
        ProblemKind::Blocked => "SQLite refuses this in the schema as it is".to_owned(),
    }
}

const fn help_of(kind: &ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Exists { .. } => "is this the right database, and has the file run before?",
        ProblemKind::Missing { .. } => "is this the right database? what makes it may have to run first",
        ProblemKind::WrongKind { .. } => "name the right object, or use the statement for its kind",
        ProblemKind::Reserved { .. } => "choose another name",
        ProblemKind::Blocked => "mend or drop what SQLite names, and plan again",
    }
}
