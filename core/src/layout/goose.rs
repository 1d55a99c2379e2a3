//! goose: `20240131120000_name.sql`, with `-- +goose Up` and `-- +goose Down` in each file.

use super::sections::{self, Half};
use super::{Facts, Place, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "goose",
    runner: Some("goose"),
    recognise: |folder| folder.marked(place, |line| half(line) == Some(Half::Up)),
    folders: Some(0),
    place,
    order: names::by_number,
    // It refuses a file with a statement before the first mark, so that one is no reason to look away.
    halves: Some(|text| sections::halves(text, Half::Up, half)),
    remark: no_remark,
};

fn place(name: &str) -> Place {
    names::underscored(name).map_or(Place::Unseen, |(number, _)| Place::Up(number.into()))
}

fn half(line: &str) -> Option<Half> {
    match sections::said(line)? {
        "+goose Up" => Some(Half::Up),
        "+goose Down" => Some(Half::Down),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::layout::tests::{halves, read, recognised};

    const TEXT: &str = "-- +goose Up\n-- +goose StatementBegin\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;\n\
                        -- +goose StatementEnd\n\n-- +goose Down\nDROP TRIGGER t;\n";

    #[test]
    fn its_marks_tell_it() {
        assert_eq!(recognised(&[("00001_a.sql", TEXT)], &["00002_b.go"]), ("goose", true));
        assert_eq!(recognised(&[("00001_a.sql", "-- +migrate Up\n")], &[]), ("sql-migrate", true));
    }

    #[test]
    fn one_half_is_run() {
        let trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END";
        assert_eq!(halves(&LAYOUT, TEXT), (vec![trigger.into()], vec!["DROP TRIGGER t".into()]));
    }

    #[test]
    fn numbers_count_as_numbers() {
        let paths = ["2_b.sql", "10_c.sql", "00001_a.sql", "seed.sql", "x/3_d.sql"];
        assert_eq!(read(&LAYOUT, &paths), ["00001_a.sql", "2_b.sql", "10_c.sql", "not seed.sql", "not x/3_d.sql"]);
    }
}
