//! The formats of a lint report that others read: each is what its reader documents, and no text of a migration
//! can make anything else of it.

use std::collections::BTreeSet;
use std::fs;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use remold_core::change;
use remold_core::history::Project;
use remold_core::lint::{self, Report, Settings};
use remold_core::render::markdown::{Literals, Look};
use remold_core::render::{Linted, github, gitlab, json, markdown, rdjson, sarif};
use remold_core::snapshot::Snapshot;
use remold_core::text::SourceFile;
use serde_json::Value;

use crate::harness::{binary, fixture};
use crate::json::closed_schema;

/// Text that means something to a terminal, a workflow's log, a Markdown or an HTML reader.
const HOSTILE: [&str; 12] = [
    "\n::error file=x.sql::forged",
    "%0A::error::forged",
    "a,line=7::b:c",
    "\x1b[31mred\u{9b}2J\u{202e}",
    "`</code></details><img src=x onerror=y>",
    "``` <script>",
    "-->\n\n# heading\n\n| a | b |\n|---|---|",
    "[x](http://evil.example)",
    "@everyone #1 www.evil.example https://evil.example",
    "**bold** _it_ ~~gone~~ $x$ &lt; \\",
    "it's ' one",
    "##[error]forged",
];

fn settings() -> Settings {
    Settings::new(None, None, remold_core::history::Runner::by_hand())
}

fn linted<'run>(project: &'run Project, settings: &'run Settings, report: &'run Report) -> Linted<'run> {
    Linted { database: None, project, settings, report, change: None }
}

fn hostile() -> (Project, Report) {
    let statements = HOSTILE.iter().map(|name| {
        let (quoted, line) = (name.replace('"', "\"\""), name.replace('\n', " "));
        format!(
            "CREATE TABLE \"{quoted}\" (id INTEGER PRIMARY KEY, \"{quoted}\" TEXT);\n\
             -- remold: allow(drop-column) {line}\n\
             ALTER TABLE users DROP COLUMN \"{quoted}\";\n\
             DROP TABLE \"{quoted} gone\";\n"
        )
    });
    let text: String = statements.collect();
    let files =
        vec![SourceFile::new("1.sql", text.clone()), SourceFile::new("2,line=1::b%0A[x](y) `@all` <i>|.sql", text)];
    let project = Project { root: "app".to_owned(), files, ..Project::default() };
    let report = lint::lint(&project, &settings());
    (project, report)
}

