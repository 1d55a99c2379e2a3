//! Who executes the files, and how.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::str::FromStr;

use super::InTransaction;
use crate::sqlite::name;
use crate::text::edit::Edit;
use crate::text::{SourceFile, Span};

/// Who executes the files, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runner {
    /// What it is called.
    pub name: String,
    /// Which transaction it puts around a file.
    pub transaction: RunnerTransaction,
    /// How often it runs a file.
    pub runs: Runs,
    /// The pragmas that it sets before the first file.
    pub pragmas: Vec<(String, String)>,
    /// How a file gets out of its transaction.
    pub way_out: WayOut,
}

/// The transaction that a runner puts around the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunnerTransaction {
    /// None: each statement commits by itself.
    None,
    /// One for each file.
    File,
    /// One for all files together.
    All,
}

/// How often a file is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// Once: something records that it was run.
    Once,
    /// Perhaps again: nothing records it.
    Again,
}

/// How a file gets out of the transaction that its runner puts around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// Not at all, or there is no transaction.
    None,
    /// The file begins with this line.
    FirstLine(&'static str),
    /// The file begins with this line, or with another one that has one of the words.
    InFirstLine(&'static str, &'static [&'static str]),
    /// This line stands before the first statement.
    Line(&'static str),
    /// The line that begins with the first has the second behind it.
    Word(&'static str, &'static str),
    /// By what stands outside of the file.
    Outside(&'static str),
}

/// What is known of a runner.
struct Facts {
    name: &'static str,
    transaction: RunnerTransaction,
    /// Whether foreign keys are on from the start, or it switches them on by itself.
    foreign_keys: Option<&'static str>,
    way_out: WayOut,
}

/// The runners that are known by name, by what their documentation and sources say; `tests/tools/results.json`
/// has what those did that could be run. All of them keep a ledger, and run a file once.
///
/// What `libsqlite3-sys`, better-sqlite3, @libsql/client and Node.js bring as SQLite has foreign keys on from the
/// start.
const KNOWN: [Facts; 18] = [
    // SqliteConnectOptions switches foreign keys on; the directive came with its pull request 4015.
    known("sqlx", RunnerTransaction::File, Some("ON"), WayOut::FirstLine("-- no-transaction")),
    known("refinery", RunnerTransaction::File, Some("ON"), WayOut::None),
    known("rusqlite_migration", RunnerTransaction::All, Some("ON"), WayOut::None),
    known(
        "diesel",
        RunnerTransaction::File,
        Some("ON"),
        WayOut::Outside("`run_in_transaction = false` in its metadata.toml"),
    ),
    known(
        "golang-migrate",
        RunnerTransaction::File,
        None,
        WayOut::Outside("`x-no-tx-wrap=true` in the database's URL"),
    ),
    known(
        "flyway",
        RunnerTransaction::File,
        None,
        WayOut::Outside("`executeInTransaction=false` in a file beside it, `.conf`"),
    ),
    known("atlas", RunnerTransaction::File, None, WayOut::Line("-- atlas:txmode none")),
    // Each file is one request, which D1 runs in a transaction; foreign keys are always on there.
    known("wrangler", RunnerTransaction::File, Some("ON"), WayOut::None),
    // All files that are pending, between one BEGIN and one COMMIT. On libsql it switches them off before.
    known("drizzle", RunnerTransaction::All, Some("ON"), WayOut::None),
    known("prisma", RunnerTransaction::None, Some("ON"), WayOut::None),
    known("dbmate", RunnerTransaction::File, None, WayOut::Word("-- migrate:up", "transaction:false")),
    known("goose", RunnerTransaction::File, None, WayOut::Line("-- +goose NO TRANSACTION")),
    known("sql-migrate", RunnerTransaction::File, None, WayOut::Word("-- +migrate Up", "notransaction")),
    known("yoyo", RunnerTransaction::File, None, WayOut::Line("-- transactional: false")),
    // libSQL's own client; a transactional batch around each file.
    known(
        "geni",
        RunnerTransaction::File,
        None,
        WayOut::InFirstLine("-- transaction:no", &["transaction:no", "transaction: no"]),
    ),
    // It has the shell `sqlite3` read each file, and begins nothing itself.
    known("sqitch", RunnerTransaction::None, None, WayOut::None),
    known("db-migrate", RunnerTransaction::File, None, WayOut::Outside("`--non-transactional` behind its command")),
    // Each change of a file has a transaction of its own; what the first one says is taken for all.
    known("liquibase", RunnerTransaction::File, None, WayOut::Word("--changeset", "runInTransaction:false")),
];

/// Those whose ledger knows a migration by its number alone.
const BY_NUMBER: [&str; 10] = [
    "geni",
    "sqlx",
    "refinery",
    "rusqlite_migration",
    "diesel",
    "golang-migrate",
    "flyway",
    "atlas",
    "dbmate",
    "goose",
];

const fn known(
    name: &'static str,
    transaction: RunnerTransaction,
    foreign_keys: Option<&'static str>,
    way_out: WayOut,
) -> Facts {
    Facts { name, transaction, foreign_keys, way_out }
}

impl Runner {
    /// The names by which a runner can be asked for.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ["by-hand", "remold"].into_iter().chain(KNOWN.iter().map(|known| known.name))
    }

    /// A person, or a tool that is not known: no transaction, and the file may run twice.
    pub fn by_hand() -> Self {
        Self {
            name: String::from("by hand"),
            transaction: RunnerTransaction::None,
            runs: Runs::Again,
            pragmas: Vec::new(),
            way_out: WayOut::None,
        }
    }

    /// `remold apply`: everything in one transaction, each file once.
    pub fn remold() -> Self {
        Self {
            name: String::from("remold"),
            transaction: RunnerTransaction::All,
            runs: Runs::Once,
            pragmas: Vec::from([(String::from("foreign_keys"), String::from("OFF"))]),
            way_out: WayOut::None,
        }
    }

    /// The same runner, which switches foreign keys `on` or `off` before the first file.
    #[must_use]
    pub fn with_foreign_keys(mut self, word: &str) -> Self {
        self.pragmas.retain(|(pragma, _)| !name::same(pragma, "foreign_keys"));
        self.pragmas.push((String::from("foreign_keys"), word.to_uppercase()));
        self
    }

    /// Whether foreign keys are enforced when the first file begins: `on`, or `off` as they are in
    /// SQLite unless somebody switches them on.
    pub fn foreign_keys(&self) -> &'static str {
        let stated = self.pragmas.iter().rev().find(|(pragma, _)| name::same(pragma, "foreign_keys"));
        if stated.is_some_and(|(_, value)| is_on(value)) { "on" } else { "off" }
    }

    /// Whether it is `remold apply`, whose plan takes over what a file says of transactions and of
    /// foreign keys.
    pub fn is_remold(&self) -> bool {
        self.name == "remold"
    }

    /// The transaction that it puts around a file, which may say that it wants none, or have that said beside it.
    pub fn transaction_around(&self, file: &SourceFile) -> RunnerTransaction {
        let text = &*file.text;
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let mut head = lines.take_while(|line| line.is_empty() || line.starts_with("--"));
        let gets_out = match self.way_out {
            WayOut::None => false,
            WayOut::Outside(_) => file.apart,
            WayOut::FirstLine(directive) => text.starts_with(directive),
            WayOut::InFirstLine(_, words) => {
                let first = text.split_once('\n').map_or("", |(first, _)| first);
                words.iter().any(|word| first.contains(word))
            }
            WayOut::Line(directive) => head.any(|line| line == directive),
            WayOut::Word(mark, word) => {
                head.find(|line| begins(line, mark)).is_some_and(|line| line.split_whitespace().any(|at| at == word))
            }
        };
        if gets_out { RunnerTransaction::None } else { self.transaction }
    }

    fn is_known(&self) -> bool {
        KNOWN.iter().any(|known| known.name == self.name)
    }

    /// Whether its ledger knows a migration by its number alone, and not by its name.
    pub fn keeps_numbers(&self) -> bool {
        BY_NUMBER.contains(&&*self.name)
    }

    /// Whether it counts the migrations from 1 up, and keeps nothing but the count.
    pub fn counts(&self) -> bool {
        self.name == "rusqlite_migration"
    }

    /// Where a statement runs, in words.
    pub fn within(&self, transaction: InTransaction) -> String {
        match transaction {
            InTransaction::ByRunner if self.is_known() => format!("in the transaction of {}", self.name),
            _ => transaction.to_string(),
        }
    }

    /// The edit that has it begin no transaction around the file, where one in the file does.
    pub fn opt_out(&self, text: &str) -> Option<Edit> {
        match self.way_out {
            WayOut::FirstLine(line) | WayOut::InFirstLine(line, _) | WayOut::Line(line) => {
                Some(Edit { span: Span::new(0, 0), text: format!("{line}\n") })
            }
            WayOut::Word(mark, word) => {
                let lines = text.split_inclusive('\n').scan(0, |at, line| {
                    *at += line.len();
                    Some((*at - line.len(), line.trim_end()))
                });
                let (at, line) = lines.into_iter().find(|(_, line)| begins(line, mark))?;
                let end = u32::try_from(at + line.len()).ok()?;
                Some(Edit { span: Span::new(end, end), text: format!(" {word}") })
            }
            WayOut::None | WayOut::Outside(_) => None,
        }
    }

    /// What a person does to have a file run without the runner's transaction: a part of a sentence.
    pub fn without_transaction(&self) -> String {
        match self.way_out {
            WayOut::None if !self.is_known() => "have the runner begin no transaction".to_owned(),
            WayOut::None => format!("run the file by other means, for {} always begins one", self.name),
            WayOut::FirstLine(line) | WayOut::InFirstLine(line, _) => {
                format!("have {} begin no transaction: `{line}` as the file's first line", self.name)
            }
            WayOut::Line(line) => format!("have {} begin no transaction: `{line}` at the head of the file", self.name),
            WayOut::Word(mark, word) => {
                format!("have {} begin no transaction: `{word}` in the line `{mark}`", self.name)
            }
            WayOut::Outside(what) => format!("have {} begin no transaction: {what}", self.name),
        }
    }
}

/// Whether the comment begins so, be there white space behind its dashes or not.
fn begins(line: &str, mark: &str) -> bool {
    let said = mark.trim_start_matches("--").trim_start();
    line.strip_prefix("--").is_some_and(|line| line.trim_start().starts_with(said))
}

/// Whether SQLite takes the value of a pragma for yes.
pub(super) fn is_on(value: &str) -> bool {
    let value = value.trim_matches(['\'', '"', ' ']);
    let words = ["on", "yes", "true"];
    words.iter().any(|word| word.eq_ignore_ascii_case(value)) || value.parse::<i64>().is_ok_and(|value| value != 0)
}

impl FromStr for Runner {
    type Err = String;

    /// Reads the name of a runner that is known.
    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "by-hand" => return Ok(Self::by_hand()),
            "remold" => return Ok(Self::remold()),
            _ => {}
        }
        let Some(known) = KNOWN.iter().find(|known| known.name == word) else {
            let names: Vec<&str> = Self::names().collect();
            let meant = name::nearest(word, Self::names()).map_or_else(
                || format!("write one of {}", names.join(", ")),
                |nearest| format!("is `{nearest}` meant?"),
            );
            return Err(format!("`{word}` is not a runner that is known; {meant}"));
        };
        let pragmas = known.foreign_keys.map(|word| ("foreign_keys".to_owned(), word.to_owned()));
        Ok(Self {
            name: known.name.to_owned(),
            transaction: known.transaction,
            runs: Runs::Once,
            pragmas: pragmas.into_iter().collect(),
            way_out: known.way_out,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Layout;

    #[test]
    fn who_runs_the_files_of_a_layout_is_known() {
        for layout in Layout::names().filter_map(|name| name.parse::<Layout>().ok()) {
            let runner = layout.runner().map(str::parse::<Runner>);
            assert!(runner.is_none_or(|runner| runner.is_ok()), "{layout:?}");
        }
    }

    #[test]
    fn a_word_in_a_mark_is_the_way_out() {
        let runner: Runner = "dbmate".parse().expect("it is known");
        let text = "-- about\r\n--migrate:up\r\nVACUUM;\r\n-- migrate:down\r\n";
        assert_eq!(runner.transaction_around(&SourceFile::new("1.sql", text)), RunnerTransaction::File);
        let edit = runner.opt_out(text).expect("it has one");
        let mended = crate::text::edit::apply(text, Vec::from([edit]));
        assert_eq!(mended, "-- about\r\n--migrate:up transaction:false\r\nVACUUM;\r\n-- migrate:down\r\n");
        assert_eq!(runner.transaction_around(&SourceFile::new("1.sql", mended)), RunnerTransaction::None);
    }
}
