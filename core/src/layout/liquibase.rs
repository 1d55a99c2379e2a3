//! Liquibase's formatted SQL: `--liquibase formatted sql` at the head, and `--changeset author:id` before
//! each change.
//!
//! What takes a change back stands in comments (`--rollback`), and is not read.

use super::sections::{self, Half};
use super::{Facts, Folder, Place, Sureness, names, no_remark};

pub(super) static LAYOUT: Facts = Facts {
    name: "liquibase",
    runner: Some("liquibase"),
    recognise,
    folders: None,
    place: |path| Place::Up(path.into()),
    // As `includeAll` takes them; a changelog that names each file may have another.
    order: names::by_text,
    halves: Some(|text| sections::halves(text, Half::Up, half)),
    remark: no_remark,
};

fn recognise(folder: &Folder) -> Sureness {
    folder.marked(LAYOUT.place, |line| {
        sections::said(line).is_some_and(|said| said.to_ascii_lowercase().starts_with("liquibase formatted sql"))
    })
}

/// A change for other databases alone is not run.
fn half(line: &str) -> Option<Half> {
    let mut words = sections::said(line)?.split_whitespace();
    if !words.next()?.eq_ignore_ascii_case("changeset") {
        return None;
    }
    let database = words.find_map(|word| word.strip_prefix("dbms:"));
    let is_ours = |list: &str| list.trim_matches(['"', '\'']).split(',').any(|word| word.trim() == "sqlite");
    Some(if database.is_none_or(|list| is_ours(list) || list.contains('!')) { Half::Up } else { Half::Neither })
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::layout::tests::{halves, recognised};

    const TEXT: &str = "--liquibase formatted sql\n\n--changeset ann:1\nSELECT 1;\n--rollback SELECT 2;\n\
                        --changeset ann:2 dbms:postgresql\nSELECT 3;\n--changeset ann:3 dbms:h2,sqlite\nSELECT 4;\n";

    #[test]
    fn its_first_line_tells_it() {
        assert_eq!(recognised(&[("a.sql", TEXT), ("b/c.sql", TEXT)], &[]), ("liquibase", true));
    }

    #[test]
    fn changes_for_other_databases_are_not_run() {
        assert_eq!(halves(&LAYOUT, TEXT), (vec!["SELECT 1".into(), "SELECT 4".into()], vec![]));
    }
}
