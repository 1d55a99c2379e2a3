//! Drizzle: `0000_tag.sql` with `--> statement-breakpoint` between statements, and `meta/_journal.json`.

use super::{Facts, Folder, Place, Sureness, names};

pub(super) static LAYOUT: Facts = Facts {
    name: "drizzle",
    runner: Some("drizzle"),
    recognise,
    folders: Some(0),
    place,
    order: names::by_number,
    halves: None,
    remark: |folder| Some(remark(folder)),
};

fn recognise(folder: &Folder) -> Sureness {
    let mut names = folder.names(0);
    if !names.any(|name| matches!(place(name), Place::Up(_))) {
        Sureness::No
    } else if folder.has("meta/_journal.json") {
        Sureness::Certain("meta/_journal.json")
    } else if folder.files.iter().any(|file| file.text.contains("--> statement-breakpoint")) {
        Sureness::Likely("the files' breakpoints")
    } else {
        Sureness::No
    }
}

fn place(name: &str) -> Place {
    match names::underscored(name) {
        Some((number, _)) if number.len() >= 4 => Place::Up(number.into()),
        _ => Place::Unseen,
    }
}

/// It only writes them; other tools run them too.
fn remark(folder: &Folder) -> &'static str {
    let other = super::wrangler::is_beside(folder);
    if other {
        "drizzle-kit wrote them, and wrangler is set up beside: where that runs them, say --runner wrangler"
    } else {
        "drizzle-kit wrote them: where another tool runs them, say --runner"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{read, recognised};

    #[test]
    fn its_journal_tells_it() {
        let text = "CREATE TABLE a (b);\n--> statement-breakpoint\nCREATE TABLE c (d);";
        let found = |beside: &[&str]| recognised(&[("0000_a.sql", text)], beside);
        assert_eq!(found(&["meta/_journal.json", "meta/0000_snapshot.json"]), ("drizzle", false));
        assert_eq!(found(&[]), ("drizzle", false));
        assert_eq!(recognised(&[("0000_a.sql", "SELECT 1;")], &[]), ("plain", true));
    }

    #[test]
    fn folders_are_not_entered() {
        assert_eq!(
            read(&LAYOUT, &["0001_b.sql", "0000_a.sql", "custom/0000_x.sql"]),
            ["0000_a.sql", "0001_b.sql", "not custom/0000_x.sql"]
        );
    }
}
