//! geni: `1706702400_name.up.sql` and `1706702400_name.down.sql`, numbered by the seconds since 1970.

use super::{Facts, Folder, Place, Sureness, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "geni",
    runner: Some("geni"),
    recognise,
    folders: Some(0),
    place,
    order: names::by_number,
    halves: None,
    remark: no_remark,
};

fn recognise(folder: &Folder) -> Sureness {
    let is_its = |name: &str| {
        let number = names::underscored(name).map(|(number, _)| number);
        !matches!(place(name), Place::Unseen) && number.is_some_and(|number| number.len() == 10)
    };
    if !folder.files.is_empty() && folder.names(0).all(is_its) {
        Sureness::Likely("the files' names")
    } else {
        Sureness::No
    }
}

fn place(name: &str) -> Place {
    names::pair(name, |number| number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn seconds_tell_it() {
        assert_eq!(recognised(&[("1706702400_a.up.sql", ""), ("1706702400_a.down.sql", "")], &[]), ("geni", false));
        assert_eq!(recognised(&[("000001_a.up.sql", "")], &[]), ("golang-migrate", false));
    }

    #[test]
    fn what_it_does_not_run_is_named() {
        let paths = ["1706702400_a.up.sql", "1706702400_a.down.sql", "1706702500_b.sql", "x/1706702600_c.up.sql"];
        assert_eq!(
            read(&LAYOUT, &paths),
            ["1706702400_a.up.sql (1706702400_a.down.sql)", "not 1706702500_b.sql", "not x/1706702600_c.up.sql"]
        );
    }
}
