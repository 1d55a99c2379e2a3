//! The commands and their flags.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::Styles;
use clap::{ArgGroup, Parser, Subcommand, ValueEnum};
use remold_core::diagnostics::Level;
use remold_core::history::Runner;
use remold_core::layout::Layout;
use remold_core::plan::ForeignKeys;
use remold_core::sqlite::target::Target;
use remold_core::sqlite::version::{Version, VersionRange};

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or clean
  1  findings, `plan --check` or `status --check` has something to do, or `verify` finds differences
  2  wrong usage, no such file, or not a database
  3  refused: a decision, a consent, or something that a step needs is missing; nothing changed
  4  the database is locked; nothing changed
  5  failed; the database is as it was, or restored
  6  needs hands: the message says what is where";

/// The safe way to change the schema of a SQLite database that is in production.
#[derive(Debug, Parser)]
#[command(name = "remold", version, after_help = EXIT_CODES, styles = Styles::styled(), max_term_width = 100)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a remold.toml and, if asked, what the CI needs; nothing is overwritten
    Init(InitArgs),
    /// Find what is wrong in migration files
    Lint(LintArgs),
    /// Mend in the files what lint finds, as far as that is proven to be safe
    Fix(FixArgs),
    /// Save what lint finds now, for `remold lint --baseline`
    Baseline(BaselineArgs),
    /// Say step by step what applying the files to a database would do; nothing is written
    Plan(PlanArgs),
    /// Apply the files to a database: all or nothing, with a backup first
    Apply(ApplyArgs),
    /// Compare a database with the schema that it should have
    Verify(VerifyArgs),
    /// Take back the migration that was applied last
    Rollback(RollbackArgs),
    /// Print a database's schema and what else a plan needs, without any data
    Snapshot(SnapshotArgs),
    /// Say which migrations a database has, by the ledger of the tool that ran them
    Status(StatusArgs),
    /// Show how a file was read, statement by statement
    Inspect(InspectArgs),
    /// Print the page of a rule
    Explain(ExplainArgs),
    /// List the rules
    Rules(RulesArgs),
    /// Print the JSON schema of remold.toml, for editors
    ConfigSchema,
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LintFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For code scanning services.
    Sarif,
    /// For the annotations of a GitHub workflow.
    Github,
    /// For GitLab's code quality report.
    Gitlab,
    /// For reviewdog.
    Rdjson,
    /// For a comment of a pull request.
    Markdown,
}

/// A format, and the file that it goes to; standard output where there is none.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    /// The format.
    pub(crate) format: LintFormat,
    /// The file.
    pub(crate) file: Option<PathBuf>,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let (format, file) = match word.split_once('=') {
            Some((_, "")) => return Err("name a file behind the `=`".to_owned()),
            Some((format, file)) => (format, Some(PathBuf::from(file))),
            None => (word, None),
        };
        let known = LintFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = known.map(|value| value.get_name().to_owned()).collect();
        let format = LintFormat::from_str(format, false)
            .map_err(|_| format!("`{format}` is not a format; write one of {}", names.join(", ")))?;
        Ok(Self { format, file })
    }
}

/// How a plan is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlanFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For a pull request.
    Markdown,
}

/// From which level on findings make the command fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
    /// Every finding.
    Note,
    /// No finding.
    Never,
}

impl From<Option<Level>> for FailOn {
    fn from(level: Option<Level>) -> Self {
        match level {
            Some(Level::Error) => Self::Error,
            Some(Level::Warning) => Self::Warning,
            Some(Level::Note) => Self::Note,
            None => Self::Never,
        }
    }
}

impl FailOn {
    /// Whether findings of which `worst` is the worst make the command fail.
    pub(crate) fn fails(self, worst: Option<Level>) -> bool {
        let least = match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Note => Level::Note,
            Self::Never => return false,
        };
        worst.is_some_and(|worst| worst >= least)
    }
}

/// Whether foreign keys are enforced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnOff {
    /// They are not, as is SQLite's own default.
    #[default]
    Off,
    /// They are.
    On,
}

impl From<bool> for OnOff {
    fn from(on: bool) -> Self {
        if on { Self::On } else { Self::Off }
    }
}

