//! The cases of a fixture: plain SQL with the author's verdict, and what remold finds in it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use remold_core::diagnostics::{Finding, Safety};
use remold_core::history::{Project, Runner, RunnerTransaction, Runs, Since, WayOut, walk};
use remold_core::layout::setup::list::MismatchKind;
use remold_core::layout::setup::{Setup, ToolFile};
use remold_core::layout::{Layout, Recognised};
use remold_core::lint::{Settings, lint_on};
use remold_core::naming::{NamedKind, Naming, Pattern};
use remold_core::queries::Query;
use remold_core::schema::rows::Rows;
use remold_core::schema::{Knowledge, Schema};
use remold_core::text::SourceFile;
use remold_core::text::edit;
use remold_core::text::lines::LineIndex;
use remold_engine::Linked;

/// One case: files, who runs them, and what the author says of them.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// What the case shows.
    pub(crate) title: String,
    /// Whether the rule must find something.
    pub(crate) flagged: bool,
    /// The migration files.
    pub(crate) files: Vec<SourceFile>,
    /// How they are laid out, and what their tools say of them.
    pub(crate) recognised: Recognised,
    /// The schema before them, where it is known.
    pub(crate) schema: Option<String>,
    /// Statements that put rows into that schema, for the SQLite of the tests.
    pub(crate) rows: String,
    /// Whether the database is a file, which knows more modes than memory does.
    pub(crate) in_file: bool,
    /// Versions, engine and runner.
    pub(crate) settings: Settings,
    /// The rules that speak, where a case is about all of them.
    pub(crate) finds: Vec<String>,
    /// Why a clean case does not run in the SQLite of the tests.
    pub(crate) not_run: Option<String>,
    /// Why a name in quotes is something else here.
    pub(crate) quoting_counts: Option<String>,
    /// Why a comment at the head of a file is something else here.
    pub(crate) comments_count: Option<String>,
}

/// What stands before the path of a file by which a tool is set up, below the migrations' folder or, with `../`,
/// above it.
const TOOL: &str = "tool:";

/// What stands before the path of a file with queries of the application.
const QUERIES: &str = "queries:";

/// The rules' fixtures: the id of the rule, and its cases.
pub(crate) fn all() -> Vec<(String, Vec<Case>)> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root().join("tests/rules")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let rule = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (rule, cases(&fs::read_to_string(path).unwrap()))
        })
        .collect()
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// What stands before the path of a file as it was before it was edited.
const EDITED: &str = "edited: ";

/// Reads a fixture. Each case begins with `-- case: flagged -- its title`, then come its headers.
/// Without headers the files run once, outside a transaction, in the SQLite of the tests.
pub(crate) fn cases(text: &str) -> Vec<Case> {
    let mut parts = text.split("-- case: ");
    assert_eq!(parts.next(), Some(""), "a fixture begins with a case");
    parts
        .map(|part| {
            let (head, body) = part.split_once('\n').unwrap();
            let (verdict, title) = head.split_once(" -- ").expect("a case has a verdict and a title");
            assert!(["flagged", "clean"].contains(&verdict), "{verdict} is no verdict");
            let runner = Runner {
                name: "the test".into(),
                transaction: RunnerTransaction::None,
                runs: Runs::Once,
                pragmas: Vec::new(),
                way_out: WayOut::None,
            };
            Case { title: title.to_owned(), flagged: verdict == "flagged", ..Case::read(body, runner) }
        })
        .collect()
}

