//! sqlx: `20240131120000_name.sql`, or `.up.sql` and `.down.sql`. Plain numbered files may be its own, and
//! nothing tells, but for the line that sqlx-cli begins each file with, and `-- no-transaction` as the first.

use super::{Facts, Folder, Place, Sureness, names, no_remark, sections};

pub(super) static LAYOUT: Facts = Facts {
    name: "sqlx",
    runner: Some("sqlx"),
    recognise,
    folders: Some(0),
    place,
    order: names::by_number,
    halves: None,
    remark: no_remark,
};

const MARKS: [&str; 3] =
    ["-- Add migration script here", "-- Add up migration script here", "-- Add down migration script here"];

fn recognise(folder: &Folder) -> Sureness {
    if folder.files.is_empty() || !folder.names(0).all(|name| !matches!(place(name), Place::Unseen)) {
        return Sureness::No;
    }
    // Nobody else writes that, and most people leave it there.
    let is_its = |line: &str| MARKS.contains(&line);
    if folder.files.iter().any(|file| sections::head(&file.text).any(is_its)) {
        return Sureness::Certain("the files' marks");
    }
    // It numbers with four digits or by the second.
    let is_pair = |name: &str| {
        let number = names::underscored(name).map_or(0, |(number, _)| number.len());
        (name.ends_with(".up.sql") || name.ends_with(".down.sql")) && [4, 14].contains(&number)
    };
    let opts_out = folder.files.iter().any(|file| file.text.starts_with("-- no-transaction"));
    if opts_out || folder.names(0).all(is_pair) { Sureness::Likely("the files' names") } else { Sureness::No }
}

fn place(name: &str) -> Place {
    let Some((number, rest)) = names::underscored(name) else { return Place::Unseen };
    let number = number.trim_start_matches('0').into();
    if rest.strip_suffix(".down").is_some() { Place::Down(number) } else { Place::Up(number) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn its_directive_tells_it() {
        assert_eq!(recognised(&[("1_a.sql", ""), ("2_b.sql", "-- no-transaction\n")], &[]), ("sqlx", false));
        assert_eq!(recognised(&[("0001_a.up.sql", ""), ("0001_a.down.sql", "")], &[]), ("sqlx", false));
        assert_eq!(recognised(&[("20240131120000_a.sql", "")], &[]), ("plain", true));
        assert_eq!(recognised(&[("1_a.sql", "-- Add migration script here\n"), ("2_b.sql", "")], &[]), ("sqlx", true));
    }

    #[test]
    fn folders_are_not_entered() {
        assert_eq!(
            read(&LAYOUT, &["2_b.up.sql", "1_a.sql", "2_b.down.sql", "x/3_c.sql"]),
            ["1_a.sql", "2_b.up.sql (2_b.down.sql)", "not x/3_c.sql"]
        );
    }
}
