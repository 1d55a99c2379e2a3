//! Cloudflare D1: `0001_name.sql`, in a folder beside wrangler's own file.

use super::{ABOVE, Facts, Folder, Place, Sureness, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "wrangler",
    runner: Some("wrangler"),
    recognise,
    folders: Some(0),
    place,
    order: names::by_number,
    halves: None,
    remark: no_remark,
};

/// Its file may name another folder.
fn recognise(folder: &Folder) -> Sureness {
    let is_its = |name: &str| names::underscored(name).is_some();
    if is_beside(folder) && folder.names(0).any(is_its) {
        Sureness::Likely("wrangler's file above")
    } else {
        Sureness::No
    }
}

pub(super) fn is_beside(folder: &Folder) -> bool {
    ABOVE.iter().filter(|name| name.starts_with("wrangler.")).any(|name| folder.has(name))
}

fn place(name: &str) -> Place {
    if name.contains('/') { Place::Unseen } else { Place::Up(name.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn the_file_above_tells_it() {
        assert_eq!(recognised(&[("0001_a.sql", "")], &["../wrangler.jsonc"]), ("wrangler", false));
        assert_eq!(recognised(&[("0001_a.sql", "")], &["../wrangler.md"]), ("plain", true));
    }

    #[test]
    fn folders_are_not_entered() {
        assert_eq!(
            read(&LAYOUT, &["0010_b.sql", "0002_a.sql", "20240131_c/migration.sql"]),
            ["0002_a.sql", "0010_b.sql", "not 20240131_c/migration.sql"]
        );
    }
}