impl Case {
    /// Reads the headers and the files of a case that `runner` runs unless a header says otherwise.
    pub(crate) fn read(body: &str, mut runner: Runner) -> Self {
        let (mut versions, mut engine, mut not_run) = (None, None, None);
        let (mut quoting_counts, mut comments_count) = (None, None);
        let mut today = Some(String::from("2026-01-01"));
        let mut rows = String::new();
        let (mut targets, mut counts, mut finds) = (Vec::new(), Rows::default(), Vec::new());
        let mut naming = Naming::default();
        let mut in_file = false;
        let mut since: Option<Since> = None;
        let mut layout: Option<Layout> = None;
        let mut files = vec![SourceFile::new("migration.sql", "")];
        for line in body.trim_end().lines() {
            let header = line.strip_prefix("-- ").and_then(|line| line.split_once(": "));
            match header {
                Some(("runner", name)) => runner = name.parse().unwrap(),
                Some(("runs", "once")) => runner.runs = Runs::Once,
                Some(("runs", "again")) => runner.runs = Runs::Again,
                Some(("transaction", "none")) => runner.transaction = RunnerTransaction::None,
                Some(("transaction", "file")) => runner.transaction = RunnerTransaction::File,
                Some(("transaction", "all")) => runner.transaction = RunnerTransaction::All,
                Some(("today", day)) => today = (day != "unknown").then(|| day.to_owned()),
                Some(("rows", sql)) => rows.push_str(sql),
                Some(("finds", list)) => finds = list.split(", ").map(str::to_owned).collect(),
                _ if line == "-- finds:" => {}
                Some(("counts", list)) => counts = counted(list),
                Some(("database", "file")) => in_file = true,
                Some(("foreign keys", word)) => runner = runner.with_foreign_keys(word),
                Some(("sqlite", range)) => versions = Some(range.parse().unwrap()),
                Some(("target", word)) => targets.push(word.parse().unwrap()),
                Some(("naming", pattern)) => name_by(&mut naming, pattern),
                Some(("engine", version)) => engine = Some(version.parse().unwrap()),
                Some(("not run", reason)) => not_run = Some(reason.to_owned()),
                Some(("quoting counts", reason)) => quoting_counts = Some(reason.to_owned()),
                Some(("comments count", reason)) => comments_count = Some(reason.to_owned()),
                Some(("layout", name)) => layout = Some(name.parse().unwrap()),
                Some(("tool", path)) => files.push(SourceFile::new(format!("{TOOL}{path}"), "")),
                Some(("file", path)) => files.push(SourceFile::new(path, "")),
                Some(("added", path)) => {
                    since.get_or_insert_default().added.insert(path.to_owned());
                }
                Some(("deleted", path)) => {
                    since.get_or_insert_default().deleted.insert(path.to_owned());
                }
                Some(("edited", path)) => files.push(SourceFile::new(format!("{EDITED}{path}"), "")),
                Some(("queries", path)) => files.push(SourceFile::new(format!("{QUERIES}{path}"), "")),
                _ if line == "-- schema:" => files.push(SourceFile::new("schema:", "")),
                _ => {
                    let last = files.last_mut().unwrap();
                    last.text.push_str(line);
                    last.text.push('\n');
                }
            }
        }
        files.retain(|file| !file.text.trim().is_empty());
        let schema = files.iter().position(|file| file.path == "schema:").map(|at| files.remove(at).text);
        for file in files.extract_if(.., |file| file.path.starts_with(EDITED)) {
            since.get_or_insert_default().edited.insert(file.path[EDITED.len()..].to_owned(), file.text);
        }
        let mut settings = Settings::new(versions, engine, runner);
        settings.since = since.map(|since| Since { base: "main".to_owned(), ..since });
        settings.start = schema.as_deref().map(schema_of);
        settings.today = today;
        settings.targets = targets;
        files.retain(|file| {
            let path = file.path.strip_prefix(QUERIES);
            settings.queries.extend(path.into_iter().flat_map(|path| Query::read(path, &file.text).unwrap()));
            path.is_none()
        });
        let tools: Vec<(String, String)> = files
            .extract_if(.., |file| file.path.starts_with(TOOL))
            .map(|file| (file.path[TOOL.len()..].to_owned(), file.text))
            .collect();
        let recognised = recognised(&files, &tools, layout);
        settings.naming = naming;
        settings.rows = counts;
        Self {
            title: String::new(),
            flagged: false,
            files,
            recognised,
            schema,
            rows,
            in_file,
            settings,
            finds,
            not_run,
            quoting_counts,
            comments_count,
        }
    }

