//! `remold explain`: the page of a rule.

use remold_core::rules::RULES;
use similar::TextDiff;

use crate::args::ExplainArgs;
use crate::failure::{Exit, Failure};
use crate::terminal::{self, FAINT, STRONG, paint};

/// Prints the rule's page.
pub(crate) fn run(args: &ExplainArgs) -> Result<Exit, Failure> {
    let Some(entry) = RULES.iter().find(|entry| entry.rule.id == args.rule) else {
        return Err(unknown(&args.rule));
    };
    let about = format!("{}, {}, since {}", entry.rule.id, entry.rule.level, entry.rule.since);
    let mut text = format!("{}\n", paint(FAINT, &about));
    for line in entry.page.lines() {
        if line.starts_with('#') {
            text.push_str(&paint(STRONG, line));
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    terminal::print(&text)?;
    Ok(Exit::Done)
}

fn unknown(rule: &str) -> Failure {
    let likeness = |id: &str| TextDiff::from_chars(rule, id).ratio();
    let nearest =
        RULES.iter().map(|entry| entry.rule.id).max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    let failure = Failure::say(Exit::Usage, format!("there is no rule `{rule}`"));
    match nearest {
        Some(id) if likeness(id) > 0.5 => failure.help(format!("did you mean `{id}`? `remold rules` lists all")),
        _ => failure.help("`remold rules` lists all"),
    }
}
