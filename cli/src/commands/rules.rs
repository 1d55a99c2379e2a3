//! `remold rules`: the list of rules.

use remold_core::render::json;
use remold_core::rules::RULES;

use crate::args::{Format, RulesArgs};
use crate::failure::{Exit, Failure};
use crate::report::level_style;
use crate::terminal::{self, STRONG, paint};

/// Prints every rule with its level and its title.
pub(crate) fn run(args: &RulesArgs) -> Result<Exit, Failure> {
    if args.format == Format::Json {
        terminal::print_exact(&json::rules())?;
        return Ok(Exit::Done);
    }
    let longest = RULES.iter().map(|entry| entry.rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for entry in RULES {
        let (id, level) = (entry.rule.id, entry.rule.level);
        let gap = " ".repeat(longest - id.len());
        let level = paint(level_style(level), &format!("{:7}", level.as_str()));
        text.push_str(&format!("{}{gap}  {level}  {}\n", paint(STRONG, id), entry.title()));
    }
    terminal::print(&text)?;
    Ok(Exit::Done)
}
