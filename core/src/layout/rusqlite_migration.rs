//! `rusqlite_migration`: `1-name/up.sql` and `1-name/down.sql`, numbered from 1 on without a gap.

use alloc::collections::BTreeSet;

use super::{Facts, Folder, Place, Sureness, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "rusqlite_migration",
    runner: Some("rusqlite_migration"),
    recognise,
    folders: Some(1),
    place,
    order: names::by_number,
    halves: None,
    remark: no_remark,
};

fn recognise(folder: &Folder) -> Sureness {
    let numbers = folder.names(1).map(|name| match place(name) {
        Place::Up(number) | Place::Down(number) => number.parse().ok(),
        Place::Other | Place::Unseen => None,
    });
    let numbers: Option<BTreeSet<usize>> = numbers.collect();
    match numbers {
        Some(numbers) if !numbers.is_empty() && numbers.iter().copied().eq(1..=numbers.len()) => {
            Sureness::Certain("the files' names")
        }
        _ => Sureness::No,
    }
}

fn place(path: &str) -> Place {
    let Some((folder, name)) = path.split_once('/') else { return Place::Unseen };
    let number = names::numbered(folder).filter(|(_, rest)| rest.starts_with('-')).map(|(number, _)| number);
    match (number.map(|number| number.trim_start_matches('0')), name) {
        (Some(number), "up.sql") => Place::Up(number.into()),
        (Some(number), "down.sql") => Place::Down(number.into()),
        _ => Place::Unseen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn numbers_without_a_gap_tell_it() {
        let files = [("01-a/up.sql", ""), ("01-a/down.sql", ""), ("02-b/up.sql", "")];
        assert_eq!(recognised(&files, &[]), ("rusqlite_migration", true));
        assert_eq!(recognised(&[("2024-01-31-000000_a/up.sql", "")], &[]), ("diesel", true));
    }

    #[test]
    fn each_migration_has_a_folder() {
        assert_eq!(
            read(&LAYOUT, &["10-b/up.sql", "2-a/up.sql", "2-a/down.sql", "2-a/x/up.sql"]),
            ["2-a/up.sql (2-a/down.sql)", "10-b/up.sql", "not 2-a/x/up.sql"]
        );
    }
}
