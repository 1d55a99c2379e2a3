//! dbmate: `20240131120000_name.sql`, with `-- migrate:up` and `-- migrate:down` in each file.

use super::sections::{self, Half};
use super::{Facts, Place, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "dbmate",
    runner: Some("dbmate"),
    recognise: |folder| folder.marked(place, |line| half(line) == Some(Half::Up)),
    folders: Some(0),
    place,
    order: names::by_text,
    // It refuses a file with a statement before the first mark, so that one is no reason to look away.
    halves: Some(|text| sections::halves(text, Half::Up, half)),
    remark: no_remark,
};

/// Its expression for names is `^(\d+).*\.sql$`, and it enters no folder.
fn place(name: &str) -> Place {
    let numbered = name.strip_suffix(".sql").and_then(names::numbered);
    match numbered.filter(|(_, rest)| !rest.contains('/')) {
        Some((number, _)) => Place::Up(number.into()),
        None => Place::Unseen,
    }
}

fn half(line: &str) -> Option<Half> {
    match sections::said(line)?.split_whitespace().next()? {
        "migrate:up" => Some(Half::Up),
        "migrate:down" => Some(Half::Down),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::layout::tests::{halves, read, recognised};

    const TEXT: &str = "-- migrate:up\nCREATE TABLE a (b);\n\n-- migrate:down\nDROP TABLE a;\n";

    #[test]
    fn its_marks_tell_it() {
        assert_eq!(recognised(&[("1_a.sql", TEXT), ("2_b.sql", TEXT)], &[]), ("dbmate", true));
        assert_eq!(recognised(&[("1_a.sql", TEXT), ("2_b.sql", TEXT), ("3_c.sql", "")], &[]), ("dbmate", false));
        assert_eq!(recognised(&[("1_a.sql", TEXT), ("2_b.sql", "")], &[]), ("plain", true));
        assert_eq!(recognised(&[("1_a.sql", TEXT), ("old/2_b.sql", "")], &[]), ("dbmate", true));
        assert_eq!(recognised(&[("schema.sql", ""), ("migrations/1_a.sql", TEXT)], &[]), ("dbmate", true));
    }

    #[test]
    fn one_half_is_run() {
        assert_eq!(halves(&LAYOUT, TEXT), (vec!["CREATE TABLE a (b)".into()], vec!["DROP TABLE a".into()]));
        let (up, down) = halves(&LAYOUT, "--migrate:up transaction:false\r\nSELECT 1\r\n-- migrate:down\r\n");
        assert_eq!((up, down), (vec!["SELECT 1\r\n".into()], vec![]));
    }

    #[test]
    fn what_it_does_not_run_is_named() {
        assert_eq!(
            read(&LAYOUT, &["migrations/2_b.sql", "migrations/10_a.sql", "migrations/old/1_a.sql", "schema.sql"]),
            ["migrations/10_a.sql", "migrations/2_b.sql", "not migrations/old/1_a.sql", "not schema.sql"]
        );
    }
}
