//! The list of packages: what is fetched, and which files of it are run in which order.

/// One package at one version.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Package {
    /// `crates`, `npm` or `pypi`.
    pub(crate) registry: String,
    /// What the registry calls it.
    pub(crate) name: String,
    /// The version that is fetched.
    pub(crate) version: String,
    /// The databases whose migrations it carries; each begins empty.
    pub(crate) databases: Vec<Database>,
}

impl Package {
    /// The folder below the corpus that `fetch.sh` unpacks it to.
    pub(crate) fn folder(&self) -> String {
        format!("{}/{}-{}", self.registry, self.name.replace('/', "+"), self.version)
    }
}

/// The migrations of one database.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Database {
    /// What tells it from the package's others.
    pub(crate) label: String,
    /// The files, in the order in which the package runs them.
    pub(crate) parts: Vec<Part>,
}

/// Files that belong together, in the order of their names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// What their paths look like: `*` stands for anything within a name, `{a,b}` for one of both.
    pub(crate) pattern: String,
    /// Whether the last one comes first, as when migrations are taken back.
    pub(crate) direction: Direction,
}

/// In which order the files of a part are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// The first name first.
    Forward,
    /// The last name first.
    Backward,
}

/// Reads the list: a line `registry name version`, then a line `label: pattern …` for each database,
/// set in. A pattern behind a `-` is run backwards. A line that begins with `#` says something.
pub(crate) fn packages(text: &str) -> Result<Vec<Package>, String> {
    let mut found: Vec<Package> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let wrong = |what: &str| format!("packages.txt:{number}: {what}");
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with(' ') {
            let (label, patterns) = line.trim().split_once(": ").ok_or_else(|| wrong("`label: pattern` is missing"))?;
            let package = found.last_mut().ok_or_else(|| wrong("no package stands above it"))?;
            let parts = patterns.split_whitespace().map(part).collect();
            package.databases.push(Database { label: label.to_owned(), parts });
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let [registry, name, version] = words[..] else { return Err(wrong("`registry name version` is missing")) };
        if !["crates", "npm", "pypi"].contains(&registry) {
            return Err(wrong("the registry is `crates`, `npm` or `pypi`"));
        }
        found.push(Package {
            registry: registry.to_owned(),
            name: name.to_owned(),
            version: version.to_owned(),
            databases: Vec::new(),
        });
    }
    match found.iter().find(|package| package.databases.is_empty()) {
        Some(package) => Err(format!("packages.txt: `{}` has no database", package.name)),
        None => Ok(found),
    }
}

fn part(word: &str) -> Part {
    match word.strip_prefix('-') {
        Some(pattern) => Part { pattern: pattern.to_owned(), direction: Direction::Backward },
        None => Part { pattern: word.to_owned(), direction: Direction::Forward },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_has_its_databases() {
        let text = "# says something\nnpm @a/b 1.2.3\n  main: x/*.up.sql -x/*.down.sql\n  other: y.sql\n";
        let found = packages(text).expect("the list is well-formed");
        assert_eq!(found[0].folder(), "npm/@a+b-1.2.3");
        assert_eq!(found[0].databases.len(), 2);
        assert_eq!(
            found[0].databases[0].parts[1],
            Part { pattern: "x/*.down.sql".to_owned(), direction: Direction::Backward }
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert_eq!(packages("  a: b"), Err("packages.txt:1: no package stands above it".to_owned()));
        assert_eq!(packages("\ngo a 1"), Err("packages.txt:2: the registry is `crates`, `npm` or `pypi`".to_owned()));
        assert_eq!(packages("npm a 1"), Err("packages.txt: `a` has no database".to_owned()));
    }
}
