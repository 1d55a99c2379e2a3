//! What the tools' own files say of the migrations: who runs them, which of them, in which order, and which
//! outside a transaction.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::names;
use crate::text::{SourceFile, gathered};

pub mod list;
mod project;
mod wrangler;

use list::{List, Mismatch};

/// The files by which tools are set up, in the migrations' folder or one above it.
pub const ABOVE: [&str; 11] = [
    "Cargo.toml",
    "drizzle.config.cjs",
    "drizzle.config.js",
    "drizzle.config.mjs",
    "drizzle.config.mts",
    "drizzle.config.ts",
    "go.mod",
    "package.json",
    "wrangler.json",
    "wrangler.jsonc",
    "wrangler.toml",
];

/// Whether a file below the migrations' folder says something of them.
pub fn is_below(path: &str) -> bool {
    let name = names::file(path);
    ["_journal.json", "atlas.sum", "metadata.toml", "sqitch.plan"].contains(&name) || name.ends_with(".sql.conf")
}

/// A file by which a tool is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolFile {
    /// Its whole path, from the root of all files on, with `/`.
    pub path: String,
    /// The path as people type it.
    pub shown: String,
    /// What it says.
    pub text: String,
}

/// What the tools' own files say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// Who runs the files, by each file that says so; the nearest one first.
    pub runners: Vec<Named>,
    /// What wrangler sees, where its file says where it looks.
    pub sight: Option<Sight>,
    /// The files that their runner runs outside a transaction, by their paths below the root.
    pub apart: BTreeSet<String>,
    /// The order that the tool's own list has.
    pub list: Option<List>,
    /// How that list differs from the files.
    pub mismatches: Vec<Mismatch>,
    /// What cannot be relied on.
    pub doubts: Vec<String>,
    /// Where else a runner looks, and not here.
    pub elsewhere: Option<String>,
}

/// A runner, and who says that it runs the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name by which it is known.
    pub runner: String,
    /// The file that says so.
    pub by: String,
    /// How it says so.
    pub weight: Weight,
}

/// How much it says that a file names a runner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The project only depends on it.
    Dependency,
    /// A command runs it.
    Command,
    /// It is set up to run the files of this very folder, or somebody typed its name.
    Folder,
}

/// Which files a runner sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Who.
    pub runner: &'static str,
    /// The file that says so.
    pub by: String,
    /// The pattern, as that file has it.
    pub pattern: String,
    /// The pattern by which it would see what it does not.
    pub wider: String,
    /// The files that it sees, by their paths below the root.
    pub seen: BTreeSet<String>,
    /// Those in its folder that it does not see.
    pub hidden: BTreeSet<String>,
}

impl Setup {
    /// What the tools' files say of the files below the root, which is a whole path; the nearest comes first.
    pub fn read(root: &str, files: &[SourceFile], tools: &[ToolFile]) -> Self {
        let mut setup = Self::default();
        let mut said: BTreeSet<&str> = BTreeSet::new();
        for tool in tools {
            let name = names::file(&tool.path);
            let known = setup.runners.len();
            match name {
                "wrangler.toml" | "wrangler.json" | "wrangler.jsonc" => wrangler::read(&mut setup, root, files, tool),
                // What the nearest one says holds, and not what those above it say.
                _ if said.contains(name) => {}
                "package.json" => project::package(&mut setup, tool),
                "Cargo.toml" => project::cargo(&mut setup, tool),
                "go.mod" => project::go(&mut setup, tool),
                "_journal.json" | "atlas.sum" | "sqitch.plan" => list::read(&mut setup, root, files, tool),
                "metadata.toml" => metadata(&mut setup, root, tool),
                _ if name.starts_with("drizzle.config.") => project::drizzle(&mut setup, tool),
                _ if name.ends_with(".sql.conf") => script_configuration(&mut setup, root, tool),
                _ => {}
            }
            if setup.runners.len() > known {
                said.insert(name);
            }
        }
        setup.look_elsewhere();
        setup
    }

