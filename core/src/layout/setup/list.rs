//! The lists that tools keep of their migrations, beside the files themselves: Drizzle's journal, Atlas's sum and
//! Sqitch's plan.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Setup, ToolFile, below, folder, json, positions};
use crate::layout::{names, sections};
use crate::text::{SourceFile, gathered};

/// The order in which a list has the migrations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The runner that goes by it; none where everybody does.
    pub runner: Option<&'static str>,
    /// The migrations, by their paths below the root.
    pub paths: Vec<String>,
}

/// A difference between a tool's list and the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Whose list it is.
    pub tool: &'static str,
    /// The list, as people type its path.
    pub list: String,
    /// The migration, by its path below the root.
    pub path: String,
    /// What differs.
    pub kind: MismatchKind,
}

/// What differs between a list and the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MismatchKind {
    /// The list has it, and it is not there.
    Missing,
    /// It is there, and the list does not have it.
    Unlisted,
    /// It says something else than when it was listed.
    Edited,
    /// It is listed behind this one, and is as old or older.
    Older(String),
    /// It is listed behind this one, and has a lower number.
    Behind(String),
}

pub(super) fn read(setup: &mut Setup, root: &str, files: &[SourceFile], tool: &ToolFile) {
    let name = names::file(&tool.path);
    let Some(path) = below(root, &tool.path) else { return };
    match name {
        "atlas.sum" => atlas(setup, files, tool, &own_folder(path)),
        "sqitch.plan" => sqitch(setup, files, tool, &own_folder(path)),
        _ if names::file(folder(path)) == "meta" => journal(setup, files, tool, &own_folder(folder(path))),
        _ => {}
    }
}

/// The folder of a file with a `/` behind it, or nothing.
fn own_folder(path: &str) -> String {
    match folder(path) {
        "" => String::new(),
        folder => format!("{folder}/"),
    }
}

impl Setup {
    fn differs(&mut self, tool: &'static str, by: &ToolFile, path: &str, kind: MismatchKind) {
        self.mismatches.push(Mismatch { tool, list: by.shown.clone(), path: path.to_owned(), kind });
    }

    /// Notes the order, and what is in the list or in the folder alone. Says whether nothing is.
    fn compare(&mut self, tool: &'static str, by: &ToolFile, listed: &[String], there: &BTreeSet<&str>) -> Agreement {
        let known = positions(listed);
        let before = self.mismatches.len();
        for path in listed.iter().filter(|path| !there.contains(path.as_str())) {
            self.differs(tool, by, path, MismatchKind::Missing);
        }
        for path in there.iter().filter(|path| !known.contains_key(*path)) {
            self.differs(tool, by, path, MismatchKind::Unlisted);
        }
        if before == self.mismatches.len() { Agreement::Full } else { Agreement::Partial }
    }
}

/// Whether a list has the names of the files, and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Agreement {
    Full,
    Partial,
}

/// The files that lie in the folder itself.
fn in_folder<'files>(files: &'files [SourceFile], folder: &str) -> BTreeMap<&'files str, &'files SourceFile> {
    let is_there = |path: &str| path.strip_prefix(folder).is_some_and(|rest| !rest.contains('/'));
    gathered(files.iter().filter(|file| is_there(&file.path)).map(|file| (file.path.as_str(), file)))
}

