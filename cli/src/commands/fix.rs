//! `remold fix`: mends in the files what lint finds.

use std::path::Path;

use remold_core::diagnostics::Safety;
use remold_core::engine::NoEngine;
use remold_core::lint::fix::{Fixed, fix};
use remold_engine::Linked;

use super::lint;
use crate::args::FixArgs;
use crate::failure::{Exit, Failure};
use crate::report::{Files, fixes};
use crate::{config, files, terminal};

/// Writes the files that change, or prints how they would.
pub(crate) fn run(args: &FixArgs) -> Result<Exit, Failure> {
    let config = config::find(args.linting.config.as_deref())?;
    let (project, settings) = lint::settings(&args.linting, &config)?;
    let safety = if args.r#unsafe { Safety::Unsafe } else { Safety::Safe };
    let fixed: Fixed = if args.linting.no_replay {
        fix(&project, &settings, &mut NoEngine, safety)
    } else {
        fix(&project, &settings, &mut Linked, safety)
    };
    let done = if args.dry_run { Files::Kept } else { Files::Written };
    if done == Files::Written {
        for (before, after) in project.files.iter().zip(&fixed.project.files).filter(|(one, other)| one != other) {
            files::write(Path::new(&project.shown(before)), &after.text)?;
        }
    }
    terminal::print(&fixes(&project, &fixed, safety, done))?;
    Ok(Exit::Done)
}
