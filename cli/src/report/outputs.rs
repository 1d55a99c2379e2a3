//! Where a report goes, in which formats.

use std::path::PathBuf;

use anstream::adapter::strip_str;
use remold_core::render::markdown::{Literals, Look};
use remold_core::render::{Linted, github, gitlab, json, markdown, rdjson, sarif};

use super::findings;
use crate::args::{LintArgs, LintFormat};
use crate::failure::{Exit, Failure};
use crate::{files, terminal};

/// One format for standard output, and others for files.
pub(crate) struct Outputs {
    /// What standard output gets.
    pub(crate) printed: LintFormat,
    saved: Vec<(LintFormat, PathBuf)>,
    /// Where Markdown's links lead.
    links: Option<String>,
    /// Whether Markdown shows literals of the SQL.
    literals: Literals,
}

impl Outputs {
    /// What was asked for; the error says what cannot be had together.
    pub(crate) fn of(args: &LintArgs) -> Result<Self, Failure> {
        let mut printed = args.format;
        let mut saved: Vec<(LintFormat, PathBuf)> = Vec::new();
        for output in &args.output {
            match &output.file {
                Some(file) if saved.iter().any(|(_, other)| other == file) => {
                    let failure = Failure::say(Exit::Usage, format!("two formats would go to `{}`", file.display()));
                    return Err(failure.help("name another file for one of them"));
                }
                Some(file) => saved.push((output.format, file.clone())),
                None if printed.is_some() => {
                    let failure = Failure::say(Exit::Usage, "two formats would go to standard output");
                    return Err(failure.help("name a file for one of them: --output sarif=out.sarif"));
                }
                None => printed = Some(output.format),
            }
        }
        let literals = literals(args.page.show_literals);
        Ok(Self { printed: printed.unwrap_or_default(), saved, links: args.page.links.clone(), literals })
    }

    /// Whether a format is asked for that tells what the files do to a database.
    pub(crate) fn tell_of_change(&self) -> bool {
        self.saved.iter().map(|(format, _)| format).chain([&self.printed]).any(|format| *format == LintFormat::Markdown)
    }

    /// Writes the files and prints the rest.
    pub(crate) fn write(&self, all: &[Linted]) -> Result<(), Failure> {
        for (format, file) in &self.saved {
            let text = self.text(*format, all);
            let text = if *format == LintFormat::Text { strip_str(&text).to_string() } else { text };
            files::write(file, &text)?;
            terminal::note(&terminal::visible(&format!("saved what was found in {}", file.display())));
        }
        let text = self.text(self.printed, all);
        if self.printed == LintFormat::Text { terminal::print(&text) } else { terminal::print_exact(&text) }
    }

    fn text(&self, format: LintFormat, all: &[Linted]) -> String {
        match format {
            LintFormat::Text => findings::of_all(all),
            LintFormat::Json => json::lint_all(all),
            LintFormat::Sarif => sarif::lint(all),
            LintFormat::Github => github::lint(all),
            LintFormat::Gitlab => gitlab::lint(all),
            LintFormat::Rdjson => rdjson::lint(all),
            LintFormat::Markdown => {
                markdown::lint(all, &Look { files: self.links.as_deref(), literals: self.literals })
            }
        }
    }
}

/// Whether literals are shown.
pub(crate) fn literals(show: bool) -> Literals {
    if show { Literals::Shown } else { Literals::Hidden }
}
