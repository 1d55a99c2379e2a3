//! `remold fix`: mends in the files what lint finds.

use std::path::Path;

use remold_core::diagnostics::Safety;
use remold_core::engine::NoEngine;
use remold_core::lint::fix::{Fixed, fix};
use remold_engine::Linked;

use super::lint::{self, Asked};
use crate::args::{FixArgs, LintingArgs};
use crate::config::{self, Found};
use crate::failure::{Exit, Failure};
use crate::report::{Files, fixes};
use crate::{files, terminal};

/// Writes the files that change, or prints how they would.
pub(crate) fn run(args: &FixArgs) -> Result<Exit, Failure> {
    let config = config::find(args.linting.config.as_deref())?;
    let config = config.one(args.linting.database_name.as_deref(), &args.linting.paths)?;
    let mended = mend(&args.linting, &config, safety(args.r#unsafe), to_do(args.dry_run))?;
    terminal::print(&mended.text())?;
    Ok(Exit::Done)
}

/// The files, what was mended in them, and under which settings.
pub(super) struct Mended {
    /// The files as they were, and what rules needed to know.
    pub(super) asked: Asked,
    /// What came of it.
    pub(super) fixed: Fixed,
    safety: Safety,
    files: Files,
}

impl Mended {
    /// What was mended, for people.
    pub(super) fn text(&self) -> String {
        fixes(&self.asked.project, &self.fixed, self.safety, self.files)
    }
}

/// Which fixes may be made.
pub(super) fn safety(also_unsafe: bool) -> Safety {
    if also_unsafe { Safety::Unsafe } else { Safety::Safe }
}

/// What is done with the files.
pub(super) fn to_do(dry_run: bool) -> Files {
    if dry_run { Files::Kept } else { Files::Written }
}

/// Mends what can be mended, and writes the files that change, unless they are kept.
pub(super) fn mend(args: &LintingArgs, config: &Found, safety: Safety, files: Files) -> Result<Mended, Failure> {
    let asked = lint::asked(args, config)?;
    let Asked { project, settings, .. } = &asked;
    let fixed = if args.no_replay {
        fix(project, settings, &mut NoEngine, safety)
    } else {
        fix(project, settings, &mut Linked, safety)
    };
    if files == Files::Written {
        for (before, after) in project.files.iter().zip(&fixed.project.files).filter(|(one, other)| one != other) {
            files::write(Path::new(&project.shown(before)), &after.text)?;
        }
    }
    Ok(Mended { asked, fixed, safety, files })
}
