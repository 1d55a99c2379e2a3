//! What was found in the migrations, and what they do, for a comment of a pull request: first of all whether it is
//! safe, then all that a reviewer wants to know, then how to carry it out and take it back.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Look;
use super::runbook::Runbook;
use super::words::{Secrets, code, fence, safe_code};
use crate::diagnostics::{Finding, Level};
use crate::engine::judge::{RemarkKind, Replay};
use crate::engine::watch::Watched;
use crate::lint::{Report, Settings};
use crate::render::place::Places;
use crate::render::{LEVELS, Linted, count, counted, counts};
use crate::text::Span;

/// What a bot knows its comment by.
const MARKER: &str = "<!-- remold -->\n";
/// How many characters a comment has at most: GitHub takes 65,536.
const MOST: usize = 65_000;
/// What is kept for saying what was left out.
const NOTE: usize = 320;
/// How many characters the account of the replay has at most.
const MOST_REPLAY: usize = 8_000;

/// What was found in the migrations of each database.
pub fn lint(all: &[Linted], look: &Look) -> String {
    let mut out = String::from(MARKER);
    if all.iter().any(|linted| linted.database.is_some()) {
        out.push_str(&of_all(all, look));
    }
    let room = (MOST - NOTE - length(&out)) / all.len().max(1);
    let mut left = MOST - NOTE - length(&out);
    for (at, linted) in all.iter().enumerate() {
        let section = section(linted, look, room.saturating_sub(1));
        let gap = if at > 0 { "\n" } else { "" };
        if length(&section) > left {
            let left = counted(all.len() - at, "database");
            out.push_str(&format!("{gap}**Left out, for a comment can hold no more: {left}.**\n"));
            break;
        }
        left -= length(&section) + gap.len();
        out.push_str(gap);
        out.push_str(&section);
    }
    out
}

/// Whether all of it is safe, in one line.
fn of_all(all: &[Linted], look: &Look) -> String {
    let safety = |linted: &Linted| Safety::of(linted, Runbook::of(linted, look).as_ref());
    let safeties: Vec<Safety> = all.iter().map(safety).collect();
    let worst = safeties.iter().copied().max().unwrap_or(Safety::Safe);
    let of_worst = all.iter().zip(&safeties).filter(|(_, safety)| **safety == worst);
    let names: Vec<String> = of_worst.filter_map(|(linted, _)| linted.database).map(safe_code).collect();
    let of =
        if names.len() == all.len() { String::new() } else { format!(" because of {}", super::runbook::some(&names)) };
    format!("{}{of}: {} here, one section each.\n\n", worst.words(), counted(all.len(), "database"))
}

fn section(linted: &Linted, look: &Look, most: usize) -> String {
    let mut page = Page { places: Places::new(linted.project), look };
    let runbook = Runbook::of(linted, look);
    let title = linted.database.map_or_else(String::new, |name| format!("## {}\n\n", safe_code(name)));
    let head = title + &verdict(linted, runbook.as_ref());
    let tail = checked(linted.settings, linted.report, &mut page);
    let (change, run) = runbook.as_ref().map(|runbook| told(linted, runbook, &mut page, most)).unwrap_or_default();
    let taken = [&head, &change[0], &change[1], &run, &tail].into_iter().map(|part| length(part)).sum::<usize>();
    let mut room = most.saturating_sub(NOTE + taken);
    let (found, left) = page.findings(linted.report, &mut room);
    let (allowed, left_allowed) = page.allowed(linted.report, &mut room);
    let mut out = [&*head, &change[0], &found, &allowed].concat();
    if !left.is_empty() || left_allowed > 0 {
        let of = |level| left.iter().filter(|left| **left == level).count();
        let mut left_out = Vec::from_iter((!left.is_empty()).then(|| counts(of)));
        left_out.extend((left_allowed > 0).then(|| counted(left_allowed, "allowed finding")));
        out.push_str(&format!(
            "**Left out, for a comment can hold no more: {}.** `remold lint` prints them all.\n\n",
            left_out.join(", ")
        ));
    }
    let whole = [out, change[1].clone(), run, tail].concat();
    if length(&whole) <= most {
        return whole;
    }
    // Where there are many databases, the room of one holds its verdict alone.
    head + "**Left out, for a comment can hold no more: all else.** `remold lint` prints it.\n"
}