/// Drizzle's: it runs what is listed, in that order, and of an old database only what is younger than the last one
/// that this has run.
fn journal(setup: &mut Setup, files: &[SourceFile], tool: &ToolFile, folder: &str) {
    let entries = json(&tool.text).and_then(|root| root.get("entries").and_then(|all| all.as_array()).cloned());
    let Some(entries) = entries else { return setup.unread(tool) };
    let entries: Vec<(String, Option<i64>)> = entries
        .iter()
        .filter_map(|entry| {
            let tag = entry.get("tag")?.as_str()?;
            Some((format!("{folder}{tag}.sql"), entry.get("when").and_then(Value::as_i64)))
        })
        .collect();
    let numbered = |path: &&str| names::underscored(names::file(path)).is_some_and(|(number, _)| number.len() >= 4);
    let there: BTreeSet<&str> = gathered(in_folder(files, folder).into_keys().filter(numbered));
    let listed: Vec<String> = entries.iter().map(|(path, _)| path.clone()).collect();
    let _names = setup.compare("drizzle", tool, &listed, &there);
    let mut youngest: Option<(i64, &str)> = None;
    let mut last: Option<&str> = None;
    for (path, when) in &entries {
        if let (Some(when), Some((known, other))) = (when, youngest)
            && *when <= known
        {
            setup.differs("drizzle", tool, path, MismatchKind::Older(other.to_owned()));
        } else if let Some(other) = last.filter(|other| names::by_number(path, other) == Ordering::Less) {
            setup.differs("drizzle", tool, path, MismatchKind::Behind(other.to_owned()));
        }
        if let Some(when) = when.filter(|when| youngest.is_none_or(|(known, _)| *when > known)) {
            youngest = Some((when, path));
        }
        last = Some(path);
    }
    order(setup, Some("drizzle"), listed);
}

/// Atlas's: each hash is one of all names and texts up to there.
fn atlas(setup: &mut Setup, files: &[SourceFile], tool: &ToolFile, folder: &str) {
    let line = |line: &str| {
        let (name, hash) = line.split_once("h1:")?;
        Some((name.trim().to_owned(), hash.trim().to_owned()))
    };
    let listed: Vec<(String, String)> = tool.text.lines().skip(1).filter_map(line).collect();
    let there = in_folder(files, folder);
    let is_kept = |file: &SourceFile| !sections::head(&file.text).any(|line| line.contains("atlas:sum ignore"));
    let kept: BTreeSet<&str> = gathered(there.iter().filter(|(_, file)| is_kept(file)).map(|(path, _)| *path));
    let names: Vec<String> = listed.iter().map(|(name, _)| format!("{folder}{name}")).collect();
    if setup.compare("atlas", tool, &names, &kept) == Agreement::Partial {
        return;
    }
    let hashes: BTreeMap<&str, &str> =
        gathered(names.iter().zip(&listed).map(|(path, (_, hash))| (path.as_str(), hash.as_str())));
    let mut sum = Sha256::new();
    for (path, file) in there {
        sum.update(names::file(path));
        if !kept.contains(path) {
            continue;
        }
        sum.update(&file.text);
        if hashes.get(path).is_none_or(|hash| *hash != STANDARD.encode(sum.clone().finalize())) {
            // Each hash behind it differs as well.
            setup.differs("atlas", tool, path, MismatchKind::Edited);
            return;
        }
    }
}

/// Sqitch's: the names of the changes, in their order. One that is changed anew is listed again behind a tag, and
/// what it was bears the tag.
fn sqitch(setup: &mut Setup, files: &[SourceFile], tool: &ToolFile, folder: &str) {
    let deploy = format!("{folder}deploy/");
    let there: BTreeSet<&str> =
        gathered(files.iter().map(|file| file.path.as_str()).filter(|path| path.starts_with(&deploy)));
    let mut tags: Vec<&str> = Vec::new();
    let mut changes: Vec<Listed> = Vec::new();
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    for line in tool.text.lines().map(str::trim).filter(|line| !line.starts_with(['%', '#'])) {
        let Some(word) = line.split_whitespace().next() else { continue };
        if word.starts_with('@') {
            tags.push(word);
            continue;
        }
        let name = word.trim_start_matches(['+', '-']);
        if let Some(earlier) = open.insert(name, changes.len()).and_then(|at| changes.get_mut(at)) {
            earlier.until = tags.len();
        }
        changes.push(Listed { name, since: tags.len(), until: tags.len() });
    }
    let positions: BTreeMap<&str, usize> = gathered(tags.iter().enumerate().map(|(at, tag)| (*tag, at)));
    let mut tagged: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for path in &there {
        let bare = path.strip_prefix(&deploy).and_then(|path| path.strip_suffix(".sql"));
        let parts = bare.and_then(|bare| bare.rfind('@').map(|at| bare.split_at(at)));
        if let Some((name, tag)) = parts
            && let Some(position) = positions.get(tag)
        {
            tagged.entry(name).or_default().insert(*position);
        }
    }
    let path_of = |change: &Listed| {
        // It bears the first of the tags before it was changed anew, but for another that is there.
        let between = change.since..change.until;
        let kept = tagged.get(change.name).and_then(|tags| tags.range(between.clone()).next().copied());
        let tag = kept
            .or(Some(change.since).filter(|tag| between.contains(tag)))
            .and_then(|tag| tags.get(tag))
            .copied()
            .unwrap_or_default();
        format!("{deploy}{}{tag}.sql", change.name)
    };
    let listed: Vec<String> = changes.iter().map(path_of).collect();
    let _names = setup.compare("sqitch", tool, &listed, &there);
    order(setup, None, listed);
}

