//! golang-migrate: `000001_name.up.sql` and `000001_name.down.sql`.

use alloc::vec::Vec;

use super::{Facts, Folder, Place, Sureness, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "golang-migrate",
    runner: Some("golang-migrate"),
    recognise,
    folders: Some(0),
    place,
    order: names::by_number,
    halves: None,
    remark: no_remark,
};

/// It numbers with six digits or by the second. sqlx numbers such pairs with four, or by the second too, and
/// geni by the seconds since 1970, which have ten.
fn recognise(folder: &Folder) -> Sureness {
    let is_its = |name: &str| {
        let number = names::underscored(name).map(|(number, _)| number);
        !matches!(place(name), Place::Unseen) && number.is_some_and(|number| ![4, 10].contains(&number.len()))
    };
    let (its, others): (Vec<&str>, Vec<_>) = folder.names(0).partition(|name| is_its(name));
    if its.len() > others.len() { Sureness::Likely("the files' names") } else { Sureness::No }
}

fn place(name: &str) -> Place {
    names::pair(name, |number| number.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn six_digits_tell_it() {
        assert_eq!(recognised(&[("000001_a.up.sql", ""), ("000001_a.down.sql", "")], &[]), ("golang-migrate", false));
        assert_eq!(recognised(&[("20240131120000_a.up.sql", "")], &[]), ("plain", false));
        assert_eq!(recognised(&[("1706702400_a.up.sql", "")], &[]), ("geni", false));
        assert_eq!(
            recognised(&[("1_a.up.sql", ""), ("1_a.down.sql", ""), ("b.sql", "")], &[]),
            ("golang-migrate", false)
        );
    }

    #[test]
    fn what_it_does_not_run_is_named() {
        let paths = ["10_b.up.sql", "2_a.up.sql", "2_a.down.sql", "3_c.sql", "x/4_d.up.sql"];
        assert_eq!(
            read(&LAYOUT, &paths),
            ["2_a.up.sql (2_a.down.sql)", "10_b.up.sql", "not 3_c.sql", "not x/4_d.up.sql"]
        );
    }
}
