//! What a project's own files say: the commands that it has, and what it depends on.

use alloc::format;
use alloc::string::String;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Setup, ToolFile, Weight, json};

/// The commands that run migrations.
const COMMANDS: [(&str, &str); 16] = [
    ("wrangler d1 migrations apply", "wrangler"),
    ("drizzle-kit migrate", "drizzle"),
    ("prisma migrate deploy", "prisma"),
    ("prisma migrate dev", "prisma"),
    ("dbmate up", "dbmate"),
    ("dbmate migrate", "dbmate"),
    ("db-migrate up", "db-migrate"),
    ("geni up", "geni"),
    ("sqitch deploy", "sqitch"),
    ("sqlx migrate run", "sqlx"),
    ("sqlx database setup", "sqlx"),
    ("diesel migration run", "diesel"),
    ("atlas migrate apply", "atlas"),
    ("flyway migrate", "flyway"),
    ("sql-migrate up", "sql-migrate"),
    ("yoyo apply", "yoyo"),
];

/// The packages of npm that run migrations. drizzle-kit and Prisma write what others may run.
const PACKAGES: [(&str, &str); 2] = [("dbmate", "dbmate"), ("db-migrate", "db-migrate")];

const CRATES: [(&str, &str); 7] = [
    ("sqlx", "sqlx"),
    ("refinery", "refinery"),
    ("rusqlite_migration", "rusqlite_migration"),
    ("diesel", "diesel"),
    ("diesel_migrations", "diesel"),
    ("diesel-async", "diesel"),
    ("geni", "geni"),
];

const MODULES: [(&str, &str); 6] = [
    ("github.com/golang-migrate/migrate", "golang-migrate"),
    ("github.com/pressly/goose", "goose"),
    ("github.com/amacneil/dbmate", "dbmate"),
    ("github.com/rubenv/sql-migrate", "sql-migrate"),
    ("ariga.io/atlas", "atlas"),
    ("ariga.io/atlas-go-sdk", "atlas"),
];

/// `package.json`: a command says more than that something is there.
pub(super) fn package(setup: &mut Setup, tool: &ToolFile) {
    let Some(root) = json(&tool.text) else { return setup.unread(tool) };
    let scripts = root.get("scripts").and_then(|scripts| scripts.as_object()).into_iter().flat_map(|all| all.values());
    for script in scripts.filter_map(|script| script.as_str()) {
        let words: alloc::vec::Vec<&str> = script.split_whitespace().collect();
        let script = format!("{} ", words.join(" "));
        for (command, runner) in COMMANDS {
            if script.contains(&format!("{command} ")) {
                setup.name(runner, tool, Weight::Command);
            }
        }
    }
    for key in ["dependencies", "devDependencies"] {
        for (package, runner) in PACKAGES {
            if root.get(key).and_then(|all| all.get(package)).is_some() {
                setup.name(runner, tool, Weight::Dependency);
            }
        }
    }
}

/// `Cargo.toml`: what the crate, or the workspace, depends on.
pub(super) fn cargo(setup: &mut Setup, tool: &ToolFile) {
    let Ok(table) = DeTable::parse(&tool.text) else { return setup.unread(tool) };
    let root = table.get_ref();
    let inner = |table: &DeTable, key: &str, is: &mut dyn FnMut(&DeTable)| {
        if let Some(DeValue::Table(found)) = table.get(key).map(Spanned::get_ref) {
            is(found);
        }
    };
    let mut look = |dependencies: &DeTable| {
        for (name, runner) in CRATES {
            if dependencies.get(name).is_some() {
                setup.name(runner, tool, Weight::Dependency);
            }
        }
    };
    for key in ["dependencies", "dev-dependencies", "build-dependencies"] {
        inner(root, key, &mut look);
    }
    inner(root, "workspace", &mut |workspace| inner(workspace, "dependencies", &mut look));
}

/// `go.mod`: each line that is needed begins with the path of a module, `/v4` behind it.
pub(super) fn go(setup: &mut Setup, tool: &ToolFile) {
    let needed = tool.text.lines().filter(|line| !line.contains("// indirect"));
    for line in needed.filter_map(|line| line.trim().trim_start_matches("require ").split_whitespace().next()) {
        for (module, runner) in MODULES {
            let rest = line.strip_prefix(module);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("/v")) {
                setup.name(runner, tool, Weight::Dependency);
            }
        }
    }
}

/// `drizzle.config.ts`: over HTTP its database is D1.
pub(super) fn drizzle(setup: &mut Setup, tool: &ToolFile) {
    let without: String = tool.text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    if without.contains("d1-http") {
        setup.name("wrangler", tool, Weight::Dependency);
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    fn named(name: &str, text: &str) -> Vec<String> {
        let tool = ToolFile { path: format!("/r/{name}"), shown: name.into(), text: text.into() };
        let setup = Setup::read("/r/migrations", &[], &[tool]);
        setup.runners.into_iter().map(|named| format!("{} {:?}", named.runner, named.weight)).collect()
    }

    #[test]
    fn a_command_says_who_runs_them() {
        let text = r#"{ "scripts": { "db": "wrangler  d1 migrations apply DB --remote", "g": "drizzle-kit generate" },
                        "devDependencies": { "drizzle-kit": "1", "dbmate": "2" } }"#;
        assert_eq!(named("package.json", text), ["wrangler Command", "dbmate Dependency"]);
        assert_eq!(named("package.json", r#"{ "scripts": { "db": "dbmate up" } }"#), ["dbmate Command"]);
        assert_eq!(named("package.json", r#"{ "scripts": ["dbmate up"] }"#), Vec::<String>::new());
    }

    #[test]
    fn a_dependency_says_who_may() {
        assert_eq!(named("Cargo.toml", "[dependencies]\nsqlx = \"0.8\"\nserde = \"1\"\n"), ["sqlx Dependency"]);
        assert_eq!(named("Cargo.toml", "[workspace.dependencies]\nrefinery = \"1\"\n"), ["refinery Dependency"]);
        let text = "require (\n\tgithub.com/pressly/goose/v3 v3.1.0\n\tariga.io/atlas v0.1.0 // indirect\n)\n";
        assert_eq!(named("go.mod", text), ["goose Dependency"]);
        assert_eq!(named("drizzle.config.ts", "export default { driver: 'd1-http' }"), ["wrangler Dependency"]);
        assert_eq!(named("drizzle.config.ts", "// driver: 'd1-http'\nexport default {}"), Vec::<String>::new());
    }
}
