//! Versions of SQLite, ranges of them, and the table of what each brought.

use core::fmt;
use core::str::FromStr;

use alloc::format;
use alloc::string::String;

use super::platform;

/// A version of SQLite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The `3` of 3.35.5.
    pub major: u16,
    /// The `35` of 3.35.5.
    pub minor: u16,
    /// The `5` of 3.35.5.
    pub patch: u16,
}

impl Version {
    /// A version from its three numbers.
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl FromStr for Version {
    type Err = String;

    /// Reads `3.35.5`, `3.35`, or the name of a system that brings one. The error says what a version looks
    /// like.
    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(version) = platform::version_of(text.trim()) {
            return Ok(version);
        }
        let wrong = || {
            let system = platform::nearest(text).unwrap_or("debian-12");
            format!("`{text}` is not a version of SQLite; write it like 3.34.1, or {system}")
        };
        let mut numbers = text.trim().split('.').map(str::parse::<u16>);
        let mut next = || numbers.next().transpose().map_err(|_| wrong());
        let (major, minor, patch) = (next()?, next()?, next()?);
        match (major, minor, numbers.next()) {
            (Some(3), Some(minor), None) => Ok(Self::new(3, minor, patch.unwrap_or(0))),
            _ => Err(wrong()),
        }
    }
}

/// The versions that must be able to read the database afterwards: from the oldest, which is
/// always known, to the newest, if there is a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionRange {
    /// The oldest version that reads the file.
    pub oldest: Version,
    /// The newest, where one is named.
    pub newest: Option<Version>,
}

impl VersionRange {
    /// From `oldest` on, without an upper bound.
    pub const fn from(oldest: Version) -> Self {
        Self { oldest, newest: None }
    }
}

impl fmt::Display for VersionRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.newest {
            Some(newest) if newest == self.oldest => write!(out, "{newest}"),
            Some(newest) => write!(out, "{}..{newest}", self.oldest),
            None => write!(out, "{}..", self.oldest),
        }
    }
}

impl FromStr for VersionRange {
    type Err = String;

    /// Reads `3.34.1..`, `3.34.1..3.45.0` or a single version.
    fn from_str(text: &str) -> Result<Self, String> {
        let Some((oldest, newest)) = text.split_once("..") else {
            let only = text.parse()?;
            return Ok(Self { oldest: only, newest: Some(only) });
        };
        let oldest: Version = oldest.parse()?;
        let newest = if newest.is_empty() { None } else { Some(newest.parse()?) };
        if newest.is_some_and(|newest| newest < oldest) {
            return Err(format!("the range `{text}` ends before it begins; write the oldest version first"));
        }
        Ok(Self { oldest, newest })
    }
}

/// The version that the command line is built with, and so the one that executes a plan unless
/// another is named. A test compares it with the linked library.
pub const BUNDLED: Version = Version::new(3, 54, 1);

/// Something that SQLite can do only since some version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feature {
    /// What it is called, in SQLite's own terms.
    pub name: &'static str,
    /// The first version that has it and does it right.
    pub since: Version,
    /// What to do where an older version must read the file.
    pub instead: &'static str,
}

macro_rules! features {
    ($($major:literal, $minor:literal, $patch:literal { $($id:ident = $name:literal, $instead:literal;)+ })+) => {
        $($(
            #[doc = concat!("`", $name, "`, since ", $major, ".", $minor, ".", $patch, ".")]
            pub const $id: Feature =
                Feature { name: $name, since: Version::new($major, $minor, $patch), instead: $instead };
        )+)+
        /// Every feature of the table, oldest first.
        pub const FEATURES: &[Feature] = &[$($($id,)+)+];
    };
}

