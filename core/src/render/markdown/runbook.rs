//! What a change does to the schema, what that costs, how to see that it worked, and how to take it back.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::sql::Sql;
use super::words::{Secrets, code, fence, one_line, safe_code};
use super::{Look, difference};
use crate::change::Change;
use crate::parse;
use crate::parse::statement::{AlterAction, Body, DataKind, ObjectKind, Statement};
use crate::plan::{Cost, FileOutcome, Refusal, RefusalKind, Step, StepKind};
use crate::render::place::Places;
use crate::render::{Linted, counted};
use crate::schema::fingerprint::{column_line, counts, is_same, table_lines};
use crate::schema::pragma::table_xinfo;
use crate::schema::rows::about;
use crate::schema::{Knowledge, Object, refer};
use crate::sqlite::name::{self, literal, quote};
use crate::text::visible::is_obeyed;

/// How many names a sentence has at most.
const NAMED: usize = 4;
/// How many objects are asked about at most.
const ASKED: usize = 20;

/// A change as it is told.
pub(super) struct Runbook<'run> {
    linted: &'run Linted<'run>,
    change: &'run Change,
    look: &'run Look<'run>,
    sql: Sql,
    statements: Vec<Planned<'run>>,
    objects: Vec<Changed<'run>>,
    renamed: Renamed,
}

/// A statement of the files, with all steps that it comes to.
struct Planned<'run> {
    path: &'run str,
    line: u32,
    text: &'run str,
    kind: StepKind,
    cost: Cost,
    why: &'run str,
    statement: Option<Statement>,
}

/// An object that is not as it was.
pub(super) struct Changed<'run> {
    pub(super) before: Option<&'run Object>,
    pub(super) after: Option<&'run Object>,
}

/// What the statements call otherwise, in the form in which names are compared: from the new name to the old one.
#[derive(Default)]
struct Renamed {
    tables: BTreeMap<String, String>,
    /// Below the table's name as it is afterwards.
    columns: BTreeMap<String, BTreeMap<String, String>>,
}

impl<'run> Runbook<'run> {
    /// Nothing where no change is known.
    pub(super) fn of(linted: &'run Linted<'run>, look: &'run Look<'run>) -> Option<Self> {
        let change = linted.change?;
        let statements = statements(change);
        let renamed = renamed(&statements);
        let objects = objects(change, &renamed);
        Some(Self {
            linted,
            change,
            look,
            sql: Sql::of([change.before.clone(), change.after.clone()], look.literals),
            statements,
            objects,
            renamed,
        })
    }

    // The first line.

    /// What is lost, how long writers wait and which versions break, each in a clause.
    pub(super) fn answers(&self) -> Vec<String> {
        let mut answers = Vec::from([self.loses()]);
        if let Some(refusal) = self.unplanned() {
            answers.push(format!("the plan is refused: {}", self.secrets().inline(refusal)));
        } else {
            answers.push(self.waits());
        }
        answers.push(self.versions());
        answers.extend(self.release());
        answers
    }

    fn loses(&self) -> String {
        let plan = &self.change.plan;
        let lost = plan.hazards.iter().filter(|hazard| !self.is_kept(&hazard.id));
        let lost = lost.map(|hazard| {
            let consent = if hazard.allowed { " (consented to in the file)" } else { "" };
            self.secrets().inline(&hazard.message) + consent
        });
        let cascades = self
            .linted
            .report
            .lost
            .iter()
            .map(|table| format!("rows of {} are deleted or cut off with their parents", self.table(table)));
        let lost: Vec<String> = lost.chain(cascades).collect();
        if lost.is_empty() { "nothing is lost".to_owned() } else { some(&lost) }
    }

    fn waits(&self) -> String {
        let mut costs: BTreeMap<String, (String, Cost)> = BTreeMap::new();
        for planned in self.acting().filter(|planned| planned.cost > Cost::Metadata) {
            // Nobody waits for a table that is new or has no rows.
            let has_rows = |table: &String| {
                self.change.before.get(table).is_some() && self.linted.settings.rows.of(table) != Some(0)
            };
            let Some(table) = planned.table().filter(has_rows) else { continue };
            let known = costs.entry(name::fold(&table).into_owned()).or_insert((table, planned.cost));
            known.1 = known.1.max(planned.cost);
        }
        let waits: Vec<String> = costs
            .into_values()
            .map(|(table, cost)| {
                let how = if cost == Cost::Rewrite { "written" } else { "read" };
                format!("{} is {how}", self.table(&table))
            })
            .collect();
        match self.acting().next() {
            _ if !waits.is_empty() => format!("writers wait while {}", some(&waits)),
            Some(_) => "writers wait only while the schema changes".to_owned(),
            None => "no writer waits".to_owned(),
        }
    }

