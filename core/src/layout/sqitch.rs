//! Sqitch: `deploy/name.sql`, which `revert/name.sql` takes back and `verify/name.sql` looks at. Their order stands
//! in `sqitch.plan`.

use alloc::string::String;

use super::{Facts, Folder, Place, Sureness, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "sqitch",
    runner: Some("sqitch"),
    recognise,
    folders: None,
    place,
    order: names::by_text,
    halves: None,
    remark: no_remark,
};

fn recognise(folder: &Folder) -> Sureness {
    let is_its = |file: &crate::text::SourceFile| matches!(place(&file.path), Place::Up(_));
    let has_both = folder.has("sqitch.plan") && folder.files.iter().any(is_its);
    if has_both { Sureness::Certain("sqitch.plan") } else { Sureness::No }
}

/// A name may have folders, and the folder of the plan may be any.
fn place(path: &str) -> Place {
    let behind = |folder: &str| {
        let at =
            if path.starts_with(folder) { Some(0) } else { path.find(&alloc::format!("/{folder}")).map(|at| at + 1) };
        at.map(|at| String::from(&path[..at]) + &path[at + folder.len()..])
    };
    if let Some(change) = behind("deploy/") {
        Place::Up(change)
    } else if let Some(change) = behind("revert/") {
        Place::Down(change)
    } else {
        Place::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn its_plan_tells_it() {
        let files = [("deploy/users.sql", ""), ("revert/users.sql", ""), ("verify/users.sql", "")];
        assert_eq!(recognised(&files, &["sqitch.plan", "sqitch.conf"]), ("sqitch", true));
        assert_eq!(recognised(&files, &[]), ("plain", true));
    }

    #[test]
    fn a_revert_belongs_to_its_change() {
        let paths = ["db/deploy/app/users.sql", "db/revert/app/users.sql", "db/verify/app/users.sql", "seed.sql"];
        assert_eq!(read(&LAYOUT, &paths), ["db/deploy/app/users.sql (db/revert/app/users.sql)"]);
    }
}
