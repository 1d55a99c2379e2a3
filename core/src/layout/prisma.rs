//! Prisma: `20240131120000_name/migration.sql`, and `migration_lock.toml`.

use super::{Facts, Folder, Place, Sureness, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "prisma",
    runner: Some("prisma"),
    recognise,
    folders: Some(1),
    place,
    order: names::by_text,
    halves: None,
    remark: no_remark,
};

fn recognise(folder: &Folder) -> Sureness {
    let is_its = |name: &str| matches!(place(name), Place::Up(_));
    if folder.has("migration_lock.toml") && folder.names(1).any(is_its) {
        Sureness::Certain("migration_lock.toml")
    } else if !folder.files.is_empty() && folder.names(1).all(is_its) {
        Sureness::Likely("the files' names")
    } else {
        Sureness::No
    }
}

fn place(path: &str) -> Place {
    let folder = path.strip_suffix("/migration.sql").filter(|folder| !folder.contains('/'));
    let numbered = folder.and_then(names::numbered);
    let is_its =
        numbered.is_some_and(|(number, rest)| number.len() == 14 && (rest.is_empty() || rest.starts_with('_')));
    match folder {
        Some(folder) if is_its => Place::Up(folder.into()),
        _ => Place::Unseen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn its_lock_tells_it() {
        let files = [("20240131120000_init/migration.sql", "")];
        assert_eq!(recognised(&files, &["migration_lock.toml"]), ("prisma", true));
        assert_eq!(recognised(&files, &[]), ("prisma", false));
        assert_eq!(recognised(&[files[0], ("0001_a.sql", "")], &[]), ("plain", true));
    }

    #[test]
    fn each_migration_has_a_folder() {
        assert_eq!(
            read(&LAYOUT, &["20240201000000_b/migration.sql", "20240131120000_a/migration.sql", "seed.sql"]),
            ["20240131120000_a/migration.sql", "20240201000000_b/migration.sql", "not seed.sql"]
        );
    }
}