    fn versions(&self) -> String {
        let settings = self.linted.settings;
        let features = self.statements.iter().filter_map(|planned| planned.statement.as_ref());
        let since = features.flat_map(|statement| statement.features.iter().map(|(feature, _)| feature.since)).max();
        let is_about = |rule: &str| rule.starts_with("version-");
        let broken =
            self.linted.report.findings.iter().filter(|finding| finding.level > crate::diagnostics::Level::Note);
        let mut broken = broken.filter(|finding| is_about(finding.rule));
        match (broken.next(), since.filter(|since| *since > settings.versions.oldest.min(settings.engine))) {
            (Some(_), Some(since)) => format!("SQLite before {since} breaks"),
            (Some(finding), None) => format!("SQLite {} breaks ({})", settings.versions.oldest, code(finding.rule)),
            (None, _) => format!("no version of SQLite in {} breaks", settings.versions),
        }
    }

    /// What a release of the application misses that knows the schema before.
    fn release(&self) -> Option<String> {
        let mut gone = Vec::new();
        for changed in &self.objects {
            match (changed.before, changed.after) {
                (Some(before), None) if matches!(before.kind, ObjectKind::Table | ObjectKind::View) => {
                    gone.push(safe_code(&before.name));
                }
                (Some(before), Some(after)) if before.kind == ObjectKind::Table => {
                    if !name::same(&before.name, &after.name) {
                        gone.push(safe_code(&before.name));
                    }
                    let columns = before.columns().iter().filter(|column| after.column(&column.name.text).is_none());
                    gone.extend(columns.map(|column| safe_code(&format!("{}.{}", before.name, column.name.text))));
                }
                _ => {}
            }
        }
        (!gone.is_empty()).then(|| format!("a release that uses {} breaks", some(&gone)))
    }

    /// Why there is no plan, where more than a consent is missing.
    fn unplanned(&self) -> Option<&str> {
        let mut refusals = self.change.plan.refusals.iter().filter(|refusal| refusal.kind != RefusalKind::Consent);
        refusals.next().map(|refusal| &*refusal.message)
    }

    // The sections.

