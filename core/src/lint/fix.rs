//! Mends what can be mended, and proves it: the fixed files are linted, and run by the engine, before anybody
//! gets them.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Report, Settings, lint_on};
use crate::diagnostics::{Finding, Level, Safety};
use crate::engine::Engine;
use crate::history::Project;
use crate::parse::normal;
use crate::text::edit;

/// How often the files are mended and looked at again. What a fix makes possible for another comes in the
/// next round.
const ROUNDS: usize = 10;

/// What fixing came to.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The files, mended.
    pub project: Project,
    /// What is found in the files as they were.
    pub before: Report,
    /// What was mended, as it was found.
    pub made: Vec<Finding>,
    /// What was not, though a rule had a fix for it, and why.
    pub refused: Vec<(Finding, String)>,
    /// What is found in the mended files.
    pub report: Report,
}

/// Mends what has a fix that is as safe as `safety` asks for, or safer.
pub fn fix(project: &Project, settings: &Settings, engine: &mut dyn Engine, safety: Safety) -> Fixed {
    let report = lint_on(project, settings, engine);
    let (project, before) = (project.clone(), report.clone());
    let mut fixed = Fixed { project, before, made: Vec::new(), refused: Vec::new(), report };
    let mut known = BTreeSet::new();
    for _ in 0..ROUNDS {
        let offered = fixed.offered(safety, &known);
        if offered.is_empty() {
            break;
        }
        if fixed.take(offered.clone(), settings, engine).is_err() {
            fixed.take_each(offered, safety, &mut known, settings, engine);
        }
    }
    fixed
}

/// What a finding is known by while the text moves: its rule, its file, its message.
type Identity = (&'static str, String, String);

fn identity(finding: &Finding) -> Identity {
    (finding.rule, finding.path.clone(), finding.message.clone())
}

impl Fixed {
    /// The findings that have a fix which may be made.
    fn offered(&self, safety: Safety, refused: &BTreeSet<Identity>) -> Vec<Finding> {
        let may = |finding: &&Finding| {
            finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe || safety == Safety::Unsafe)
                && !refused.contains(&identity(finding))
        };
        self.report.findings.iter().filter(may).cloned().collect()
    }

    /// Makes them one by one, for one of them is to blame that they cannot be made together.
    fn take_each(
        &mut self,
        findings: Vec<Finding>,
        safety: Safety,
        refused: &mut BTreeSet<Identity>,
        settings: &Settings,
        engine: &mut dyn Engine,
    ) {
        for finding in findings {
            let wanted = identity(&finding);
            // What was mended before may have moved it, or mended it as well.
            let Some(now) = self.offered(safety, refused).into_iter().find(|other| identity(other) == wanted) else {
                continue;
            };
            if let Err(why) = self.take(Vec::from([now]), settings, engine) {
                refused.insert(wanted);
                self.refused.push((finding, why));
            }
        }
    }

    /// Makes the fixes, if that is proven to help. The error says what speaks against it.
    fn take(&mut self, findings: Vec<Finding>, settings: &Settings, engine: &mut dyn Engine) -> Result<(), String> {
        let mut mended = self.project.clone();
        for file in &mut mended.files {
            let own = findings.iter().filter(|finding| finding.path == file.path);
            let edits = own.filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| fix.edits.clone()).collect();
            file.text = edit::apply(&file.text, edits);
            file.halves = mended.recognised.layout.halves(&file.text);
        }
        let after = lint_on(&mended, settings, engine);
        proven(&self.report, &after, &findings)?;
        self.project = mended;
        self.report = after;
        self.made.extend(findings);
        Ok(())
    }
}

/// Whether the fixes have silenced their rules and done no harm. A safe one lets no other rule speak and
/// leaves the schema as it was; behind another the statement may be a new one, of which there is more to say.
fn proven(before: &Report, after: &Report, made: &[Finding]) -> Result<(), String> {
    let is_safe = made.iter().all(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe));
    let (was, is, mended) = (counts(&before.findings), counts(&after.findings), counts(made));
    let of = |counts: &Counts, key| counts.get(key).copied().unwrap_or_default();
    for (key, count) in &is {
        let (path, rule) = key;
        let speaks = *count > of(&was, key).saturating_sub(of(&mended, key));
        if speaks && mended.contains_key(key) {
            return Err(format!("`{rule}` would still be found in `{path}`"));
        }
        if speaks && (is_safe || *rule == "unreadable-statement") {
            return Err(format!("`{rule}` would be found then in `{path}`"));
        }
    }
    let errors = |report: &Report| report.findings.iter().filter(|finding| finding.level == Level::Error).count();
    if errors(after) > errors(before) {
        return Err(String::from("there would be more errors"));
    }
    if is_safe && normal(&before.schema.to_sql()) != normal(&after.schema.to_sql()) {
        return Err(String::from("the schema would end otherwise"));
    }
    Ok(())
}

/// How many findings of each rule each file has.
type Counts = BTreeMap<(String, &'static str), usize>;

fn counts(findings: &[Finding]) -> Counts {
    let mut counts = Counts::new();
    for finding in findings {
        *counts.entry((finding.path.clone(), finding.rule)).or_default() += 1;
    }
    counts
}