    /// Whose file says that it looks in other folders runs nothing here, whoever calls it.
    fn look_elsewhere(&mut self) {
        let Some(elsewhere) = self.elsewhere.as_mut().filter(|_| self.sight.is_none()) else { return };
        for named in self.runners.extract_if(.., |named| named.runner == "wrangler") {
            elsewhere.push_str(&format!(", though {} names it", named.by));
        }
    }

    fn name(&mut self, runner: &str, tool: &ToolFile, weight: Weight) {
        if !self.runners.iter().any(|named| named.runner == runner && named.weight >= weight) {
            self.runners.push(Named { runner: runner.to_string(), by: tool.shown.clone(), weight });
        }
    }

    fn unread(&mut self, tool: &ToolFile) {
        self.doubts.push(format!("{} cannot be read", tool.shown));
    }
}

/// Diesel's own: it holds for the files beside it.
fn metadata(setup: &mut Setup, root: &str, tool: &ToolFile) {
    let Ok(table) = DeTable::parse(&tool.text) else { return setup.unread(tool) };
    let value = table.get_ref().get("run_in_transaction").map(Spanned::get_ref);
    if let (Some(DeValue::Boolean(false)), Some(path)) = (value, below(root, &tool.path)) {
        let folder = path.strip_suffix("metadata.toml").unwrap_or_default();
        setup.apart.extend(["up.sql", "down.sql"].map(|name| format!("{folder}{name}")));
    }
}

/// Flyway's own: it holds for the script whose name it has.
fn script_configuration(setup: &mut Setup, root: &str, tool: &ToolFile) {
    let says = |line: &str| {
        let pair = line.split_once('=').map(|(key, value)| (key.trim(), value.trim()));
        pair.is_some_and(|(key, value)| key == "executeInTransaction" && value.eq_ignore_ascii_case("false"))
    };
    if let Some(script) = below(root, &tool.path).and_then(|path| path.strip_suffix(".conf"))
        && tool.text.lines().any(says)
    {
        setup.apart.insert(script.to_string());
    }
}

/// The path below the folder.
fn below<'path>(folder: &str, path: &'path str) -> Option<&'path str> {
    let rest = path.strip_prefix(folder.trim_end_matches('/'))?;
    rest.strip_prefix('/')
}

/// The folder that a file lies in.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The whole path of what is called so as seen from the folder.
fn resolved(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if joined.starts_with('/') || folder.contains(':') { joined } else { format!("/{joined}") }
}

/// Whether the path is one that the pattern means: `*` and `?` stand for parts of a name, `**` for folders, and
/// `{a,b}` for one of both.
fn is_meant(pattern: &str, path: &str) -> bool {
    alternatives(pattern).iter().any(|pattern| {
        let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
        are_meant(&pattern, &path)
    })
}

fn are_meant(pattern: &[&str], path: &[&str]) -> bool {
    match pattern.split_first() {
        None => path.is_empty(),
        Some((&"**", rest)) => (0..=path.len()).any(|skipped| are_meant(rest, &path[skipped..])),
        Some((first, rest)) => path
            .split_first()
            .is_some_and(|(name, path)| is_like(first.as_bytes(), name.as_bytes()) && are_meant(rest, path)),
    }
}

/// Whether a name is one that the pattern means. Of the stars only the last one is ever tried again.
fn is_like(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut next, mut star) = (0, 0, None);
    while at < name.len() {
        match pattern.get(next) {
            Some(b'*') => {
                star = Some((next, at));
                next += 1;
            }
            Some(letter) if *letter == b'?' || *letter == name[at] => (at, next) = (at + 1, next + 1),
            _ => {
                let Some((place, from)) = star else { return false };
                star = Some((place, from + 1));
                (at, next) = (from + 1, place + 1);
            }
        }
    }
    pattern[next..].iter().all(|letter| *letter == b'*')
}

