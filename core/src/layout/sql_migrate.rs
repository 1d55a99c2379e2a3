//! sql-migrate: any `.sql`, with `-- +migrate Up` and `-- +migrate Down` in each file.

use super::sections::{self, Half};
use super::{Facts, Place, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "sql-migrate",
    runner: Some("sql-migrate"),
    recognise: |folder| folder.marked(place, |line| half(line) == Some(Half::Up)),
    folders: Some(0),
    place,
    order: names::by_number,
    // What stands before the first mark it leaves out.
    halves: Some(|text| sections::halves(text, Half::Neither, half)),
    remark: no_remark,
};

fn place(name: &str) -> Place {
    if name.contains('/') { Place::Unseen } else { Place::Up(name.into()) }
}

fn half(line: &str) -> Option<Half> {
    let mut words = line.trim_start_matches('\u{feff}').strip_prefix("-- +migrate ")?.split_whitespace();
    match words.next()? {
        "Up" => Some(Half::Up),
        "Down" => Some(Half::Down),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::layout::tests::{halves, read, recognised};

    const TEXT: &str = "-- +migrate Up notransaction\nSELECT 1;\n-- +migrate Down\nSELECT 2;\n";

    #[test]
    fn its_marks_tell_it() {
        assert_eq!(recognised(&[("a.sql", TEXT), ("b.sql", TEXT)], &[]), ("sql-migrate", true));
    }

    #[test]
    fn one_half_is_run() {
        assert_eq!(halves(&LAYOUT, TEXT), (vec!["SELECT 1".into()], vec!["SELECT 2".into()]));
        assert_eq!(halves(&LAYOUT, "SELECT 0;\n-- +migrate Up\nSELECT 1;"), (vec!["SELECT 1".into()], vec![]));
    }

    #[test]
    fn folders_are_not_entered() {
        assert_eq!(read(&LAYOUT, &["10.sql", "9.sql", "a/1.sql"]), ["9.sql", "10.sql", "not a/1.sql"]);
    }
}