/// What stands before the findings, then what stands behind them: the plan and the schema, and how to go about it.
fn told(linted: &Linted, runbook: &Runbook, page: &mut Page<'_>, most: usize) -> ([String; 2], String) {
    if runbook.items() == 0 {
        return Default::default();
    }
    let lines: Vec<String> = runbook.lines().into_iter().map(|line| format!("- {line}\n")).collect();
    let change =
        if lines.is_empty() { String::new() } else { titled("What changes", &fitted(&lines, most / 10, "line")) };
    let plan = first(runbook.items(), runbook.plan(&page.places), most / 5, "statement");
    let plan = titled("Plan", &plan);
    let difference: Vec<String> = runbook.difference().into_iter().map(|line| line + "\n").collect();
    let schema = if difference.is_empty() {
        String::new()
    } else {
        titled("Schema", &fence("diff", &fitted(&difference, most / 5, "line")))
    };
    let run = if runbook.is_planned() && runbook.acts() { run(linted, runbook, page, most) } else { String::new() };
    ([change, plan + &schema], run)
}

fn run(linted: &Linted, runbook: &Runbook, page: &mut Page<'_>, most: usize) -> String {
    let runner = &linted.settings.runner;
    let mut out = String::from("### Run it\n\n");
    if runbook.is_by_remold() {
        let folder = shell(if linted.project.root.is_empty() { "." } else { &linted.project.root });
        out.push_str(&fence("sh", &format!("remold apply --db FILE {folder}")));
        out.push_str(
            "It backs the database up, looks whether the schema is the one that this was planned for, does all of it in \
             one transaction, and looks again.\n\n",
        );
    } else {
        out.push_str("Back the database up first, while it is in use or not:\n\n");
        out.push_str(&fence("sh", "sqlite3 FILE \".backup 'FILE.before'\""));
        out.push_str(&format!(
            "Then {} runs the migrations.\n\n",
            Secrets::of(page.look.literals).inline(&runner.name)
        ));
    }
    let verify: Vec<String> = runbook.verify().into_iter().map(|line| line + "\n").collect();
    out.push_str(&titled("See that it worked", &fence("sql", &fitted(&verify, most / 10, "line"))));
    let back = runbook.roll_back(&mut page.places);
    let back: Vec<String> = back.into_iter().collect();
    if runbook.is_by_remold() {
        out.push_str(&titled(
            "Take it back",
            &format!("{}{}", fence("sh", "remold rollback --db FILE"), fitted(&back, most / 8, "file")),
        ));
    } else {
        out.push_str(&titled("Take it back", &fitted(&back, most / 8, "file")));
    }
    out
}

