//! db-migrate: `sqls/20240131120000-name-up.sql` and `-down.sql`, which a script of the same name runs.

use super::{Facts, Folder, Place, Sureness, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "db-migrate",
    runner: Some("db-migrate"),
    recognise,
    folders: Some(0),
    place,
    order: names::by_number,
    halves: None,
    remark: no_remark,
};

fn recognise(folder: &Folder) -> Sureness {
    let is_its = |name: &str| !matches!(place(name), Place::Unseen);
    if folder.files.is_empty() || !folder.names(0).all(is_its) {
        return Sureness::No;
    }
    let has_script = folder.names(0).any(|name| {
        let stem = name.strip_suffix("-up.sql").unwrap_or(name);
        [".js", ".ts"].iter().any(|ending| folder.has(&alloc::format!("{stem}{ending}")))
    });
    if has_script { Sureness::Certain("the scripts beside them") } else { Sureness::Likely("the files' names") }
}

fn place(name: &str) -> Place {
    let Some((number, rest)) = names::numbered(name).filter(|(_, rest)| rest.starts_with('-') && !rest.contains('/'))
    else {
        return Place::Unseen;
    };
    let key = |stem: &str| alloc::format!("{number}{stem}");
    match (rest.strip_suffix("-up.sql"), rest.strip_suffix("-down.sql")) {
        (Some(stem), _) => Place::Up(key(stem)),
        (None, Some(stem)) => Place::Down(key(stem)),
        (None, None) => Place::Unseen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn pairs_tell_it() {
        let files = [("sqls/20240131120000-a-up.sql", ""), ("sqls/20240131120000-a-down.sql", "")];
        assert_eq!(recognised(&files, &["20240131120000-a.js"]), ("db-migrate", true));
        assert_eq!(recognised(&files, &[]), ("db-migrate", false));
        assert_eq!(recognised(&[("20240131120000-a.sql", "")], &[]), ("plain", true));
    }

    #[test]
    fn a_down_file_belongs_to_its_up_file() {
        let paths = ["sqls/2-b-up.sql", "sqls/10-a-up.sql", "sqls/2-b-down.sql", "sqls/3-c.sql"];
        assert_eq!(
            read(&LAYOUT, &paths),
            ["sqls/2-b-up.sql (sqls/2-b-down.sql)", "sqls/10-a-up.sql", "not sqls/3-c.sql"]
        );
    }
}
