//! What the comments of a file allow: findings that are known and left, each with its reason.

use alloc::string::String;
use alloc::vec::Vec;

use super::Settings;
use crate::diagnostics::{Finding, Findings};
use crate::directive::{Directive, Fault, Scope, directives};
use crate::parse::Source;
use crate::rule::{Check, Rule};
use crate::rules::RULES;
use crate::sqlite::name;
use crate::text::{SourceFile, Span};

/// A finding that a comment allows.
#[derive(Clone, Debug)]
pub struct Allowed {
    /// What was found.
    pub finding: Finding,
    /// Why it is left.
    pub reason: String,
}

/// Takes out of the file's findings, which begin at `from`, those that its comments allow, and reports the
/// comments that do nothing.
pub(super) fn settle(
    file: &SourceFile,
    settings: &Settings,
    replayed: bool,
    found: &mut Vec<Finding>,
    from: usize,
) -> Vec<Allowed> {
    let (directives, mut faults) = directives(&file.text, settings.reasons);
    if directives.is_empty() {
        report(&faults, file, found);
        return Vec::new();
    }
    let statements = statements(file);
    let mut allowed = Vec::new();
    for directive in &directives {
        let Some(range) = range(directive, &directives, &statements, file) else { continue };
        if let (Some(until), Some(today)) = (&directive.until, &settings.today)
            && until < today
        {
            faults.push(Fault::Expired { comment: directive.span, until: until.clone() });
            continue;
        }
        for rule in &directive.names {
            let Some(known) = RULES.iter().find(|entry| entry.rule.id == rule.text) else {
                faults.push(unknown(directive.span, &rule.text));
                continue;
            };
            let before = allowed.len();
            take(
                found,
                from,
                &mut allowed,
                |finding| finding.rule == rule.text && range.contains(finding.span),
                directive,
            );
            let runs = match known.rule.check {
                Check::Replay(_) => replayed,
                // Queries change with each release, and the files stay as they are.
                Check::Query(_) => false,
                _ => true,
            };
            let could = runs && settings.levels.of(known.rule.id, &file.path, known.rule.level).is_some();
            // Little is looked at in what takes the change back.
            if allowed.len() == before && could && !file.takes_back(directive.span) {
                let alone = directive.names.len() == 1;
                let fault = Fault::Unused { comment: directive.span, rule: rule.span, id: rule.text.clone(), alone };
                faults.push(fault);
            }
        }
    }
    report(&faults, file, found);
    allowed
}

/// Where the statements of both halves stand.
fn statements(file: &SourceFile) -> Vec<Span> {
    let mut spans: Vec<Span> = Source::of(file).spans().collect();
    if file.halves.is_some() {
        spans.extend(Source::of(&file.turned()).spans());
        spans.sort_unstable();
    }
    spans
}

/// Moves the findings that are meant.
fn take(
    found: &mut Vec<Finding>,
    from: usize,
    allowed: &mut Vec<Allowed>,
    is_meant: impl Fn(&Finding) -> bool,
    directive: &Directive,
) {
    let own = found.split_off(from);
    for finding in own {
        if is_meant(&finding) {
            allowed.push(Allowed { finding, reason: directive.reason.clone() });
        } else {
            found.push(finding);
        }
    }
}

/// The part of the file that a directive is about; nothing where it allows nothing.
fn range(directive: &Directive, all: &[Directive], statements: &[Span], file: &SourceFile) -> Option<Span> {
    let end = u32::try_from(file.text.len()).unwrap_or(u32::MAX);
    match directive.scope {
        Scope::Statement => {
            // A comment in a statement is about that one.
            let next = statements.partition_point(|statement| statement.end <= directive.span.start);
            Some(statements.get(next).copied().unwrap_or(Span::new(end, end)))
        }
        Scope::File => Some(Span::new(0, end)),
        Scope::Start => {
            let closes = |other: &&Directive| {
                other.scope == Scope::End
                    && other.span.start > directive.span.start
                    && (other.names.is_empty()
                        || other.names.iter().any(|name| directive.names.iter().any(|known| known.text == name.text)))
            };
            let close = all.iter().find(closes).map_or(end, |other| other.span.start);
            Some(Span::new(directive.span.end, close))
        }
        Scope::End | Scope::Consent => None,
    }
}

fn unknown(comment: Span, rule: &str) -> Fault {
    let nearest = name::nearest(rule, RULES.iter().map(|entry| entry.rule.id));
    Fault::Malformed {
        comment,
        message: alloc::format!("there is no rule `{rule}`"),
        help: nearest.map_or_else(
            || String::from("`remold rules` lists them"),
            |nearest| alloc::format!("write `{nearest}`, if that is meant"),
        ),
    }
}

fn report(faults: &[Fault], file: &SourceFile, found: &mut Vec<Finding>) {
    for fault in faults {
        for entry in RULES {
            let Rule { id, level, check, .. } = *entry.rule;
            if let Check::Directive(look) = check {
                look(&file.text, fault, &mut Findings { rule: id, level, path: &file.path, found });
            }
        }
    }
}