/// The word as a shell reads it.
fn shell(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "_-./:=@%+,".contains(character);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

fn titled(title: &str, text: &str) -> String {
    format!("### {title}\n\n{}\n\n", text.trim_end())
}

/// As many of the parts as there is room for, and how many are left out.
fn fitted(parts: &[String], most: usize, noun: &str) -> String {
    first(parts.len(), parts.iter().cloned(), most, noun)
}

/// The same of `count` parts that are not made yet.
fn first(count: usize, parts: impl Iterator<Item = String>, most: usize, noun: &str) -> String {
    let mut out = String::new();
    for (at, part) in parts.enumerate() {
        if out.len() + part.len() > most {
            let left = counted(count - at, &format!("more {noun}"));
            out.push_str(&format!("\n… and {left} left out\n"));
            break;
        }
        out.push_str(&part);
    }
    out
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether the change can go out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Safety {
    /// Nothing speaks against it.
    Safe,
    /// Somebody has to look.
    Perhaps,
    /// It will fail, or lose what nobody consents to lose.
    Not,
}

impl Safety {
    fn of(linted: &Linted, runbook: Option<&Runbook>) -> Self {
        let found = match crate::lint::worst(&linted.report.findings) {
            Some(Level::Error) => Self::Not,
            Some(Level::Warning) => Self::Perhaps,
            Some(Level::Note) | None => Self::Safe,
        };
        let planned = match runbook {
            Some(runbook) if runbook.loses_unasked() => Self::Not,
            Some(runbook) if !runbook.is_planned() && runbook.knows_all() => Self::Not,
            Some(runbook) if !runbook.is_planned() => Self::Perhaps,
            _ => Self::Safe,
        };
        found.max(planned)
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Not => "**Not safe**",
            Self::Perhaps => "**Perhaps not safe**",
            Self::Safe => "**Safe**",
        }
    }
}

/// Whether it is safe, what is lost, who waits and what breaks, in one line.
fn verdict(linted: &Linted, runbook: Option<&Runbook>) -> String {
    let Linted { project, settings, report, .. } = linted;
    let safety = Safety::of(linted, runbook);
    let migrations = project.migrations();
    let all = counted(migrations.len(), "file");
    let files = match &settings.chosen {
        Some(chosen) => {
            let chosen = migrations.iter().filter(|migration| chosen.contains(&migration.up.path)).count();
            format!("{} of {}", counted(chosen, "new or changed file"), migrations.len())
        }
        None => all,
    };
    let replayed = report.replay.is_some() || safety != Safety::Safe;
    let mut out = String::from(safety.words());
    out.push_str(if replayed { ": " } else { ", as far as its files say: " });
    for answer in
        runbook.filter(|runbook| runbook.acts() || !runbook.is_planned()).map(Runbook::answers).unwrap_or_default()
    {
        out.push_str(&format!("{answer}; "));
    }
    let of = |level| count(&report.findings, level);
    let found = if report.findings.is_empty() { String::from("no findings") } else { counts(of) };
    out.push_str(&format!("{found} in {files}"));
    if !report.allowed.is_empty() {
        out.push_str(&format!("; {} allowed by comments", report.allowed.len()));
    }
    if let Some(left) = report.left {
        out.push_str(&format!("; {} known by the baseline", left.known));
    }
    out.push_str(".\n\n");
    out
}

/// What writes places as links.
struct Page<'run> {
    places: Places<'run>,
    look: &'run Look<'run>,
}

impl Page<'_> {
    /// As many findings as there is room for, the worst of them first, below the files that they are in; and the
    /// levels of those for which there is none.
    fn findings(&mut self, report: &Report, room: &mut usize) -> (String, Vec<Level>) {
        let mut files: BTreeMap<&str, (Level, String)> = BTreeMap::new();
        let mut left = Vec::new();
        for level in LEVELS {
            for finding in report.findings.iter().filter(|finding| finding.level == level) {
                let mut said = String::new();
                if *room > 0 && !files.contains_key(&*finding.path) {
                    let address = self.address(&finding.path, None);
                    said = format!("#### [{}]({address})\n\n", safe_code(&self.places.relative(&finding.path)));
                }
                if *room > 0 {
                    said.push_str(&self.finding(finding));
                }
                // An empty line ends the section.
                let length = length(&said) + 1;
                if *room < length {
                    // What is left is for the end of the page alone.
                    *room = if length < MOST / 2 { 0 } else { *room };
                    left.push(level);
                    continue;
                }
                *room -= length;
                files.entry(&finding.path).or_insert((level, String::new())).1.push_str(&said);
            }
        }
        let mut sections: Vec<(Level, String)> = files.into_values().collect();
        sections.sort_by_key(|(level, _)| core::cmp::Reverse(*level));
        let found: String = sections.into_iter().map(|(_, section)| section + "\n").collect();
        (if found.is_empty() { found } else { format!("### Findings\n\n{found}") }, left)
    }

    fn finding(&mut self, finding: &Finding) -> String {
        let secrets = Secrets::in_finding(finding, self.look.literals);
        let place = self.places.at(&finding.path, finding.span);
        let address = self.address(&finding.path, Some(place.start.line));
        let mut out = format!(
            "- **{}** {} in [line {}]({address}): {}\n",
            finding.level,
            code(finding.rule),
            place.start.line,
            secrets.inline(&finding.message)
        );
        if let Some(error) = &finding.sqlite_error {
            out.push_str(&format!("  - SQLite says: {}\n", secrets.error(error)));
        }
        for said in finding.reason.iter().chain(&finding.help) {
            out.push_str(&format!("  - {}\n", secrets.inline(said)));
        }
        for related in &finding.related {
            let place = self.places.at(&related.path, related.span);
            let address = self.address(&related.path, Some(place.start.line));
            let shown = safe_code(&format!("{}:{}", self.places.relative(&related.path), place.start.line));
            out.push_str(&format!("  - [{shown}]({address}): {}\n", secrets.inline(&related.message)));
        }
        out
    }

    /// What comments allow, as far as there is room for it; and how many there is none for.
    fn allowed(&mut self, report: &Report, room: &mut usize) -> (String, usize) {
        let (open, close) = ("<details><summary>Allowed by comments</summary>\n\n", "\n</details>\n\n");
        let mut out = String::new();
        let mut left = 0;
        *room = room.saturating_sub(open.len() + close.len());
        for allowed in &report.allowed {
            let finding = &allowed.finding;
            if *room == 0 {
                left += 1;
                continue;
            }
            let place = self.places.at(&finding.path, finding.span);
            let address = self.address(&finding.path, Some(place.start.line));
            let shown = safe_code(&format!("{}:{}", self.places.relative(&finding.path), place.start.line));
            let secrets = Secrets::in_finding(finding, self.look.literals);
            let (message, reason) = (secrets.inline(&finding.message), secrets.inline(&allowed.reason));
            let reason = if reason.is_empty() { String::from("no reason is given") } else { reason };
            let said = format!("- {} in [{shown}]({address}): {message} ({reason})\n", code(finding.rule));
            let length = length(&said);
            if *room < length {
                *room = 0;
                left += 1;
                continue;
            }
            *room -= length;
            out.push_str(&said);
        }
        if out.is_empty() { (out, left) } else { ([open, &out, close].concat(), left) }
    }

    fn address(&self, path: &str, place: Option<u32>) -> String {
        self.look.address(&self.places, path, place)
    }

    /// Where it is, for what is said of a replay.
    fn shown(&mut self, path: &str, span: Option<Span>) -> String {
        let shown = self.places.relative(path);
        match span {
            Some(span) => format!("{shown}:{}", self.places.at(path, span).start.line),
            None => shown,
        }
    }
}