    /// The change, in one line each.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.objects.iter().flat_map(|changed| self.changed(changed)).collect();
        let mut told = BTreeSet::new();
        for planned in self.acting() {
            if let Some(Body::Data(data)) = planned.statement.as_ref().map(|statement| &statement.body) {
                let verb = match data.kind {
                    DataKind::Insert => "inserts rows into",
                    DataKind::Replace => "inserts or replaces rows of",
                    DataKind::Update => "updates rows of",
                    DataKind::Delete => "deletes rows of",
                };
                let table = &data.table.name.text;
                // A rebuild fills a table that is another's afterwards.
                let is_copy = self.change.before.get(table).is_none() && self.change.after.get(table).is_none();
                if !is_copy && told.insert((verb, name::fold(table).into_owned())) {
                    lines.push(format!("{verb} {}", self.table(table)));
                }
            }
        }
        lines.extend(self.change.edited.iter().map(|path| {
            let shown = safe_code(&self.linted.project.shown_path(path));
            format!("edits {shown}, which was released before: a database that has run it does not run it again")
        }));
        lines
    }

    fn changed(&self, changed: &Changed) -> Vec<String> {
        let title = |object: &Object| {
            let on = object.owner.as_ref().map_or_else(String::new, |owner| format!(" on {}", safe_code(owner)));
            format!("{} {}{on}", object.kind.as_str(), safe_code(&object.name))
        };
        match (changed.before, changed.after) {
            (None, Some(after)) if after.kind == ObjectKind::Table && !after.columns().is_empty() => {
                Vec::from([format!("adds {} with {}", title(after), counted(after.columns().len(), "column"))])
            }
            (None, Some(after)) => Vec::from([format!("adds {}", title(after))]),
            (Some(before), None) => Vec::from([format!("drops {}", title(before))]),
            (Some(before), Some(after)) => {
                let mut lines = Vec::new();
                if !name::same(&before.name, &after.name) {
                    lines.push(format!("renames {} to {}", title(before), safe_code(&after.name)));
                }
                let parts = self.columns(before, after);
                if parts.is_empty() && lines.is_empty() {
                    let what = if before.as_table().is_some() { "the constraints or options of " } else { "" };
                    lines.push(format!("changes {what}{}", title(after)));
                }
                lines.extend(parts);
                lines
            }
            (None, None) => Vec::new(),
        }
    }

    fn columns(&self, before: &Object, after: &Object) -> Vec<String> {
        let shown = |object: &Object, column: &str| safe_code(&format!("{}.{column}", object.name));
        let old_name = |column: &str| self.renamed.column(&after.name, column);
        let mut lines = Vec::new();
        let mut kept = BTreeSet::new();
        for column in after.columns() {
            let new = &column.name.text;
            let old = old_name(new).filter(|old| before.column(old).is_some() && before.column(new).is_none());
            match before.column(old.unwrap_or(new)) {
                None => lines.push(format!("adds column {}", shown(after, new))),
                Some(known) => {
                    kept.insert(name::fold(&known.name.text).into_owned());
                    if let Some(old) = old {
                        lines.push(format!("renames column {} to {}", shown(before, old), safe_code(new)));
                    } else if column_line(known, &before.sql) != column_line(column, &after.sql) {
                        lines.push(format!("changes column {}", shown(after, new)));
                    }
                }
            }
        }
        let gone = before.columns().iter().filter(|column| !kept.contains(&*name::fold(&column.name.text)));
        lines.extend(gone.map(|column| format!("drops column {}", shown(before, &column.name.text))));
        let constraints = |object: &Object| object.as_table().map(|table| table_lines(table, &object.sql));
        if !lines.is_empty()
            && let (Some(old), Some(new)) = (constraints(before), constraints(after))
            && old.options != new.options
        {
            lines.push(format!("changes the options of table {}", safe_code(&after.name)));
        }
        lines
    }

    /// How many there are of what is in the way and of statements.
    pub(super) fn items(&self) -> usize {
        self.change.plan.refusals.len() + self.statements.len()
    }

    /// What is in the way, then each statement with its cost and all that it can reach, one after the other, for
    /// there may be more than anybody has room for.
    pub(super) fn plan(&self, places: &Places<'_>) -> impl Iterator<Item = String> {
        let files: BTreeSet<&str> = self.statements.iter().map(|planned| planned.path).collect();
        let statements = self.statements.iter().enumerate().map(move |(at, planned)| {
            let address = self.look.address(places, planned.path, Some(planned.line));
            let shown = safe_code(&cut(&self.sql.line(planned.text)));
            let (number, line) = (at + 1, planned.line);
            let place = match files.len() {
                1 => format!("line {line}"),
                _ => safe_code(&format!("{}:{line}", planned.path)),
            };
            format!("{number}. {shown} ([{place}]({address}))\n   - {}\n", self.cost(planned))
        });
        self.change.plan.refusals.iter().enumerate().map(|(at, refusal)| self.refused(at, refusal)).chain(statements)
    }

    fn cost(&self, planned: &Planned) -> String {
        let why = self.secrets().ours(planned.why);
        let cost = match (planned.kind, planned.cost) {
            (StepKind::Skip, _) => return format!("not run: {why}"),
            (_, Cost::None) => "costs nothing",
            (_, Cost::Metadata) => "changes the schema alone",
            (_, Cost::Scan) => "reads rows",
            (_, Cost::Rewrite) => "writes rows",
        };
        let rebuilt = if planned.kind == StepKind::Rebuild { "`remold apply` rebuilds the table; " } else { "" };
        let reach = self.reach(planned).map_or_else(String::new, |reach| format!("; reaches {reach}"));
        format!("{rebuilt}{cost}: {why}{reach}")
    }

    /// The table with its rows, and what stands on it.
    fn reach(&self, planned: &Planned) -> Option<String> {
        let table = planned.table()?;
        let known = self.change.before.get(&table)?;
        let beside: Vec<String> = self
            .change
            .before
            .mentioning(&table)
            .into_iter()
            .filter_map(|object| {
                let is_child = || {
                    object.as_table().is_some_and(|child| {
                        !name::same(&object.name, &known.name)
                            && refer::foreign_keys(child).any(|(_, key)| name::same(&key.table.text, &table))
                    })
                };
                match object.kind {
                    ObjectKind::Table if is_child() => Some(format!("child table {}", self.table(&object.name))),
                    ObjectKind::Table => None,
                    kind => Some(format!("{} {}", kind.as_str(), safe_code(&object.name))),
                }
            })
            .collect();
        let beside = if beside.is_empty() { String::new() } else { format!(", with {}", some(&beside)) };
        Some(format!("{}{beside}", self.table(&known.name)))
    }

    fn refused(&self, at: usize, refusal: &Refusal) -> String {
        let all = &self.change.plan.refusals;
        let (message, help) = (self.secrets().inline(&refusal.message), self.sql.help(&refusal.help));
        let error = refusal.sqlite_error.as_ref();
        let error =
            error.map_or_else(String::new, |error| format!("  - SQLite says: {}\n", self.secrets().error(error)));
        let word = if refusal.kind == RefusalKind::Consent { "needs consent" } else { "refused" };
        let mut item = format!("- **{word}**: {message}\n{error}  - {help}\n");
        if at + 1 == all.len() {
            let misses = all.iter().any(|refusal| refusal.kind == RefusalKind::Conflict);
            if misses && !self.knows_all() {
                item.push_str("- where the schema began elsewhere, name it: `--schema FILE`\n");
            }
            item.push('\n');
        }
        item
    }

    /// The schema before and after, as far as it differs.
    pub(super) fn difference(&self) -> Vec<String> {
        self.objects.iter().flat_map(|changed| difference::lines(changed, &self.sql)).collect()
    }

    /// Queries, each with what it answers when the change is there.
    pub(super) fn verify(&self) -> Vec<String> {
        let objects = self.objects.iter().filter(|changed| is_askable(changed));
        let mut lines: Vec<String> = objects.take(ASKED).flat_map(questions).collect();
        lines.push("PRAGMA foreign_key_check; -- the answer is the same as before".to_owned());
        lines.push("PRAGMA integrity_check;".to_owned());
        lines.push("-- ok".to_owned());
        lines
    }

    /// How each file is taken back, the last one first.
    pub(super) fn roll_back(&self, places: &mut Places<'_>) -> Vec<String> {
        let mut out = Vec::new();
        let migrations = self.linted.project.migrations();
        let downs = migrations.iter().filter_map(|migration| Some((&*migration.up.path, migration.down?)));
        let downs: BTreeMap<&str, &str> = downs.map(|(up, down)| (up, &*down.path)).collect();
        for file in self.change.plan.files.iter().rev() {
            if !matches!(file.outcome, FileOutcome::Pending | FileOutcome::Refused) {
                continue;
            }
            let shown = safe_code(&self.linted.project.shown_path(&file.path));
            let down = downs.get(&*file.path);
            match (down, file.reverse.as_deref()) {
                (Some(down), _) if *down == file.path => out.push(format!("- {shown}: its own down half\n")),
                (Some(down), _) => {
                    let address = self.look.address(places, down, None);
                    let down = safe_code(&self.linted.project.shown_path(down));
                    out.push(format!("- {shown}: its down file [{down}]({address})\n"));
                }
                (None, Some(reverse)) if !reverse.trim().is_empty() => {
                    let lines: Vec<String> = parse::statements(reverse)
                        .iter()
                        .map(|statement| self.sql.line(statement.span.of(reverse)) + ";")
                        .collect();
                    out.push(format!(
                        "- {shown}: by the reverse of its statements\n\n{}",
                        indented(&fence("sql", &lines.join("\n")))
                    ));
                }
                (None, Some(_)) => {}
                (None, None) => {
                    let by = if self.is_by_remold() { "so this restores the backup" } else { "only a backup does" };
                    out.push(format!("- {shown}: no SQL brings back what was there, {by}\n"));
                }
            }
        }
        let added = self.added();
        if !added.is_empty() {
            out.push(format!("- what was written to {} by then goes with it\n", some(&added)));
        }
        out
    }

    /// What holds values that were not there.
    fn added(&self) -> Vec<String> {
        let mut added = Vec::new();
        for changed in &self.objects {
            match (changed.before, changed.after) {
                (None, Some(after)) if after.kind == ObjectKind::Table => added.push(safe_code(&after.name)),
                (Some(before), Some(after)) => {
                    let renamed = |column: &str| self.renamed.column(&after.name, column).is_some();
                    let new = after.columns().iter().map(|column| &column.name.text);
                    let new = new.filter(|column| before.column(column).is_none() && !renamed(column));
                    added.extend(new.map(|column| safe_code(&format!("{}.{column}", after.name))));
                }
                _ => {}
            }
        }
        added
    }

    /// Whether `remold apply` is whom the migrations are left to.
    pub(super) fn is_by_remold(&self) -> bool {
        let runner = &self.linted.settings.runner;
        runner.is_remold() || runner.name == "by hand"
    }

    /// Whether there is anything to carry out.
    pub(super) fn acts(&self) -> bool {
        self.acting().next().is_some()
    }

    /// Whether all that stands in the way is a consent.
    pub(super) fn is_planned(&self) -> bool {
        self.unplanned().is_none()
    }

    /// Whether something is lost to which nobody has consented, or that no consent is asked for.
    pub(super) fn loses_unasked(&self) -> bool {
        self.change.plan.hazards.iter().any(|hazard| !hazard.allowed && !self.is_kept(&hazard.id))
            || !self.linted.report.lost.is_empty()
    }

    /// Whether the migrations meet a schema of which all is known.
    pub(super) fn knows_all(&self) -> bool {
        self.change.knowledge == Knowledge::Complete
    }

    /// Whether nothing is lost after all: what goes is new, or a rebuild has copied it, and then lint tells what the
    /// copy lacks.
    fn is_kept(&self, hazard: &str) -> bool {
        let (what, name) = hazard.split_once(':').unwrap_or(("", hazard));
        let table = if what == "drop-column" { name.rsplit_once('.').map_or(name, |(table, _)| table) } else { name };
        let is_rebuilt = what == "drop-table" && self.change.after.get(name).is_some();
        is_rebuilt || self.change.before.get(table).is_none()
    }

    fn acting(&self) -> impl Iterator<Item = &Planned<'run>> {
        self.statements.iter().filter(|planned| matches!(planned.kind, StepKind::Run | StepKind::Rebuild))
    }

    fn secrets(&self) -> Secrets {
        Secrets::of(self.look.literals)
    }

    /// The table with how many rows it has, where that is known.
    fn table(&self, table: &str) -> String {
        let rows = self.linted.settings.rows.of(table).map_or_else(|| "rows unknown".to_owned(), about);
        let is_new = self.change.before.get(table).is_none();
        if is_new { safe_code(table) } else { format!("{} ({rows})", safe_code(table)) }
    }
}

