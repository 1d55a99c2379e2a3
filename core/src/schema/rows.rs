//! How many rows the tables have, where somebody has looked: what a statement costs, and what it can lose.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::sqlite::name;
use crate::text::gathered;

/// From so many rows on a table is large. What reads or writes each of them took 1 to 2 seconds for a million,
/// measured in a journal of mode WAL, so 20 milliseconds for these: on a disk that is ten times slower still
/// less than a person notices.
pub const LARGE: u64 = 10_000;

/// About how many rows each table has. It is no part of a schema: two databases with one schema have it apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows(BTreeMap<String, u64>);

impl Rows {
    /// The counts of tables by their names.
    pub fn new<'name>(counts: impl IntoIterator<Item = (&'name str, u64)>) -> Self {
        Self(gathered(counts.into_iter().map(|(table, count)| (name::fold(table).into_owned(), count))))
    }

    /// How many rows the table has, if that is known.
    pub fn of(&self, table: &str) -> Option<u64> {
        self.0.get(&*name::fold(table)).copied()
    }

    /// The table's name as code, with how many rows it has, if that is known.
    pub fn named(&self, table: &str) -> String {
        match self.of(table) {
            None => format!("`{table}`"),
            Some(0) => format!("`{table}` (no rows now)"),
            Some(count) => format!("`{table}` ({} in all)", about(count)),
        }
    }

    /// The names of several tables so, one behind the other.
    pub fn listed<'name>(&self, tables: impl IntoIterator<Item = &'name str>) -> String {
        tables.into_iter().map(|table| self.named(table)).collect::<Vec<_>>().join(", ")
    }

    /// How many rows all tables have together, where that of any is known.
    pub fn total(&self) -> Option<u64> {
        let sum = self.0.values().fold(0_u64, |sum, count| sum.saturating_add(*count));
        (!self.0.is_empty()).then_some(sum)
    }
}

/// `about 1,234,567 rows`, as far as they are counted.
pub fn about(count: u64) -> String {
    match count {
        0 => "no rows".to_owned(),
        1 => "1 row".to_owned(),
        _ => format!("about {} rows", grouped(count)),
    }
}

/// The number with a comma before each three digits.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_reads_well() {
        let shown: Vec<String> = [0, 1, 999, 1000, 1_234_567].into_iter().map(about).collect();
        assert_eq!(shown, ["no rows", "1 row", "about 999 rows", "about 1,000 rows", "about 1,234,567 rows"]);
    }
}