/// The JSON, which fits the schema in `tests/schemas`.
pub(crate) fn is_valid(schema: &str, json: &str, what: &str) -> Value {
    let schema = fs::read_to_string(fixture::root().join("tests/schemas").join(schema)).unwrap();
    // The official text has this pattern, which no reader of Unicode patterns takes; its errata have the other.
    let schema = schema.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    let schema = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let json: Value = serde_json::from_str(json).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{what}: {faults:#?}");
    json
}

/// Everything that the rules' own fixtures find.
fn everything() -> Vec<(String, Project, Report)> {
    let cases =
        fixture::all().into_iter().flat_map(|(rule, cases)| cases.into_iter().map(move |case| (rule.clone(), case)));
    let report = |(rule, case): (String, fixture::Case)| {
        let project = Project { files: case.files.clone(), ..Project::default() };
        let report = lint::lint(&project, &case.settings);
        (format!("{rule}: {}", case.title), project, report)
    };
    cases.map(report).collect()
}

#[test]
fn what_the_rules_find_is_as_each_reader_documents_it() {
    let (project, report) = hostile();
    let mut fixes = 0;
    let validator = jsonschema::validator_for(&closed_schema()).unwrap();
    for (what, project, report) in everything().into_iter().chain([("hostile names".to_owned(), project, report)]) {
        let log = is_valid("sarif-2.1.0.json", &sarif::lint(&[linted(&project, &settings(), &report)]), &what);
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), report.findings.len() + report.allowed.len(), "{what}");
        let rules = &log["runs"][0]["tool"]["driver"]["rules"];
        for (result, suppressed) in results.iter().zip((0..).map(|at| at >= report.findings.len())) {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"], "{what}");
            assert_eq!(result["suppressions"].as_array().unwrap().is_empty(), !suppressed, "{what}");
            fixes += result["fixes"].as_array().map_or(0, Vec::len);
        }
        let lint: Value = serde_json::from_str(&json::lint(&project, &settings(), &report)).unwrap();
        assert!(validator.is_valid(&lint), "{what}: docs/lint.schema.json does not hold {lint:#}");
        let quality =
            is_valid("gitlab-code-quality.json", &gitlab::lint(&[linted(&project, &settings(), &report)]), &what);
        let fingerprints: BTreeSet<&str> =
            quality.as_array().unwrap().iter().map(|one| one["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(fingerprints.len(), report.findings.len(), "{what}: GitLab drops what is equal");
        let diagnostics = is_valid("rdjson.json", &rdjson::lint(&[linted(&project, &settings(), &report)]), &what);
        assert_eq!(diagnostics["diagnostics"].as_array().unwrap().len(), report.findings.len(), "{what}");
    }
    assert!(fixes > 20, "SARIF holds {fixes} fixes");
}

/// As GitHub's runner reads a line: a command, its properties, and the rest.
fn command(line: &str) -> (&str, Vec<(&str, &str)>, &str) {
    let (head, data) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    (name, properties.split(',').map(|one| one.split_once('=').unwrap()).collect(), data)
}

fn unescaped(text: &str) -> String {
    let text = text.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r");
    text.replace("%25", "%")
}

#[test]
fn no_name_forges_an_annotation() {
    let (project, mut report) = hostile();
    let all = std::mem::take(&mut report.findings);
    assert!(all.len() > 60, "{}", all.len());
    for finding in all {
        report.findings = vec![finding];
        let out = github::lint(&[linted(&project, &settings(), &report)]);
        let (line, rest) = out.split_once('\n').unwrap();
        assert!(rest.is_empty() && !line.contains(char::is_control), "{out:?}");
        let (name, properties, data) = command(line);
        let finding = &report.findings[0];
        assert!(["error", "warning", "notice"].contains(&name));
        let keys: Vec<&str> = properties.iter().map(|(key, _)| *key).collect();
        assert!(
            ["file,line,endLine,col,endColumn,title", "file,line,endLine,title"].contains(&&*keys.join(",")),
            "{line}"
        );
        assert_eq!(unescaped(properties[0].1), format!("app/{}", finding.path));
        assert!(unescaped(data).starts_with(&*remold_core::text::visible::visible(&finding.message)), "{line}");
    }
}

#[test]
fn github_is_given_what_it_shows() {
    let (project, report) = hostile();
    let out = github::lint(&[linted(&project, &settings(), &report)]);
    let names: Vec<&str> = out.lines().map(|line| command(line).0).collect();
    let count = |wanted: &str| names.iter().filter(|name| **name == wanted).count();
    assert!(["error", "warning", "notice"].into_iter().all(|name| count(name) <= 10), "{names:?}");
    let order = |name: &&str| ["error", "warning", "notice"].iter().position(|known| known == name);
    assert!(names.is_sorted_by_key(order), "the worst come first: {names:?}");
    let left = report.findings.len() - (names.len() - 1);
    let said = out.lines().last().unwrap();
    let numbers = said.split("Left out: ").nth(1).unwrap().split(';').next().unwrap();
    let numbers: usize =
        numbers.split(", ").map(|part| part.split(' ').next().unwrap().parse::<usize>().unwrap()).sum();
    assert_eq!(numbers, left, "{said}");
}

#[test]
fn no_name_breaks_the_markdown() {
    let (project, report) = hostile();
    let base = "https://git.example/a(b)/blob/main/";
    let settings = settings();
    let columns = HOSTILE.iter().map(|name| format!("\"{}\" TEXT", name.replace('"', "\"\"")));
    let columns = columns.collect::<Vec<_>>().join(", ");
    let schema = Snapshot::read(&format!("CREATE TABLE users ({columns}, id INTEGER PRIMARY KEY);")).unwrap();
    let change = change::of(&project, &settings, Some(&schema));
    assert!(change.plan.hazards.len() == HOSTILE.len(), "{:#?}", change.plan.refusals);
    let several = [
        Linted { change: Some(&change), ..linted(&project, &settings, &report) },
        Linted { database: Some("`</code> [x](y) @all"), ..linted(&project, &settings, &report) },
    ];
    let runs = change.plan.clone();
    for page in [
        markdown::lint(&several[..1], &Look { files: Some(base), ..Look::default() }),
        markdown::lint(&several, &Look { files: Some(base), literals: Literals::Shown }),
        markdown::plan(&runs, Literals::Hidden),
        markdown::plan(&runs, Literals::Shown),
    ] {
        is_harmless(&page);
    }
    let page = markdown::lint(&several[..1], &Look::default());
    let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("#### ")).collect();
    assert_eq!(headings.len(), project.files.len(), "{page}");
}