impl Renamed {
    /// What the column was called before.
    fn column(&self, table: &str, column: &str) -> Option<&String> {
        self.columns.get(&*name::fold(table))?.get(&*name::fold(column))
    }
}

impl Planned<'_> {
    /// The table whose rows or definition it concerns.
    fn table(&self) -> Option<String> {
        Some(match &self.statement.as_ref()?.body {
            Body::AlterTable(alter) => alter.name.name.text.clone(),
            Body::CreateIndex(index) => index.table.text.clone(),
            Body::CreateTrigger(trigger) => trigger.table.text.clone(),
            Body::Data(data) => data.table.name.text.clone(),
            Body::Drop(drop) if drop.kind == ObjectKind::Table => drop.name.name.text.clone(),
            _ => return None,
        })
    }
}

/// The statements of the plan's files, each with what is planned for it.
fn statements(change: &Change) -> Vec<Planned<'_>> {
    let texts: BTreeMap<&str, &str> = change.plan.files.iter().map(|file| (&*file.path, &*file.text)).collect();
    let mut planned: Vec<Planned<'_>> = Vec::new();
    let mut last = None;
    for step in &change.plan.steps {
        let Step { source: Some(place), .. } = step else { continue };
        let Some(text) = texts.get(&*place.path).and_then(|text| text.get(place.start as usize..place.end as usize))
        else {
            continue;
        };
        if last == Some(place)
            && let Some(known) = planned.last_mut()
        {
            known.cost = known.cost.max(step.cost);
            known.kind = if step.kind == StepKind::Skip { known.kind } else { step.kind };
            continue;
        }
        last = Some(place);
        let statement = parse::one(text);
        planned.push(Planned {
            path: &place.path,
            line: place.line,
            text,
            kind: step.kind,
            cost: step.cost,
            why: &step.why,
            statement,
        });
    }
    planned
}