impl From<OnOff> for ForeignKeys {
    fn from(choice: OnOff) -> Self {
        match choice {
            OnOff::Off => Self::Off,
            OnOff::On => Self::On,
        }
    }
}

/// What looks at a change before it is merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Ci {
    /// A workflow of GitHub's.
    Github,
    /// A job of GitLab's.
    Gitlab,
    /// A hook that pre-commit runs.
    PreCommit,
}

/// `remold init`
#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// Migration files, or folders of them [default: the folder that is found here or below]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The versions of SQLite that will read the database: 3.34.1.. or debian-12..
    #[arg(long, value_name = "RANGE", value_parser = range)]
    pub(crate) sqlite: Option<String>,
    /// How the files are laid out: plain, dbmate, goose, sqlx or another [default: as they are recognised]
    #[arg(long, value_name = "NAME")]
    pub(crate) layout: Option<Layout>,
    /// Also write what this CI needs; may be given several times
    #[arg(long, value_enum, value_name = "github|gitlab|pre-commit", hide_possible_values = true)]
    pub(crate) ci: Vec<Ci>,
}

/// The range as it was typed, if it is one.
fn range(word: &str) -> Result<String, String> {
    VersionRange::from_str(word).map(|_| word.to_owned())
}

/// What is linted and for whom: the same for `lint` and `baseline`.
#[derive(Debug, clap::Args)]
pub(crate) struct LintingArgs {
    /// Migration files, or folders of them [default: migrations/]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The versions of SQLite that will read the database: 3.34.1.. or 3.34.1..3.45.0 or one
    #[arg(long, value_name = "RANGE")]
    pub(crate) sqlite: Option<VersionRange>,
    /// The version that executes the files [default: the oldest of --sqlite]
    #[arg(long, value_name = "VERSION")]
    pub(crate) engine: Option<Version>,
    /// Where the files run, if not in SQLite itself alone; may be given several times
    #[arg(long, value_name = "d1|libsql|rqlite|turso")]
    pub(crate) target: Vec<Target>,
    /// The schema before the first file: SQL, an export or a snapshot
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
    /// How the files are laid out: plain, dbmate, goose, sqlx or another [default: as they are recognised]
    #[arg(long, value_name = "NAME")]
    pub(crate) layout: Option<Layout>,
    /// Who runs the files: by-hand, perhaps twice; remold; sqlx, refinery or another [default: as the layout tells, or by-hand]
    #[arg(long, value_name = "NAME")]
    pub(crate) runner: Option<Runner>,
    /// Whether the runner switches foreign keys on [default: as that runner does]
    #[arg(long, value_enum, value_name = "on|off", hide_possible_values = true)]
    pub(crate) foreign_keys: Option<OnOff>,
    /// Only read the files, and run them in no SQLite
    #[arg(long)]
    pub(crate) no_replay: bool,
    /// The last migration that is left alone, by its path, name or number; the files up to it are history
    #[arg(long, value_name = "NAME")]
    pub(crate) after: Option<String>,
    /// Findings of the migrations alone that are new or changed since a commit, as git tells: main, HEAD^1
    #[arg(long, value_name = "REF", conflicts_with = "only")]
    pub(crate) since: Option<String>,
    /// Findings of the migrations alone that this database has not run as they are, by its ledger; it is only read
    #[arg(long, value_name = "DATABASE", conflicts_with = "since")]
    pub(crate) ledger: Option<PathBuf>,
    /// Findings of this file alone, with the others as its history; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) only: Vec<PathBuf>,
    /// Files with the application's queries (sqlx's query-*.json, or SQL), or folders of them; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(crate) queries: Vec<PathBuf>,
    /// The database that is meant, where remold.toml has several
    #[arg(long, value_name = "NAME")]
    pub(crate) database_name: Option<String>,
    /// The file with the project's settings [default: the nearest remold.toml, here or above]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// How the page of a pull request looks.
#[derive(Debug, clap::Args)]
pub(crate) struct PageArgs {
    /// The address below which the files can be read, for the links in Markdown
    #[arg(long, value_name = "URL")]
    pub(crate) links: Option<String>,
    /// Show in Markdown what the SQL has in quotes and its numbers, which may be secrets
    #[arg(long)]
    pub(crate) show_literals: bool,
}

/// `remold lint`
#[derive(Debug, clap::Args)]
pub(crate) struct LintArgs {
    /// What is linted.
    #[command(flatten)]
    pub(crate) linting: LintingArgs,
    /// Findings that are known and left, as `remold baseline` saved them
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// How the findings are printed: text, json, sarif, github, gitlab, rdjson or markdown [default: text]
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<LintFormat>,
    /// A further format, and the file for it; may be given several times: sarif=out.sarif
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub(crate) output: Vec<Output>,
    /// How Markdown looks.
    #[command(flatten)]
    pub(crate) page: PageArgs,
    /// From which level on findings make the exit code 1 [default: error]
    #[arg(long, value_enum, value_name = "error|warning|note|never", hide_possible_values = true)]
    pub(crate) fail_on: Option<FailOn>,
    /// First mend in the files what can be mended, as `remold fix` does
    #[arg(long)]
    pub(crate) fix: bool,
    /// With --fix: also make the fixes after which the files may do something else
    #[arg(long, requires = "fix")]
    pub(crate) r#unsafe: bool,
    /// With --fix: print only what would change, and change nothing
    #[arg(long, requires = "fix", conflicts_with_all = ["format", "output"])]
    pub(crate) dry_run: bool,
}

/// `remold fix`
#[derive(Debug, clap::Args)]
pub(crate) struct FixArgs {
    /// What is mended.
    #[command(flatten)]
    pub(crate) linting: LintingArgs,
    /// Also make the fixes after which the files may do something else
    #[arg(long)]
    pub(crate) r#unsafe: bool,
    /// Print what would change, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// `remold baseline`
#[derive(Debug, clap::Args)]
pub(crate) struct BaselineArgs {
    /// What is linted.
    #[command(flatten)]
    pub(crate) linting: LintingArgs,
    /// Where the findings are saved [default: what remold.toml calls the baseline, or remold-baseline.json]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// With what a plan is made: the same for `plan`, `apply` and `rollback`.
#[derive(Debug, clap::Args)]
pub(crate) struct PlanningArgs {
    /// How the files are laid out: plain, dbmate, goose, sqlx or another [default: as they are recognised]
    #[arg(long, value_name = "NAME")]
    pub(crate) layout: Option<Layout>,
    /// The version that executes the plan [default: the one built in]
    #[arg(long, value_name = "VERSION")]
    pub(crate) engine: Option<Version>,
    /// The versions of SQLite that will read the database: 3.34.1.. or 3.34.1..3.45.0 or one
    #[arg(long, value_name = "RANGE")]
    pub(crate) sqlite: Option<VersionRange>,
    /// Whether foreign keys are enforced while the files' own statements run [default: off]
    #[arg(long, value_enum, value_name = "on|off", hide_possible_values = true)]
    pub(crate) foreign_keys: Option<OnOff>,
    /// What may be lost, by the name that the plan gives it: drop-column:assets.blob_data
    #[arg(long, value_name = "ID")]
    pub(crate) allow: Vec<String>,
    /// The database that is meant, where remold.toml has several
    #[arg(long, value_name = "NAME")]
    pub(crate) database_name: Option<String>,
    /// The file with the project's settings [default: the nearest remold.toml, here or above]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// `remold plan`
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("against").args(["db", "schema"]))]
pub(crate) struct PlanArgs {
    /// Migration files, or folders of them [default: migrations/]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The database; it is only read
    #[arg(long, value_name = "FILE")]
    pub(crate) db: Option<PathBuf>,
    /// The schema instead of a database: SQL, an export or a snapshot
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
    /// With what the plan is made.
    #[command(flatten)]
    pub(crate) planning: PlanningArgs,
    /// How the plan is printed
    #[arg(long, value_enum, default_value_t, value_name = "text|json|markdown", hide_possible_values = true)]
    pub(crate) format: PlanFormat,
    /// Show in Markdown what the SQL has in quotes and its numbers, which may be secrets
    #[arg(long)]
    pub(crate) show_literals: bool,
    /// Where to save the plan, as JSON, for `remold apply --plan`
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Exit with 1 when there is something to do
    #[arg(long)]
    pub(crate) check: bool,
}

/// How long to wait for locks, and where backups go: for all commands that write.
#[derive(Debug, clap::Args)]
pub(crate) struct WritingArgs {
    /// How long to wait while another connection writes
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    pub(crate) lock_timeout: u64,
    /// Where the backup goes [default: beside the database]
    #[arg(long, value_name = "DIR")]
    pub(crate) backup_dir: Option<PathBuf>,
}

/// `remold apply`
#[derive(Debug, clap::Args)]
pub(crate) struct ApplyArgs {
    /// Migration files, or folders of them [default: migrations/]
    #[arg(value_name = "PATH", conflicts_with = "plan")]
    pub(crate) paths: Vec<PathBuf>,
    /// The database
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    /// A saved plan; it is made again and must be the same
    #[arg(long, value_name = "FILE", conflicts_with_all = ["layout", "engine", "sqlite", "foreign_keys", "allow", "config", "database_name"])]
    pub(crate) plan: Option<PathBuf>,
    /// With what the plan is made.
    #[command(flatten)]
    pub(crate) planning: PlanningArgs,
    /// Locks and backups.
    #[command(flatten)]
    pub(crate) writing: WritingArgs,
    /// Print the plan and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t, value_name = "text|json", hide_possible_values = true)]
    pub(crate) format: Format,
}

/// `remold verify`
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// The database; it is only read
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    /// The schema that it should have: SQL, an export or a snapshot
    #[arg(long, value_name = "FILE")]
    pub(crate) expect: PathBuf,
    /// Also report what the expected schema does not name
    #[arg(long)]
    pub(crate) exact: bool,
    /// How the differences are printed
    #[arg(long, value_enum, default_value_t, value_name = "text|json", hide_possible_values = true)]
    pub(crate) format: Format,
}

/// `remold rollback`
#[derive(Debug, clap::Args)]
pub(crate) struct RollbackArgs {
    /// The migration files, which may hold a down file [default: migrations/, if it is there]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The database
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    /// Restore the backup without asking, where nothing else can undo
    #[arg(long)]
    pub(crate) yes: bool,
    /// With what the plan is made.
    #[command(flatten)]
    pub(crate) planning: PlanningArgs,
    /// Locks and backups.
    #[command(flatten)]
    pub(crate) writing: WritingArgs,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t, value_name = "text|json", hide_possible_values = true)]
    pub(crate) format: Format,
}