/// Whether nothing on the page is more than what we mean it to be.
fn is_harmless(page: &str) {
    let (mut code, mut block) = (false, false);
    for event in Parser::new_ext(page, Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let known = [
                    "<!-- remold -->",
                    "<details><summary>Allowed by comments</summary>",
                    "</details>",
                    "<code>",
                    "</code>",
                ];
                assert!(known.contains(&html.trim()), "{html}");
                code = &*html == "<code>";
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://git.example/a%28b%29/blob/main/app/"), "{dest_url}");
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let known = ["sql", "diff", "sh"].map(|word| CodeBlockKind::Fenced(word.into()));
                assert!(known.contains(&kind), "{kind:?}");
                block = true;
            }
            Event::End(TagEnd::CodeBlock) => block = false,
            Event::Text(text) => {
                let speaks = ["@", "://", "www.", "#1"].iter().any(|sign| text.contains(sign));
                assert!(code || block || !speaks, "{text}");
            }
            Event::Start(Tag::Heading { level, .. }) => assert!(level > HeadingLevel::H1, "{page}"),
            Event::Start(Tag::Item | Tag::Paragraph | Tag::List(_) | Tag::Strong | Tag::HtmlBlock)
            | Event::End(_)
            | Event::Code(_)
            | Event::SoftBreak => {}
            other => panic!("{other:?} in\n{page}"),
        }
    }
    assert!(!page.contains(|character: char| character.is_control() && character != '\n'));
}

#[test]
fn a_comment_has_room_for_what_is_worst() {
    let statements =
        |at| format!("CREATE TABLE t{at} (id INTEGER PRIMARY KEY);\nALTER TABLE users DROP COLUMN c{at};\n");
    let text = (0..2_000).map(statements).collect::<Vec<_>>().concat();
    let files = vec![SourceFile::new("1.sql", text)];
    let project = Project { files, ..Project::default() };
    let settings = settings();
    let report = lint::lint(&project, &settings);
    let change = change::of(&project, &settings, None);
    let with_plan = Linted { change: Some(&change), ..linted(&project, &settings, &report) };
    for all in [vec![linted(&project, &settings, &report)], vec![with_plan], vec![with_plan; 3]] {
        let page = markdown::lint(&all, &Look::default());
        assert!((50_000..=65_000).contains(&page.chars().count()), "{}", page.chars().count());
        assert!(page.contains("- **error**") && !page.contains("- **note**"));
        let left = page.lines().find(|line| line.starts_with("**Left out")).unwrap();
        let shown = page.lines().filter(|line| line.starts_with("- **error") || line.starts_with("- **warning"));
        let words = left.split([' ', '.']).filter_map(|word| word.parse::<usize>().ok());
        assert_eq!(words.sum::<usize>() + shown.count() / all.len(), report.findings.len(), "{left}");
    }
}

#[test]
fn a_comment_has_room_for_many_databases() {
    let (project, report) = hostile();
    let settings = settings();
    let change = change::of(&project, &settings, None);
    let one = Linted { database: Some("one of many"), change: Some(&change), ..linted(&project, &settings, &report) };
    for count in [2, 60, 2_000] {
        let page = markdown::lint(&vec![one; count], &Look::default());
        assert!(page.chars().count() <= 65_000, "{}", page.chars().count());
        assert!(page.contains("**Left out, for a comment can hold no more: "), "{page}");
        assert!(page.starts_with(&format!("<!-- remold -->\n**Not safe**: {count} databases here")), "{page}");
    }
}

#[test]
fn a_comment_holds_no_literal_of_the_sql() {
    let folder = tempfile::tempdir().unwrap();
    let text = "CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users (name) VALUES ('hidden1');
ALTER TABLE users ADD COLUMN state TEXT NOT NULL DEFAULT 'hidden2' CHECK (state <> 'hidden2' AND length(state) > 47110);
UPDATE users SET name = \"hidden3\" WHERE id = 1;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT DEFAULT \"hidden4\", CHECK (name<>x'4711' AND id<>47115));
INSERT INTO new_users SELECT id, name FROM users WHERE name = 'hidden5';
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE UNIQUE INDEX one ON users (name) WHERE name <> 'hidden6' AND id > 47116;
INSERT INTO users (name) VALUES ('hidden7';
SELECT 1 'hidden8' 'hidden9';
SELECT x'4711g';
SELECT 'hidden0 and what is behind it
";
    fs::write(folder.path().join("1.sql"), text).unwrap();
    let print = |format: &str| {
        let output = binary::command(folder.path()).args(["lint", "1.sql", "--format", format]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let page = print("markdown");
    let secrets: Vec<&str> = page.lines().filter(|line| line.contains("hidden") || line.contains("4711")).collect();
    assert!(secrets.is_empty(), "{secrets:#?}");
    let output = binary::command(folder.path())
        .args(["plan", "1.sql", "--schema", "1.sql", "--format", "markdown"])
        .output()
        .unwrap();
    let plan = String::from_utf8(output.stdout).unwrap();
    assert!(!plan.contains("hidden") && !plan.contains("4711"), "{plan}");
    assert!(print("json").contains("hidden"), "something was there to hide");
}
