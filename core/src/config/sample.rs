//! A `remold.toml` to begin with: what is known of a project, and all else that it may say as comments.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::Value;

use super::described;

/// What is known of a project.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Its migration files, or folders of them.
    pub paths: Vec<String>,
    /// The versions that read its database.
    pub sqlite: Option<String>,
    /// How the files are laid out, where somebody said it.
    pub layout: Option<String>,
    /// As what they are recognised: the example, where nobody said it.
    pub recognised: Option<String>,
}

/// The keys in the order in which they are read best, each with what a project might say.
const EXAMPLES: [(&str, &str); 17] = [
    ("paths", r#"["migrations"]"#),
    ("layout", r#""plain""#),
    ("runner", r#""by-hand""#),
    ("sqlite", r#""debian-12..""#),
    ("engine", r#""3.40.1""#),
    ("foreign-keys", r#""on""#),
    ("targets", r#"["d1"]"#),
    ("schema", r#""schema.sql""#),
    ("after", r#""0012_orders.sql""#),
    ("baseline", r#""remold-baseline.json""#),
    ("fail-on", r#""warning""#),
    ("reasons", r#""optional""#),
    ("rules", "drop-column = \"warning\""),
    ("folders", "[folders.\"migrations/legacy\"]\ndrop-table = \"note\""),
    ("naming", "table = \"{snake_case}\"\nindex = \"idx_{table}_{columns}\""),
    ("queries", "paths = [\".sqlx\"]"),
    ("database", "[[database]]\nname = \"events\"\npaths = [\"events/migrations\"]"),
];

/// The file: each key with what it means, and its value or, as a comment, an example.
pub fn sample(known: &Known) -> String {
    let mut text =
        "# What remold is to know of this project. `remold config-schema` has all of it for editors.\n".to_string();
    for (key, example) in EXAMPLES {
        text.push_str(&format!("\n# {}\n", described(key)));
        text.push_str(&match (value(known, key), key) {
            (Some(value), _) => format!("{key} = {value}\n"),
            (None, "rules" | "naming" | "queries") => commented(&format!("[{key}]\n{example}")),
            (None, "folders" | "database") => commented(example),
            (None, "layout") => {
                let layout = known.recognised.as_ref().map_or_else(|| example.to_string(), |layout| quoted(layout));
                commented(&format!("{key} = {layout}"))
            }
            (None, _) => commented(&format!("{key} = {example}")),
        });
    }
    text
}

/// What is known of the key, as TOML.
fn value(known: &Known, key: &str) -> Option<String> {
    let text = |text: &String| quoted(text);
    match key {
        "paths" if known.paths.is_empty() => None,
        "paths" => Some(format!("[{}]", known.paths.iter().map(text).collect::<Vec<_>>().join(", "))),
        "sqlite" => known.sqlite.as_ref().map(text),
        "layout" => known.layout.as_ref().map(text),
        _ => None,
    }
}

/// A string of JSON, which is one of TOML but for one character.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}

fn commented(lines: &str) -> String {
    let lines: Vec<String> = lines.lines().map(|line| format!("# {line}\n")).collect();
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::super::{Config, KEYS};
    use super::*;

    #[test]
    fn every_key_is_in_it_with_an_example_that_can_be_read() {
        let mut named: Vec<&str> = EXAMPLES.iter().map(|(key, _)| *key).collect();
        named.sort_unstable();
        assert_eq!(named, KEYS.map(|(key, _)| key));
        for (key, _) in EXAMPLES {
            let text = sample(&Known::default());
            let block = text.split("\n\n").find(|block| block.contains(described(key))).unwrap();
            let lines = block.lines().skip(1).map(|line| line.trim_start_matches("# "));
            let config = Config::read(&lines.collect::<Vec<_>>().join("\n")).unwrap();
            assert_ne!(config, Config::default(), "{key} says nothing:\n{block}");
        }
    }

    #[test]
    fn what_is_known_is_read_as_it_was_said() {
        let odd = "a \"b\"\\\n\u{7f}ü";
        let known = Known {
            paths: [odd.to_string(), "db".to_string()].into(),
            sqlite: Some("debian-12..".into()),
            layout: Some("dbmate".into()),
            recognised: Some("goose".into()),
        };
        let config = Config::read(&sample(&known)).unwrap();
        assert_eq!(config.paths, [odd, "db"]);
        assert_eq!(config.sqlite, Some("debian-12..".parse().unwrap()));
        assert_eq!(config.layout, "dbmate".parse().ok());
    }
}
