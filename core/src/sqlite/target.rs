//! Where SQLite's SQL runs that is not SQLite itself, or not alone.

use core::fmt;
use core::str::FromStr;

use alloc::format;
use alloc::string::String;

/// A runtime that takes less, or does other than SQLite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Cloudflare's D1.
    D1,
    /// libSQL, a fork of SQLite, and its server.
    Libsql,
    /// rqlite, which sends statements to several copies.
    Rqlite,
    /// Turso's own database, written anew.
    Turso,
}

impl Target {
    /// Every target.
    pub const ALL: [Self; 4] = [Self::D1, Self::Libsql, Self::Rqlite, Self::Turso];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::D1 => "d1",
            Self::Libsql => "libsql",
            Self::Rqlite => "rqlite",
            Self::Turso => "turso",
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|target| target.as_str() == word);
        found.ok_or_else(|| format!("`{word}` is not a target that is known; write d1, libsql, rqlite or turso"))
    }
}
