//! Drizzle from its version 1 on: `20240131120000_name/migration.sql`, with `snapshot.json` beside each.

use super::{Facts, Folder, Place, Sureness, names};

pub(super) static LAYOUT: Facts = Facts {
    name: "drizzle-folders",
    runner: Some("drizzle"),
    recognise,
    folders: Some(1),
    place,
    order: names::by_text,
    halves: None,
    remark: |_| Some("drizzle-kit wrote them: where another tool runs them, say --runner"),
};

fn recognise(folder: &Folder) -> Sureness {
    let is_its = |name: &str| matches!(place(name), Place::Up(_));
    let has_snapshot = folder.beside.iter().any(|path| names::file(path) == "snapshot.json");
    if has_snapshot && folder.names(1).any(is_its) { Sureness::Certain("snapshot.json") } else { Sureness::No }
}

fn place(path: &str) -> Place {
    let folder = path.strip_suffix("/migration.sql").filter(|folder| !folder.contains('/'));
    match folder.filter(|folder| names::numbered(folder).is_some_and(|(_, rest)| rest.starts_with('_'))) {
        Some(folder) => Place::Up(folder.into()),
        None => Place::Unseen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn its_snapshots_tell_it() {
        let files = [("20240131120000_init/migration.sql", "")];
        assert_eq!(recognised(&files, &["20240131120000_init/snapshot.json"]), ("drizzle-folders", false));
        assert_eq!(recognised(&files, &["migration_lock.toml"]), ("prisma", true));
    }

    #[test]
    fn each_migration_has_a_folder() {
        assert_eq!(
            read(&LAYOUT, &["20240201000000_b/migration.sql", "20240131120000_a/migration.sql", "seed.sql"]),
            ["20240131120000_a/migration.sql", "20240201000000_b/migration.sql", "not seed.sql"]
        );
    }
}
