//! Plain SQL files, run in the order of their names; numbers in them count as numbers.
//!
//! `x.down.sql` undoes `x.up.sql` or `x.sql`, and `x/down.sql` undoes `x/up.sql`.

use super::{Facts, Place, Sureness, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "plain",
    runner: None,
    recognise: |_| Sureness::No,
    folders: None,
    place,
    order: names::by_number,
    halves: None,
    remark: no_remark,
};

fn place(path: &str) -> Place {
    let (folder, name) = path.split_at(path.len() - names::file(path).len());
    match name {
        "down.sql" => Place::Down(folder.into()),
        "up.sql" => Place::Up(folder.into()),
        _ => path.strip_suffix(".down.sql").map_or_else(
            || Place::Up(path.strip_suffix(".up.sql").or_else(|| path.strip_suffix(".sql")).unwrap_or(path).into()),
            |stem| Place::Down(stem.into()),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::read;

    #[test]
    fn numbers_count_as_numbers() {
        assert_eq!(read(&LAYOUT, &["10_b.sql", "9_a.sql", "0011_c.sql"]), ["9_a.sql", "10_b.sql", "0011_c.sql"]);
    }

    #[test]
    fn a_down_file_belongs_to_its_up_file() {
        assert_eq!(
            read(&LAYOUT, &["1/up.sql", "1/down.sql", "2.up.sql", "2.down.sql", "3.sql"]),
            ["1/up.sql (1/down.sql)", "2.up.sql (2.down.sql)", "3.sql"]
        );
    }
}