fn renamed(statements: &[Planned]) -> Renamed {
    let mut renamed = Renamed::default();
    for planned in statements.iter().filter(|planned| planned.kind != StepKind::Skip) {
        let Some(Body::AlterTable(alter)) = planned.statement.as_ref().map(|statement| &statement.body) else {
            continue;
        };
        let table = name::fold(&alter.name.name.text).into_owned();
        match &alter.action {
            AlterAction::RenameTable(to) => {
                let to = name::fold(&to.text).into_owned();
                let first = renamed.tables.remove(&table).unwrap_or_else(|| table.clone());
                if let Some(columns) = renamed.columns.remove(&table) {
                    renamed.columns.insert(to.clone(), columns);
                }
                renamed.tables.insert(to, first);
            }
            AlterAction::RenameColumn { from, to } => {
                let columns = renamed.columns.entry(table).or_default();
                let first = columns.remove(&*name::fold(&from.text)).unwrap_or_else(|| from.text.clone());
                columns.insert(name::fold(&to.text).into_owned(), first);
            }
            _ => {}
        }
    }
    renamed
}

/// The objects that are not as they were: what was there first, in its order, then what is new.
fn objects<'run>(change: &'run Change, renamed: &Renamed) -> Vec<Changed<'run>> {
    let key = |object: &Object| (object.kind == ObjectKind::Trigger, name::fold(&object.name).into_owned());
    let (before, after) = (change.before.objects(), change.after.objects());
    let wanted = |object: &&Rc<Object>| counts(object);
    let mut new: BTreeMap<(bool, String), &Object> =
        after.iter().filter(|object| counts(object)).map(|object| (key(object), &***object)).collect();
    let old_names: BTreeSet<(bool, String)> = before.iter().map(|object| key(object)).collect();
    let moved: BTreeMap<&String, &String> = renamed.tables.iter().map(|(new, old)| (old, new)).collect();
    let mut changed = Vec::new();
    for object in before.into_iter().filter(wanted) {
        let own = key(object);
        let moved = moved
            .get(&own.1)
            .map(|new| (false, (*new).clone()))
            .filter(|moved| !own.0 && !new.contains_key(&own) && !old_names.contains(moved));
        let after = new.remove(&moved.unwrap_or(own));
        if !after.is_some_and(|after| is_as_it_was(object, after)) {
            changed.push(Changed { before: Some(object), after });
        }
    }
    let is_new = |object: &&&Rc<Object>| new.contains_key(&key(object));
    changed.extend(after.iter().filter(is_new).map(|object| Changed { before: None, after: Some(object) }));
    changed
}