/// A change in Sqitch's plan.
struct Listed<'text> {
    name: &'text str,
    /// How many tags stand before it.
    since: usize,
    /// How many stand before it is changed anew; no more where it is not.
    until: usize,
}

/// Takes over the order of a list; that of another folder comes behind it.
fn order(setup: &mut Setup, runner: Option<&'static str>, listed: Vec<String>) {
    let list = setup.list.get_or_insert_with(|| List { runner, paths: Vec::new() });
    if list.runner == runner {
        list.paths.extend(listed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str, files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let files: Vec<SourceFile> = files.iter().map(|(path, text)| SourceFile::new(*path, *text)).collect();
        let tool = ToolFile { path: format!("/r/m/{name}"), shown: name.into(), text: text.into() };
        let setup = Setup::read("/r/m", &files, &[tool]);
        let shown = |mismatch: Mismatch| format!("{} {:?}", mismatch.path, mismatch.kind);
        (setup.mismatches.into_iter().map(shown).collect(), setup.list.map(|list| list.paths).unwrap_or_default())
    }

    /// As Atlas itself wrote it, into its own test data.
    const SUM: &str = "h1:sxNQqhuqhm1fLpr3WN9N/M/niaS81Y7k5RrSaKpmBZE=\n\
        1_baseline.sql h1:rZgkRmNcN2UEKgxru1nHCpBRVn/fjFavyQ4xxPxhrD4=\n\
        20220318104614_initial.sql h1:/B1/+IxzgrRc4tCm1tpcpMhocHgqkdWF+iffxuguYaQ=\n\
        20220318104615_second.sql h1:nUc1cUvm8BzjTZdbavM1IRlNpfhtyY3YyZJ8v23K9j4=\n";
    const FILES: [(&str, &str); 3] = [
        ("1_baseline.sql", "-- create \"baseline\" table\nCREATE TABLE baseline (`c` int NOT NULL);\n"),
        ("20220318104614_initial.sql", "-- create \"tbl\" table\nCREATE TABLE tbl (`col` int NOT NULL);\n"),
        ("20220318104615_second.sql", "ALTER TABLE `tbl` ADD `col_2` bigint;\n"),
    ];

    #[test]
    fn atlas_sums_names_and_texts() {
        let found = |files: &[(&str, &str)]| read("atlas.sum", SUM, files).0;
        assert_eq!(found(&FILES), Vec::<String>::new());
        let edited = [FILES[0], (FILES[1].0, "SELECT 1;\n"), FILES[2]];
        assert_eq!(found(&edited), ["20220318104614_initial.sql Edited"]);
        assert_eq!(found(&FILES[..2]), ["20220318104615_second.sql Missing"]);
        let more = [FILES[0], FILES[1], FILES[2], ("3.sql", ""), ("x/4.sql", "")];
        assert_eq!(found(&more), ["3.sql Unlisted"]);
    }

    #[test]
    fn what_atlas_does_not_sum_counts_by_its_name() {
        let ignored = ("1_a.sql", "-- atlas:sum ignore\n\nSELECT 1;");
        // The hash of both names and the second text.
        let mut sum = Sha256::new();
        sum.update("1_a.sql2_b.sqlSELECT 2;");
        let text = format!("h1:\n2_b.sql h1:{}\n", STANDARD.encode(sum.finalize()));
        assert_eq!(read("atlas.sum", &text, &[ignored, ("2_b.sql", "SELECT 2;")]).0, Vec::<String>::new());
    }

    #[test]
    fn the_journal_has_names_and_times() {
        let journal = |entries: &[(&str, i64)]| {
            let entries: Vec<String> = entries
                .iter()
                .enumerate()
                .map(|(at, (tag, when))| format!("{{\"idx\":{at},\"when\":{when},\"tag\":\"{tag}\"}}"))
                .collect();
            format!("{{\"entries\":[{}]}}", entries.join(","))
        };
        let files = [("0000_a.sql", ""), ("0001_b.sql", ""), ("0002_c.sql", ""), ("seed.sql", "")];
        let found = |entries: &[(&str, i64)]| read("meta/_journal.json", &journal(entries), &files);
        let (mismatches, order) = found(&[("0000_a", 1), ("0001_b", 2), ("0002_c", 3)]);
        assert_eq!(mismatches, Vec::<String>::new());
        assert_eq!(order, ["0000_a.sql", "0001_b.sql", "0002_c.sql"]);
        assert_eq!(
            found(&[("0000_a", 1), ("0002_c", 3), ("0003_d", 4)]).0,
            ["0003_d.sql Missing", "0001_b.sql Unlisted"]
        );
        assert_eq!(found(&[("0000_a", 1), ("0001_b", 9), ("0002_c", 3)]).0, ["0002_c.sql Older(\"0001_b.sql\")"]);
        assert_eq!(found(&[("0000_a", 1), ("0002_c", 2), ("0001_b", 3)]).0, ["0001_b.sql Behind(\"0002_c.sql\")"]);
        assert_eq!(read("meta/_journal.json", "{}", &files), (Vec::new(), Vec::new()));
    }

    #[test]
    fn the_plan_has_the_order() {
        let plan = "%syntax-version=1.0.0\n%project=a\n\n# first\nroles 2024-01-01T00:00:00Z A <a@b.c> # roles\n\
                    +users [roles] 2024-01-02T00:00:00Z A <a@b.c>\n@v1 2024-01-03T00:00:00Z A <a@b.c>\n\
                    users [users@v1] 2024-01-04T00:00:00Z A <a@b.c>\ngone\n";
        let files = ["deploy/roles.sql", "deploy/users.sql", "deploy/users@v1.sql", "deploy/x.sql", "verify/roles.sql"];
        let files: Vec<(&str, &str)> = files.iter().map(|path| (*path, "")).collect();
        let (mismatches, order) = read("sqitch.plan", plan, &files);
        assert_eq!(order, ["deploy/roles.sql", "deploy/users@v1.sql", "deploy/users.sql", "deploy/gone.sql"]);
        assert_eq!(mismatches, ["deploy/gone.sql Missing", "deploy/x.sql Unlisted"]);
    }

    /// Each tag stands behind all changes before it, and is not noted for all of them.
    #[test]
    fn a_plan_of_any_length_is_read() {
        let lines: Vec<String> = (0..50_000).map(|at| format!("c{at} 2024\n@v{at} 2024\n")).collect();
        let plan = lines.concat() + "c0 2024\n";
        let (mismatches, order) = read("sqitch.plan", &plan, &[("deploy/c0@v7.sql", "")]);
        assert_eq!((mismatches.len(), order.len()), (50_000, 50_001));
        assert_eq!(order[0], "deploy/c0@v7.sql");
    }
}
