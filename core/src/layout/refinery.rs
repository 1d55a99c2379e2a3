//! refinery: `V1__name.sql`, at every depth. `U1__name.sql` is run as well, and may come out of turn.

use core::cmp::Ordering;

use super::{Facts, Folder, Place, Sureness, flyway, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "refinery",
    runner: Some("refinery"),
    recognise,
    folders: None,
    place,
    order,
    halves: None,
    remark: no_remark,
};

fn recognise(folder: &Folder) -> Sureness {
    let is_its = |name: &str| matches!(place(name), Place::Up(_));
    let mut names = folder.names(0);
    if folder.files.is_empty() || !names.all(is_its) || flyway::undoes(folder) {
        Sureness::No
    } else if folder.has("refinery.toml") || folder.names(0).any(|name| name.starts_with('U')) {
        Sureness::Certain("the files' names")
    } else {
        Sureness::Likely("the files' names")
    }
}

/// Its expression for names is `^(U|V)(\d+(?:\.\d+)?)__(\w+)\.sql$`.
fn place(path: &str) -> Place {
    let parts = names::file(path).strip_suffix(".sql").and_then(|name| name.split_once("__"));
    let Some((version, name)) = parts else { return Place::Unseen };
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|at| at.is_alphanumeric() || at == '_');
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match version.strip_prefix(['U', 'V']) {
        Some(version) if is_word(name) && version.split('.').count() <= 2 && version.split('.').all(is_number) => {
            Place::Up(version.into())
        }
        _ => Place::Unseen,
    }
}

/// By the version alone.
fn order(one: &str, other: &str) -> Ordering {
    let version = |path| names::file(path).trim_start_matches(['U', 'V']);
    names::by_number(version(one), version(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn files_that_may_be_flyways_are_nobodys() {
        assert_eq!(recognised(&[("V1__a.sql", ""), ("V2__b.sql", "")], &[]), ("plain", false));
        assert_eq!(recognised(&[("V1__a.sql", "")], &["../refinery.toml"]), ("refinery", true));
        assert_eq!(recognised(&[("V1__a.sql", ""), ("U2__b.sql", "")], &[]), ("refinery", true));
    }

    #[test]
    fn versions_count_at_every_depth() {
        assert_eq!(
            read(&LAYOUT, &["V10__c.sql", "x/V2__b.sql", "U1__a.sql", "V3_d.sql"]),
            ["U1__a.sql", "x/V2__b.sql", "V10__c.sql", "not V3_d.sql"]
        );
    }
}