features! {
    3,8,0 {
        PARTIAL_INDEX = "an index with WHERE", "index all rows";
        DEFER_FOREIGN_KEYS = "PRAGMA defer_foreign_keys", "declare the foreign key DEFERRABLE INITIALLY DEFERRED";
    }
    3,8,2 {
        WITHOUT_ROWID = "WITHOUT ROWID", "leave it out";
    }
    3,8,3 {
        COMMON_TABLE_EXPRESSION = "WITH", "write the query as a subquery";
        VALUES_QUERY = "VALUES as a query", "use SELECT, with UNION ALL for several rows";
    }
    3,8,6 {
        HEXADECIMAL_NUMBER = "a hexadecimal number", "write the number in decimal";
    }
    3,9,0 {
        EXPRESSION_INDEX = "index on an expression", "index a plain column";
        VIEW_COLUMN_LIST = "CREATE VIEW with a column list", "name the columns with AS in the query";
    }
    3,15,0 {
        ROW_VALUE = "a row value", "compare or set the columns one by one";
    }
    3,16,0 {
        PRAGMA_FUNCTION = "a PRAGMA as a table-valued function", "run the PRAGMA itself";
    }
    3,23,0 {
        BOOLEAN_WORD = "TRUE and FALSE", "write 1 and 0";
    }
    3,24,0 {
        UPSERT = "ON CONFLICT … DO", "use INSERT OR IGNORE, or an UPDATE followed by an INSERT";
        TARGET_ALIAS = "an alias in INSERT, UPDATE and DELETE", "write the table's own name";
    }
    3,25,0 {
        RENAME_COLUMN = "RENAME COLUMN", "let `remold plan` rebuild the table, or keep the old name";
        WINDOW_FUNCTION = "OVER (…)", "compute it with a subquery";
    }
    3,26,0 {
        TABLE_XINFO = "PRAGMA table_xinfo", "use PRAGMA table_info, which leaves hidden columns out";
    }
    3,27,0 {
        VACUUM_INTO = "VACUUM INTO", "use the backup API";
    }
    3,28,0 {
        WINDOW_GROUPS = "GROUPS and EXCLUDE in a window", "use ROWS or RANGE, and filter in a subquery";
    }
    3,30,0 {
        NULLS_FIRST = "NULLS FIRST and NULLS LAST", "order by `x IS NULL` first";
        AGGREGATE_FILTER = "FILTER (WHERE …)", "put a CASE into the aggregate";
    }
    3,31,0 {
        GENERATED_COLUMN = "a generated column", "compute the value in a view or a trigger";
    }
    3,33,0 {
        UPDATE_FROM = "UPDATE … FROM", "use a subquery in SET and WHERE";
        SQLITE_SCHEMA = "the name sqlite_schema", "write sqlite_master";
    }
    3,35,0 {
        RETURNING = "RETURNING", "query the row afterwards";
        MATERIALIZED = "AS MATERIALIZED", "leave the hint out";
        UPSERT_CLAUSES = "several ON CONFLICT clauses", "keep the one that can happen";
        UPSERT_ANY_TARGET = "ON CONFLICT DO UPDATE without a target", "name the columns that conflict";
    }
    3,35,5 {
        DROP_COLUMN = "DROP COLUMN", "let `remold plan` rebuild the table, or leave the column unused";
    }
    3,37,0 {
        STRICT = "STRICT", "use CHECK (typeof(column) = …) constraints";
        TABLE_LIST = "PRAGMA table_list", "query sqlite_master";
    }
    3,38,0 {
        JSON_ARROW = "the operators -> and ->>", "use json_extract()";
    }
    3,39,0 {
        FULL_JOIN = "RIGHT JOIN and FULL JOIN", "write it with LEFT JOIN and UNION ALL";
        IS_DISTINCT_FROM = "IS DISTINCT FROM", "use IS NOT";
    }
    3,44,0 {
        AGGREGATE_ORDER_BY = "ORDER BY in an aggregate", "order the rows in a subquery";
    }
    3,46,0 {
        DIGIT_SEPARATOR = "underscores in a number", "write the number without them";
    }
    3,47,0 {
        RAISE_EXPRESSION = "an expression as the message of RAISE", "write a fixed text";
    }
    3,53,0 {
        ALTER_ADD_CHECK = "ADD CONSTRAINT … CHECK", "let `remold plan` rebuild the table";
        ALTER_DROP_CONSTRAINT = "DROP CONSTRAINT", "let `remold plan` rebuild the table";
        ALTER_NOT_NULL = "ALTER COLUMN … SET NOT NULL and DROP NOT NULL", "let `remold plan` rebuild the table";
        REINDEX_EXPRESSIONS = "REINDEX EXPRESSIONS", "use REINDEX";
        TARGET_ALIAS_IN_TRIGGER = "an alias of the changed table in a trigger", "write the table's own name";
    }
    3,54,0 {
        ALTER_DROP_FOREIGN_KEY = "DROP CONSTRAINT of a foreign key", "let `remold plan` rebuild the table";
    }
}

/// Whether the feature is an action of `ALTER TABLE`, which a rebuild of the table can stand in for.
pub fn is_alter(feature: Feature) -> bool {
    [RENAME_COLUMN, DROP_COLUMN, ALTER_ADD_CHECK, ALTER_DROP_CONSTRAINT, ALTER_NOT_NULL, ALTER_DROP_FOREIGN_KEY]
        .contains(&feature)
}

/// Whether an older version runs the statement and does nothing, for it ignores what PRAGMA it does
/// not know. Of the others it refuses each.
pub fn is_ignored(feature: Feature) -> bool {
    [DEFER_FOREIGN_KEYS, TABLE_XINFO, TABLE_LIST].contains(&feature)
}

/// Whether an older version takes the feature for the name of something that is not there. Then it
/// still reads a schema that keeps it, and stops only where it is used; any other feature makes the
/// whole schema malformed. `TRUE` and `FALSE` do that too in a CHECK or an index, and as a DEFAULT
/// they are texts.
pub fn is_name(feature: Feature) -> bool {
    [PRAGMA_FUNCTION, BOOLEAN_WORD, SQLITE_SCHEMA].contains(&feature)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn ranges_print_as_they_are_written() {
        for text in ["3.34.1..", "3.34.1..3.45.0", "3.40.0"] {
            assert_eq!(text.parse::<VersionRange>().unwrap().to_string(), text);
        }
        assert_eq!("debian-11..ubuntu-24.04".parse::<VersionRange>().unwrap().to_string(), "3.34.1..3.45.1");
        assert_eq!("ubuntu-22.04..".parse::<VersionRange>().unwrap().to_string(), "3.37.2..");
        assert!("3.45..3.34".parse::<VersionRange>().unwrap_err().contains("ends before it begins"));
        assert!("latest".parse::<VersionRange>().unwrap_err().contains("not a version"));
    }

    #[test]
    fn the_table_is_in_the_order_of_versions() {
        assert!(FEATURES.is_sorted_by_key(|feature| feature.since));
    }
}
