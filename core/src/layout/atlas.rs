//! Atlas: any `.sql` of a folder with `atlas.sum`.

use super::{Facts, Folder, Place, Sureness, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "atlas",
    runner: Some("atlas"),
    recognise,
    folders: Some(0),
    place,
    order: names::by_text,
    halves: None,
    remark: no_remark,
};

/// It keeps its sum beside the files of other tools too; whose they are, these tell.
fn recognise(folder: &Folder) -> Sureness {
    let is_pair = |name: &str| name.ends_with(".up.sql") || name.ends_with(".down.sql");
    match folder.has("atlas.sum") {
        true if folder.names(0).any(is_pair) => Sureness::Likely("atlas.sum"),
        true => Sureness::Certain("atlas.sum"),
        false => Sureness::No,
    }
}

fn place(name: &str) -> Place {
    if name.contains('/') { Place::Unseen } else { Place::Up(name.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn its_sum_tells_it() {
        assert_eq!(recognised(&[("20240131120000_a.sql", "")], &["atlas.sum"]), ("atlas", true));
        assert_eq!(recognised(&[("1_a.sql", "-- +goose Up\n")], &["atlas.sum"]), ("goose", true));
        assert_eq!(recognised(&[("000001_a.up.sql", "")], &["atlas.sum"]), ("plain", false));
    }

    #[test]
    fn the_text_of_a_name_counts() {
        assert_eq!(read(&LAYOUT, &["2.sql", "10.sql", "a/1.sql"]), ["10.sql", "2.sql", "not a/1.sql"]);
    }
}