    /// Everything that remold finds.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let mut recognised = self.recognised.clone();
        if recognised != Recognised::default() {
            recognised.run_by(&self.settings.runner.name, "the test");
        }
        let project = Project::laid_out(String::new(), self.files.clone(), recognised);
        lint_on(&project, &self.settings, &mut Linked).findings
    }

    /// The files that are run, as far as the runner sees them.
    pub(crate) fn run_files(&self) -> Vec<&SourceFile> {
        if self.recognised == Recognised::default() {
            return self.files.iter().collect();
        }
        let overlooked = self.recognised.overlooked(&self.files);
        let unlisted = self.recognised.mismatches().iter();
        let left: Vec<&str> = overlooked
            .iter()
            .map(|unseen| unseen.path)
            .chain(unlisted.filter(|one| one.kind == MismatchKind::Unlisted).map(|one| one.path.as_str()))
            .collect();
        let migrations = self.recognised.migrations(&self.files).into_iter().map(|migration| migration.up);
        migrations.filter(|file| !left.contains(&file.path.as_str())).collect()
    }

    /// What the rule finds.
    pub(crate) fn found_by(&self, rule: &str) -> Vec<Finding> {
        self.findings().into_iter().filter(|finding| finding.rule == rule).collect()
    }

    /// The files with the rule's findings drawn below the lines.
    pub(crate) fn annotate(&self, rule: &str) -> String {
        let found = self.found_by(rule);
        let mut out = String::new();
        for file in &self.files {
            if self.files.len() > 1 {
                writeln!(out, "-- file: {}", file.path).unwrap();
            }
            let lines = LineIndex::new(&file.text);
            for (number, line) in (1_u32..).zip(file.text.lines()) {
                writeln!(out, "{line}").unwrap();
                for finding in found.iter().filter(|finding| finding.path == file.path) {
                    let at = lines.position(finding.span.start);
                    if at.line == number {
                        out.push_str(&drawn(finding, &file.text, at.column as usize - 1, line));
                    }
                }
            }
        }
        out
    }
}

/// What is known of files and of the tools' own, which lie below `/project/migrations` or above it.
fn recognised(files: &[SourceFile], tools: &[(String, String)], layout: Option<Layout>) -> Recognised {
    if tools.is_empty() {
        return layout.map_or_else(Recognised::default, Recognised::named);
    }
    let read: Vec<ToolFile> = tools
        .iter()
        .map(|(path, text)| {
            let whole = match path.strip_prefix("../") {
                Some(above) => format!("/project/{above}"),
                None => format!("/project/migrations/{path}"),
            };
            ToolFile { path: whole, shown: path.clone(), text: text.clone() }
        })
        .collect();
    let setup = Setup::read("/project/migrations", files, &read);
    let beside: Vec<String> = tools.iter().map(|(path, _)| path.clone()).collect();
    layout.map_or_else(
        || Recognised::of(files, &beside, setup.clone()),
        |layout| Recognised::named(layout).with(setup.clone()),
    )
}

/// Reads a pattern for names, as `[naming]` has it: `index = idx_{table}_{columns}`.
fn name_by(naming: &mut Naming, line: &str) {
    let (kind, pattern) = line.split_once(" = ").expect("a kind and its pattern");
    let kind = NamedKind::ALL.into_iter().find(|known| known.as_str() == kind).expect("a kind of names");
    naming.set(kind, Pattern::read(kind, pattern).unwrap());
}

/// How many rows the tables have: `users 12, posts 3`.
fn counted(list: &str) -> Rows {
    let counts = list.split(", ").map(|one| one.split_once(' ').unwrap());
    Rows::new(counts.map(|(table, count)| (table, count.parse().unwrap())))
}

/// The schema that a script makes.
pub(crate) fn schema_of(sql: &str) -> Schema {
    let project = Project { files: vec![SourceFile::new("schema.sql", sql)], ..Project::default() };
    walk(&project, &Schema::new(Knowledge::Complete), &Runner::by_hand(), |_| {})
}

/// One finding below the line in which it begins.
fn drawn(finding: &Finding, text: &str, indent: usize, line: &str) -> String {
    let length = (finding.span.end - finding.span.start) as usize;
    let carets = length.clamp(1, line.len().saturating_sub(indent).max(1));
    let margin = " ".repeat(indent + carets + 1);
    let mut out = format!("{}{} {}: {}\n", " ".repeat(indent), "^".repeat(carets), finding.level, finding.message);
    let parts = [
        ("why", finding.reason.as_deref()),
        ("help", finding.help.as_deref()),
        ("sqlite", finding.sqlite_error.as_deref()),
    ];
    for (name, said) in parts {
        if let Some(said) = said {
            writeln!(out, "{margin}{name}: {said}").unwrap();
        }
    }
    if let Some(fix) = &finding.fix {
        let safety = if fix.safety == Safety::Safe { "safe" } else { "unsafe" };
        let fixed = edit::apply(text, fix.edits.clone());
        let changed = fixed.lines().find(|new| !text.lines().any(|old| old == *new)).unwrap_or_default();
        writeln!(out, "{margin}fix ({safety}): {changed}").unwrap();
    }
    out
}
