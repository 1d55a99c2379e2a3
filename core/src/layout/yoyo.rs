//! yoyo: `x.sql`, which `x.rollback.sql` takes back. `-- depends:` in their heads is not followed: its tool
//! numbers what depends on others behind them.

use super::{Facts, Folder, Place, Sureness, names, no_remark, sections};

pub(super) static LAYOUT: Facts = Facts {
    name: "yoyo",
    runner: Some("yoyo"),
    recognise,
    folders: Some(0),
    place,
    order: names::by_text,
    halves: None,
    remark: no_remark,
};

fn recognise(folder: &Folder) -> Sureness {
    let depends = |line: &str| sections::said(line).is_some_and(|said| said.starts_with("depends:"));
    if folder.names(0).any(|name| matches!(place(name), Place::Down(_))) {
        Sureness::Certain("the files' names")
    } else if folder.files.iter().any(|file| sections::head(&file.text).any(depends)) {
        Sureness::Likely("`-- depends:`")
    } else {
        Sureness::No
    }
}

fn place(name: &str) -> Place {
    match (name.strip_suffix(".rollback.sql"), name.strip_suffix(".sql")) {
        _ if name.contains('/') => Place::Unseen,
        (Some(stem), _) => Place::Down(stem.into()),
        (None, stem) => Place::Up(stem.unwrap_or(name).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn its_rollbacks_tell_it() {
        assert_eq!(recognised(&[("1.a.sql", ""), ("1.a.rollback.sql", "")], &[]), ("yoyo", true));
        assert_eq!(recognised(&[("1.a.sql", "-- first\n-- depends: \nSELECT 1;")], &[]), ("yoyo", false));
    }

    #[test]
    fn a_rollback_belongs_to_its_migration() {
        assert_eq!(
            read(&LAYOUT, &["0001.a.rollback.sql", "0001.a.sql", "0002.b.sql", "x/3.sql"]),
            ["0001.a.sql (0001.a.rollback.sql)", "0002.b.sql", "not x/3.sql"]
        );
    }
}
