//! `remold inspect`: how a file was read.

use remold_core::history::{Runner, walk};
use remold_core::render::json::{self, StatementJson};
use remold_core::schema::{Knowledge, Schema};
use remold_core::text::lines::{LineIndex, Position};

use crate::args::{Format, InspectArgs};
use crate::failure::{Exit, Failure};
use crate::terminal::{self, CARE, FAINT, STRONG, paint, visible};
use crate::{files, report};

/// Prints each statement with its place, and what it changes.
pub(crate) fn run(args: &InspectArgs) -> Result<Exit, Failure> {
    let project = files::single(&args.file)?;
    let Some(file) = project.files.first() else { return Ok(Exit::Done) };
    let lines = LineIndex::new(&file.text);
    let mut statements = Vec::new();
    walk(&project, &Schema::new(Knowledge::Partial), &Runner::by_hand(), |step| {
        statements.push((lines.position(step.statement.span.start), json::statement(step, &lines)));
    });
    let path = project.shown(file);
    if args.format == Format::Json {
        let statements = statements.into_iter().map(|(_, statement)| statement).collect();
        terminal::print_exact(&json::inspect(&path, statements))?;
        return Ok(Exit::Done);
    }
    let mut text = String::new();
    for (start, statement) in &statements {
        text.push_str(&shown(&path, *start, statement));
    }
    let unread = statements.iter().filter(|(_, statement)| statement.opaque).count();
    text.push_str(&report::counted(statements.len(), "statement"));
    if unread > 0 {
        text.push_str(&format!(", {unread} of them not read"));
    }
    text.push('\n');
    terminal::print(&text)?;
    Ok(Exit::Done)
}

fn shown(path: &str, start: Position, statement: &StatementJson) -> String {
    let place = format!("{}:{}:{}", visible(path), start.line, start.column);
    let name = statement.name.as_deref().map_or_else(String::new, |name| format!(" {}", visible(name)));
    let mut text = format!("{}  {}{name}\n", paint(FAINT, &place), paint(STRONG, &visible(&statement.kind)));
    for change in &statement.changes {
        text.push_str(&format!("    {}\n", visible(change)));
    }
    if let Some(problem) = &statement.problem {
        text.push_str(&format!("    {} {}\n", paint(CARE, "not read:"), visible(problem)));
    }
    text
}
