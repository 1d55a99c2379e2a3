//! Standard output and standard error: the only place that writes to them.
//!
//! Text may hold colours; they are taken out where nobody sees them. What comes from files or
//! databases goes through [`visible`] first, so that it can neither hide nor forge anything.

use std::fmt::Write as _;
use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::LazyLock;

use anstyle::{AnsiColor, Style};
pub(crate) use remold_core::text::visible::{is_obeyed, visible};

use crate::failure::{Exit, Failure};

/// For headings and what matters most.
pub(crate) const STRONG: Style = Style::new().bold();
/// For what may be passed over.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// For what is refused or lost.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// For what is done or comes to be.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// For what needs a look.
pub(crate) const CARE: Style = AnsiColor::Yellow.on_default().bold();
/// For what helps.
pub(crate) const HELP: Style = AnsiColor::Cyan.on_default().bold();

/// The text in a style.
pub(crate) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Writes a report to standard output, exactly, but for colours that nobody would see.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    // Nothing is to be taken out of what has no colours. A line is written at once.
    let plain = text.find('\x1b').map_or(text.len(), |first| text[..first].rfind('\n').map_or(0, |end| end + 1));
    let (plain, coloured) = text.split_at(plain);
    if !plain.is_empty() {
        print_exact(plain)?;
    }
    let mut out = anstream::stdout().lock();
    wrote(out.write_all(coloured.as_bytes()).and_then(|()| out.flush()))
}

/// Writes bytes for programs to standard output, exactly as they are.
pub(crate) fn print_exact(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    wrote(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

fn wrote(result: std::io::Result<()>) -> Result<(), Failure> {
    match result {
        // Whoever reads has read enough, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            Err(Failure::new(Exit::Failed, anyhow::Error::new(error).context("standard output cannot be written")))
        }
        Ok(()) => Ok(()),
    }
}

/// Says something beside the report, on standard error.
pub(crate) fn note(text: &str) {
    // There is nowhere left to say that standard error is closed.
    let _ = anstream::stderr().write_all(format!("{text}\n").as_bytes());
}

/// Says why the command failed, and what to do.
pub(crate) fn fail(failure: &Failure) {
    let mut text = format!("{} {}", paint(BAD, "error:"), visible(&failure.message));
    if let Some(help) = &failure.help {
        let _ = write!(text, "\n{} {}", paint(HELP, "help:"), visible(help));
    }
    note(&text);
}

/// The width of the terminal that standard output goes to; none where it is not a terminal, and
/// nothing is cut.
pub(crate) fn width() -> Option<usize> {
    // A report asks for each of its findings, and the system takes its time.
    static WIDTH: LazyLock<Option<usize>> = LazyLock::new(|| {
        let (columns, _) = terminal_size::terminal_size().filter(|_| std::io::stdout().is_terminal())?;
        Some(usize::from(columns.0).max(40))
    });
    *WIDTH
}

/// Whether somebody sees colours on standard output.
pub(crate) fn shows_colours() -> bool {
    static SHOWS: LazyLock<bool> =
        LazyLock::new(|| anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never);
    *SHOWS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_written_out() {
        assert_eq!(visible("a\x1b[31m\u{9b}2J\u{202e}b\n\tc\r"), "a\\u{1b}[31m\\u{9b}2J\\u{202e}b\n\tc\\u{d}");
    }
}
