//! Flyway: `V1__name.sql`, which `U1__name.sql` takes back, and `R__name.sql` behind them, at every depth.

use alloc::collections::BTreeSet;
use alloc::string::String;
use core::cmp::Ordering;

use super::{Facts, Folder, Place, Sureness, names, no_remark};
use crate::text::gathered;

pub(super) static LAYOUT: Facts = Facts {
    name: "flyway",
    runner: Some("flyway"),
    recognise,
    folders: None,
    place,
    order,
    halves: None,
    remark: no_remark,
};

fn recognise(folder: &Folder) -> Sureness {
    let is_its = |name: &str| !matches!(place(name), Place::Unseen);
    if folder.files.is_empty() || !folder.names(0).all(is_its) {
        return Sureness::No;
    }
    let repeats = folder.names(0).any(|name| name.starts_with("R__"));
    let dotted =
        folder.names(0).any(|name| version(name).is_some_and(|version| version.matches(['.', '_']).count() > 1));
    let stray = folder.names(0).any(|name| name.starts_with('U')) && !undoes(folder);
    if repeats || undoes(folder) || folder.has("flyway.toml") || folder.has("flyway.conf") {
        Sureness::Certain("the files' names")
    } else if stray && !dotted {
        Sureness::No
    } else {
        Sureness::Likely("the files' names")
    }
}

/// Whether a `U` file has the version of a `V` file: it takes that back.
pub(super) fn undoes(folder: &Folder) -> bool {
    let of = |letter: char| folder.names(0).filter(move |name| name.starts_with(letter)).filter_map(version);
    let made: BTreeSet<&str> = gathered(of('V'));
    of('U').any(|version| made.contains(version))
}

/// The version behind the letter: `1`, `1.2` or `1_2`.
fn version(name: &str) -> Option<&str> {
    let (version, _) = name.strip_prefix(['V', 'U'])?.strip_suffix(".sql")?.split_once("__")?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    version.split(['.', '_']).all(is_number).then_some(version)
}

fn place(path: &str) -> Place {
    let name = names::file(path);
    match (version(name), name.strip_prefix("R__")) {
        (Some(version), _) if name.starts_with('V') => Place::Up(version.replace('_', ".")),
        (Some(version), _) => Place::Down(version.replace('_', ".")),
        (None, Some(rest)) => Place::Up(rest.into()),
        (None, None) => Place::Unseen,
    }
}

/// By the version; what is repeated comes last, by its description.
fn order(one: &str, other: &str) -> Ordering {
    let key = |path| version(names::file(path)).map(|version| version.replace('_', "."));
    match (key(one), key(other)) {
        (Some(one), Some(other)) => names::by_number(&one, &other),
        (None, None) => names::file(one).cmp(names::file(other)),
        (one, other) => Option::<String>::is_none(&one).cmp(&other.is_none()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn what_others_do_not_have_tells_it() {
        assert_eq!(recognised(&[("V1__a.sql", ""), ("R__views.sql", "")], &[]), ("flyway", true));
        assert_eq!(recognised(&[("V1__a.sql", ""), ("U1__a.sql", "")], &[]), ("flyway", true));
        assert_eq!(recognised(&[("V1_0_1__a.sql", "")], &[]), ("flyway", false));
    }

    #[test]
    fn what_is_repeated_comes_last() {
        let paths = ["R__b.sql", "V1_10__c.sql", "V1.2__b.sql", "V1__a.sql", "U1__a.sql", "afterMigrate.sql"];
        assert_eq!(
            read(&LAYOUT, &paths),
            ["V1__a.sql (U1__a.sql)", "V1.2__b.sql", "V1_10__c.sql", "R__b.sql", "not afterMigrate.sql"]
        );
    }
}
