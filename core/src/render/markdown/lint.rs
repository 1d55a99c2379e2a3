//! Findings as Markdown, for a comment of a pull request.
//!
//! The comment holds names and no data: whatever may be a literal of the SQL is left out.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::code;
use crate::diagnostics::{Finding, Level};
use crate::engine::judge::{RemarkKind, Replay};
use crate::engine::watch::Watched;
use crate::history::Project;
use crate::lint::{Report, Settings};
use crate::parse::token::{self, TokenKind};
use crate::render::place::{Located, Places, encoded};
use crate::render::{LEVELS, count, counted, counts};
use crate::text::Span;
use crate::text::visible::visible;

/// What a bot knows its comment by.
const MARKER: &str = "<!-- remold -->\n";
/// How many characters a comment has at most: GitHub takes 65,536.
const MOST: usize = 65_000;
/// What is kept for saying what was left out.
const NOTE: usize = 300;
/// How many characters the account of the replay has at most.
const MOST_REPLAY: usize = 8_000;

/// The findings of a project. `files` is the address below which the files can be read; where there is none, links
/// are relative.
pub fn lint(project: &Project, settings: &Settings, report: &Report, files: Option<&str>) -> String {
    let mut page = Page { places: Places::new(project), files };
    let (head, tail) = (verdict(project, report), checked(settings, report, &mut page));
    let mut room = MOST - NOTE - MARKER.len() - length(&head) - length(&tail);
    let (found, left) = page.findings(report, &mut room);
    let (allowed, left_allowed) = page.allowed(report, &mut room);
    let mut out = [MARKER, &head, &found, &allowed].concat();
    if left.is_empty() && left_allowed == 0 {
        return out + &tail;
    }
    let of = |level| left.iter().filter(|left| **left == level).count();
    let mut left_out = Vec::from_iter((!left.is_empty()).then(|| counts(of)));
    left_out.extend((left_allowed > 0).then(|| counted(left_allowed, "allowed finding")));
    out.push_str(&format!(
        "**Left out, for a comment can hold no more: {}.** `remold lint` prints them all.\n\n",
        left_out.join(", ")
    ));
    out + &tail
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether it is safe, in one line.
fn verdict(project: &Project, report: &Report) -> String {
    let files = counted(project.migrations().len(), "file");
    let of = |level| count(&report.findings, level);
    let answer = match crate::lint::worst(&report.findings) {
        Some(Level::Error) => "**Not safe**",
        Some(Level::Warning) => "**Perhaps not safe**",
        Some(Level::Note) | None => "**Safe**, as far as its files say",
    };
    let found = if report.findings.is_empty() { String::from("no findings") } else { counts(of) };
    let mut out = format!("{answer}: {found} in {files}");
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
    files: Option<&'run str>,
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
                    said = format!("### [{}]({address})\n\n", safe_code(&self.places.relative(&finding.path)));
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
        (sections.into_iter().map(|(_, section)| section + "\n").collect(), left)
    }

    fn finding(&mut self, finding: &Finding) -> String {
        let literals = literals(finding);
        let place = self.places.at(&finding.path, finding.span);
        let address = self.address(&finding.path, Some(&place));
        let mut out = format!(
            "- **{}** {} in [line {}]({address}): {}\n",
            finding.level,
            code(finding.rule),
            place.start.line,
            inline(&finding.message, &literals)
        );
        if let Some(error) = &finding.sqlite_error {
            out.push_str(&format!("  - SQLite says: {}\n", safe_code(&harmless_error(error))));
        }
        for said in finding.reason.iter().chain(&finding.help) {
            out.push_str(&format!("  - {}\n", inline(said, &literals)));
        }
        for related in &finding.related {
            let place = self.places.at(&related.path, related.span);
            let address = self.address(&related.path, Some(&place));
            let shown = safe_code(&format!("{}:{}", self.places.relative(&related.path), place.start.line));
            out.push_str(&format!("  - [{shown}]({address}): {}\n", inline(&related.message, &literals)));
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
            let address = self.address(&finding.path, Some(&place));
            let shown = safe_code(&format!("{}:{}", self.places.relative(&finding.path), place.start.line));
            let literals = literals(finding);
            let (message, reason) = (inline(&finding.message, &literals), inline(&allowed.reason, &literals));
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

    fn address(&self, path: &str, place: Option<&Located>) -> String {
        let path = encoded(&self.places.relative(path));
        let line = place.map_or_else(String::new, |place| format!("#L{}", place.start.line));
        match self.files {
            // What could end the link, and nothing else, is written otherwise.
            Some(files) => {
                let files = files.trim_end_matches('/').chars();
                let files: String = files
                    .map(|character| match character {
                        '!'..='\'' | '*'..=';' | '=' | '?'..='~' if character != '\\' => character.to_string(),
                        other => encoded(other.encode_utf8(&mut [0; 4])),
                    })
                    .collect();
                format!("{files}/{path}{line}")
            }
            None => format!("{path}{line}"),
        }
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
    out.push_str(&format!(
        "\nChecked for SQLite {}, executed by {}, run {by}{}.\n",
        settings.versions,
        settings.engine,
        inline(name, &BTreeSet::new())
    ));
    out
}

fn replayed(replay: &Replay, page: &mut Page<'_>) -> String {
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
        let (shown, why) = (page.shown(&remark.path, remark.span), inline(&remark.message, &BTreeSet::new()));
        let said = format!("- {what}: {}: {why}\n", safe_code(&shown));
        if length(&out) + length(&said) > MOST_REPLAY {
            out.push_str(&format!("- and {} more\n", replay.remarks.len() - at));
            break;
        }
        out.push_str(&said);
    }
    out
}

/// The strings that the finding shows, without their quotes: what a message calls by its text is one of them,
/// too.
fn literals(finding: &Finding) -> BTreeSet<String> {
    let all = [&*finding.message].into_iter().chain(finding.reason.as_deref()).chain(finding.help.as_deref());
    let mut found = BTreeSet::new();
    for part in all.flat_map(|text| text.split('`')).filter(|part| part.contains('\'')) {
        let from_quote = part.find('\'').map_or("", |at| &part[at..]);
        let strings = [part, from_quote].into_iter().flat_map(|part| token::each(part).map(move |token| (part, token)));
        found.extend(
            strings
                .filter(|(_, token)| token.kind == TokenKind::String)
                .map(|(part, token)| token.unquoted(part).into_owned()),
        );
    }
    found
}

/// Text in which nothing but our own backticks means something, and no literal stands.
fn inline(text: &str, literals: &BTreeSet<String>) -> String {
    let text = visible(text);
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 0 {
            out.push_str(&plain(&harmless(part, Around::Words)));
        } else if !part.trim().is_empty() {
            out.push_str(&if literals.contains(part) { code("…") } else { code(&harmless(part, Around::Sql)) });
        }
    }
    out
}

fn safe_code(text: &str) -> String {
    if text.trim().is_empty() { String::from("(nothing)") } else { code(&visible(text)) }
}

/// What stands around a literal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// SQL, or a name.
    Sql,
    /// Our own words, which have apostrophes and versions in them.
    Words,
}