/// `remold snapshot`
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("from").required(true).args(["db", "print_sql"]))]
pub(crate) struct SnapshotArgs {
    /// The database; it is only read
    #[arg(long, value_name = "FILE")]
    pub(crate) db: Option<PathBuf>,
    /// Print one SELECT that makes a snapshot in any client instead
    #[arg(long)]
    pub(crate) print_sql: bool,
    /// Where to save it instead of printing it
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// `remold status`
#[derive(Debug, clap::Args)]
pub(crate) struct StatusArgs {
    /// Migration files, or folders of them [default: migrations/, if it is there]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The database; it is only read
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    /// How the files are laid out: plain, dbmate, goose, sqlx or another [default: as they are recognised]
    #[arg(long, value_name = "NAME")]
    pub(crate) layout: Option<Layout>,
    /// Exit with 1 where a migration is pending, failed, edited or without its file, or a lock is held
    #[arg(long)]
    pub(crate) check: bool,
    /// The file with the project's settings [default: the nearest remold.toml, here or above]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// How the status is printed
    #[arg(long, value_enum, default_value_t, value_name = "text|json", hide_possible_values = true)]
    pub(crate) format: Format,
}

/// `remold inspect`
#[derive(Debug, clap::Args)]
pub(crate) struct InspectArgs {
    /// The file
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How the statements are printed
    #[arg(long, value_enum, default_value_t, value_name = "text|json", hide_possible_values = true)]
    pub(crate) format: Format,
}

/// `remold explain`
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The rule's id, as a finding names it
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
}

/// `remold rules`
#[derive(Debug, clap::Args)]
pub(crate) struct RulesArgs {
    /// How the rules are printed
    #[arg(long, value_enum, default_value_t, value_name = "text|json", hide_possible_values = true)]
    pub(crate) format: Format,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_flags_fit_together() {
        super::Args::command().debug_assert();
    }
}
