//! Where a report goes, in which formats.

use std::path::PathBuf;

use anstream::adapter::strip_str;
use remold_core::history::Project;
use remold_core::lint::{Report, Settings};
use remold_core::render::{github, gitlab, json, markdown, rdjson, sarif};

use super::lint;
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
        Ok(Self { printed: printed.unwrap_or_default(), saved, links: args.links.clone() })
    }

    /// Writes the files and prints the rest.
    pub(crate) fn write(&self, project: &Project, settings: &Settings, report: &Report) -> Result<(), Failure> {
        for (format, file) in &self.saved {
            let text = self.text(*format, project, settings, report);
            let text = if *format == LintFormat::Text { strip_str(&text).to_string() } else { text };
            files::write(file, &text)?;
            terminal::note(&terminal::visible(&format!("saved what was found in {}", file.display())));
        }
        let text = self.text(self.printed, project, settings, report);
        if self.printed == LintFormat::Text { terminal::print(&text) } else { terminal::print_exact(&text) }
    }

    fn text(&self, format: LintFormat, project: &Project, settings: &Settings, report: &Report) -> String {
        match format {
            LintFormat::Text => lint(project, settings, report),
            LintFormat::Json => json::lint(project, settings, report),
            LintFormat::Sarif => sarif::lint(project, report),
            LintFormat::Github => github::lint(project, report),
            LintFormat::Gitlab => gitlab::lint(project, report),
            LintFormat::Rdjson => rdjson::lint(project, report),
            LintFormat::Markdown => markdown::lint(project, settings, report, self.links.as_deref()),
        }
    }
}