/// The text with `…` for each literal.
fn harmless(text: &str, around: Around) -> String {
    // `SQLITE_DQS=0` is no expression of anybody's.
    let is_sql =
        (text.contains(['\'', '(', '=', '<', '>']) || text.trim().contains(' ')) && !text.starts_with("SQLITE_");
    if !is_sql || (around == Around::Words && !text.contains(['\'', '('])) {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    let (mut done, mut depth) = (0, 0_usize);
    while let Some(token) = token::first(&text[done..]) {
        let (start, end) = (done + token.span.start as usize, done + token.span.end as usize);
        let word = &text[start..end];
        let is_apostrophe = around == Around::Words
            && word.starts_with('\'')
            && text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        out.push_str(&text[done..start]);
        done = end;
        match token.kind {
            _ if is_apostrophe => {
                out.push('\'');
                done = start + 1;
            }
            TokenKind::String | TokenKind::Blob => out.push_str("'…'"),
            TokenKind::Illegal if word.contains('\'') => out.push_str("'…"),
            TokenKind::Quoted if word.contains('\'') => out.push_str("\"…\""),
            TokenKind::Number if around == Around::Sql || depth > 0 => out.push('…'),
            _ => out.push_str(word),
        }
        match word {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    out.push_str(&text[done..]);
    out
}

/// SQLite's words without what they repeat of the SQL's literals.
fn harmless_error(error: &str) -> String {
    if let Some((before, _)) = error.split_once("unrecognized token") {
        return format!("{before}unrecognized token");
    }
    // Here SQLite says itself that the name may be a string.
    if let Some((before, _)) = error.split_once(" - should this be a string literal") {
        let name = before.find('"').unwrap_or(before.len());
        return format!("{}…", &before[..name]);
    }
    if let Some(word) = error.strip_prefix("near \"").and_then(|rest| rest.strip_suffix("\": syntax error")) {
        let is_literal = word.starts_with(['\'', '"', '.']) || word.starts_with(|first: char| first.is_ascii_digit());
        let is_blob = word.contains('\'');
        return if is_literal || is_blob { String::from("near \"…\": syntax error") } else { error.to_string() };
    }
    match error.split_once("CHECK constraint failed: ") {
        Some((before, check)) => format!("{before}CHECK constraint failed: {}", harmless(check, Around::Sql)),
        None => harmless(error, Around::Words),
    }
}

/// Words in which no character means anything.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, word) in text.split([' ', '\n', '\t']).enumerate() {
        if at > 0 {
            out.push(' ');
        }
        // What services make links, mentions and references of, they leave alone in code.
        if word.contains(['@', '#']) || word.contains("://") || word.contains("www.") {
            let escaped = word.chars().map(|character| escaped(character, char::is_ascii_punctuation));
            out.push_str(&format!("<code>{}</code>", escaped.collect::<String>()));
        } else {
            out.extend(word.chars().map(|character| escaped(character, |it| "\\`*_{}[]<>|~!$&".contains(*it))));
        }
    }
    out
}

fn escaped(character: char, means_something: impl Fn(&char) -> bool) -> String {
    if means_something(&character) { format!("\\{character}") } else { character.to_string() }
}