/// What was replayed and what not, and for whom it was checked.
fn checked(settings: &Settings, report: &Report, page: &mut Page<'_>) -> String {
    let secrets = Secrets::of(page.look.literals);
    let mut out = match &report.replay {
        Some(replay) => replayed(replay, page),
        None => String::from("Nothing was replayed: the files were only read.\n"),
    };
    let count = |wanted: fn(&Watched) -> bool| report.queries.iter().filter(|came| wanted(came)).count();
    if !report.queries.is_empty() {
        let watched = count(|came| matches!(came, Watched::Yes));
        let unwatched = count(|came| matches!(came, Watched::No(_)));
        let all = report.queries.len();
        out.push_str(&format!(
            "- queries of the application: {watched} of {all} watched beside these files, {unwatched} could not be\n"
        ));
    }
    let name = settings.runner.name.as_str();
    let by = if name == "by hand" { "" } else { "by " };
    let gap = if out.ends_with("\n\n") { "" } else { "\n" };
    out.push_str(&format!(
        "{gap}Checked for SQLite {}, executed by {}, run {by}{}.\n",
        settings.versions,
        settings.engine,
        secrets.inline(name)
    ));
    out
}

fn replayed(replay: &Replay, page: &mut Page<'_>) -> String {
    let secrets = Secrets::of(page.look.literals);
    let mut out = format!(
        "Replayed {} ({}) on SQLite {} with seeded rows, foreign keys {}.\n\n",
        counted(replay.files as usize, "file"),
        counted(replay.statements as usize, "statement"),
        replay.engine,
        replay.foreign_keys
    );
    if !replay.disagreements.is_empty() {
        let differ = counted(replay.disagreements.len(), "place");
        out.push_str(&format!("- remold's model and SQLite differ at {differ}; please report it\n"));
    }
    for (at, remark) in replay.remarks.iter().enumerate() {
        let what = match remark.kind {
            RemarkKind::NotReplayed => "not replayed",
            RemarkKind::NotMade => "not made before it",
            RemarkKind::NotSeeded => "without a row",
            RemarkKind::StandIn => "with a stand-in",
        };
        let (shown, why) = (page.shown(&remark.path, remark.span), secrets.inline(&remark.message));
        let said = format!("- {what}: {}: {why}\n", safe_code(&shown));
        if length(&out) + length(&said) > MOST_REPLAY {
            out.push_str(&format!("- and {} more\n", replay.remarks.len() - at));
            break;
        }
        out.push_str(&said);
    }
    out
}
