//! Diesel: `2024-01-31-120000_name/up.sql` and `down.sql`, with `metadata.toml` where it says something.

use super::{Facts, Folder, Place, Sureness, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "diesel",
    runner: Some("diesel"),
    recognise,
    folders: Some(1),
    place,
    order: names::by_text,
    halves: None,
    remark: no_remark,
};

fn recognise(folder: &Folder) -> Sureness {
    // Its own date has the form 2024-01-31-120000, behind which newer ones write -0000.
    let dated =
        |name: &str| name.split('_').next().is_some_and(|date| [17, 22].contains(&date.len()) && date.contains('-'));
    let mut ups = folder.names(1).filter(|name| matches!(place(name), Place::Up(_))).peekable();
    if ups.peek().is_none() {
        Sureness::No
    } else if folder.has("diesel.toml") || folder.has("metadata.toml") || ups.any(dated) {
        Sureness::Certain("the files' names")
    } else {
        Sureness::Likely("the files' names")
    }
}

/// The version is what stands before the first `_`, without its `-`.
fn place(path: &str) -> Place {
    let Some((folder, name)) = path.split_once('/') else { return Place::Unseen };
    let version = folder.split_once('_').map(|(version, _)| version).filter(|version| {
        names::numbered(version).is_some() && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    });
    match (version, name) {
        (Some(version), "up.sql") => Place::Up(version.replace('-', "")),
        (Some(version), "down.sql") => Place::Down(version.replace('-', "")),
        _ => Place::Unseen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn its_dates_tell_it() {
        assert_eq!(recognised(&[("2024-01-31-120000_a/up.sql", "")], &[]), ("diesel", true));
        assert_eq!(recognised(&[("0001_a/up.sql", "")], &["0001_a/metadata.toml"]), ("diesel", true));
        assert_eq!(recognised(&[("2024-01-31-120000-0000_a/up.sql", "")], &[]), ("diesel", true));
        assert_eq!(recognised(&[("0001_a/up.sql", "")], &["../diesel.toml"]), ("diesel", true));
        assert_eq!(recognised(&[("0001_a/up.sql", "")], &[]), ("diesel", false));
    }

    #[test]
    fn each_migration_has_a_folder() {
        let paths = ["m/2024-02-01-000000_b/up.sql", "m/2024-01-31-120000_a/up.sql", "m/2024-01-31-120000_a/down.sql"];
        assert_eq!(
            read(&LAYOUT, &paths),
            ["m/2024-01-31-120000_a/up.sql (m/2024-01-31-120000_a/down.sql)", "m/2024-02-01-000000_b/up.sql"]
        );
    }
}