/// The patterns that one with braces stands for; of many braces the first few are read.
fn alternatives(pattern: &str) -> Vec<String> {
    let mut all = Vec::from([pattern.to_string()]);
    for _ in 0..4 {
        let opened = |pattern: &String| {
            let open = pattern.find('{')?;
            let close = open + pattern[open..].find('}')?;
            Some((open, close))
        };
        all = all
            .into_iter()
            .flat_map(|pattern| match opened(&pattern) {
                Some((open, close)) => {
                    let (head, tail) = (&pattern[..open], &pattern[close + 1..]);
                    pattern[open + 1..close].split(',').map(|word| format!("{head}{word}{tail}")).collect()
                }
                None => Vec::from([pattern]),
            })
            .take(64)
            .collect();
    }
    all
}

/// The objects of a JSON text that may have comments and commas behind the last item.
fn json(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text).or_else(|_| serde_json::from_str(&without_comments(text))).ok()
}

/// The text as plain JSON has it.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim_start_matches('\u{feff}');
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '/' if rest.starts_with("//") => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            '/' if rest.starts_with("/*") => {
                rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
                continue;
            }
            '}' | ']' => {
                let kept = out.trim_end().strip_suffix(',').map(str::len);
                out.truncate(kept.unwrap_or(out.len()));
                1
            }
            other => other.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// How long the string is that the text begins with, quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Where each path stands in a list.
pub(super) fn positions(paths: &[String]) -> BTreeMap<&str, usize> {
    gathered(paths.iter().enumerate().map(|(at, path)| (path.as_str(), at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_names_and_folders() {
        for (pattern, path, expected) in [
            ("/r/m/*.sql", "/r/m/1_a.sql", true),
            ("/r/m/*.sql", "/r/m/1_a/migration.sql", false),
            ("/r/m/*/migration.sql", "/r/m/1_a/migration.sql", true),
            ("/r/m/**/*.sql", "/r/m/1_a.sql", true),
            ("/r/m/**/*.sql", "/r/m/x/y/1_a.sql", true),
            ("/r/m/{*.sql,*/migration.sql}", "/r/m/1_a.sql", true),
            ("/r/m/[0-9]*.sql", "/r/m/1_a.sql", false),
            ("/r/m/????_*.sql", "/r/m/0001_a.sql", true),
            ("/r/m/*a*b*c.sql", "/r/m/aXbXbc.sql", true),
        ] {
            assert_eq!(is_meant(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_path_is_resolved_where_it_is_named() {
        assert_eq!(resolved("/a/b", "./c/../d"), "/a/b/d");
        assert_eq!(resolved("/a/b", "../../../c"), "/c");
        assert_eq!(resolved("/a", "/c/"), "/c");
        assert_eq!(resolved("C:/a", "d"), "C:/a/d");
    }

    #[test]
    fn comments_are_no_part_of_json() {
        let text = "// a\n{ \"a\": \"b // c /* d */ \\\" ,}\", /* e */ \"f\": [1, 2,], }";
        assert_eq!(json(text).unwrap()["f"][1], 2);
        assert_eq!(json(text).unwrap()["a"], "b // c /* d */ \" ,}");
        for broken in ["", "{", "\"", "/*", "{]", "// {"] {
            assert_eq!(json(broken), None, "{broken}");
        }
    }

    #[test]
    fn what_stands_beside_a_file_takes_it_out_of_the_transaction() {
        let tool = |path: &str, text: &str| ToolFile { path: path.into(), shown: path.into(), text: text.into() };
        let tools = [
            tool("/m/1_a/metadata.toml", "run_in_transaction = false"),
            tool("/m/2_b/metadata.toml", "run_in_transaction = true"),
            tool("/m/V1__a.sql.conf", "# why\nexecuteInTransaction = false\n"),
            tool("/m/V2__b.sql.conf", "executeInTransaction=true"),
            tool("/m/3_c/metadata.toml", "run_in_transaction ="),
        ];
        let setup = Setup::read("/m", &[], &tools);
        assert_eq!(setup.apart.iter().collect::<Vec<_>>(), ["1_a/down.sql", "1_a/up.sql", "V1__a.sql"]);
        assert_eq!(setup.doubts, ["/m/3_c/metadata.toml cannot be read"]);
    }
}