fn is_as_it_was(before: &Object, after: &Object) -> bool {
    before.sql == after.sql || (name::same(&before.name, &after.name) && is_same(before, after))
}

/// Names without what a line could end with.
fn is_askable(changed: &Changed) -> bool {
    let is_plain = |object: &Object| {
        let columns = object.columns().iter().map(|column| &column.name.text);
        columns.chain([&object.name]).all(|name| !name.contains(is_obeyed))
    };
    [changed.before, changed.after].into_iter().flatten().all(is_plain)
}

fn questions(changed: &Changed) -> Vec<String> {
    let count = |object: &Object, answer: u8| {
        let (kind, name) = (object.kind.as_str(), literal(&object.name));
        Vec::from([
            format!("SELECT count(*) FROM sqlite_master WHERE type = '{kind}' AND name = {name};"),
            format!("-- {answer}"),
        ])
    };
    let Some(after) = changed.after else {
        return changed.before.map(|before| count(before, 0)).unwrap_or_default();
    };
    let rows = if after.as_table().is_some() { table_xinfo(after) } else { Vec::new() };
    if rows.is_empty() {
        return count(after, 1);
    }
    let before = changed.before.map(table_xinfo).unwrap_or_default();
    let mut lines = changed
        .before
        .filter(|before| !name::same(&before.name, &after.name))
        .map(|before| count(before, 0))
        .unwrap_or_default();
    let columns = "SELECT name, type, \"notnull\", pk FROM";
    lines.push(format!("{columns} pragma_table_xinfo({}) ORDER BY cid;", literal(&after.name)));
    for row in rows {
        let not_null = u8::from(row.not_null);
        let is_new = if before.contains(&row) || before.is_empty() { "" } else { "  <- new or changed" };
        lines.push(format!("-- {}|{}|{not_null}|{}{is_new}", row.name, row.declared_type, row.primary_key));
    }
    let gone = before.iter().filter(|old| after.column(&old.name).is_none());
    lines.extend(gone.map(|old| format!("-- and no {}", quote(&old.name))));
    lines
}

/// A sentence's list of names, of which there may be many.
pub(super) fn some(names: &[String]) -> String {
    let shown = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > NAMED { format!("{shown} and {} more", names.len() - NAMED) } else { shown }
}

/// A line of SQL that a comment has room for.
fn cut(line: &str) -> String {
    const MOST: usize = 160;
    if line.chars().count() > MOST { line.chars().take(MOST - 1).chain(['…']).collect() } else { one_line(line) }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { String::from("\n") } else { format!("  {line}\n") }).collect()
}
