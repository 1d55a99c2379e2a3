//! Plain SQL files, run in the order of their names; numbers in them count as numbers.
//!
//! `x.down.sql` undoes `x.up.sql` or `x.sql`, and `x/down.sql` undoes `x/up.sql`.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use super::{Layout, Migration};
use crate::text::SourceFile;

pub(super) static LAYOUT: Layout = Layout { name: "plain SQL files", migrations };

fn migrations(files: &[SourceFile]) -> Vec<Migration<'_>> {
    let mut downs: Vec<&SourceFile> = files.iter().filter(|file| is_down(&file.path)).collect();
    downs.sort_by(|one, other| one.path.cmp(&other.path));
    let find = |path: String| downs.binary_search_by(|down| down.path.cmp(&path)).ok().map(|at| downs[at]);
    let mut found: Vec<Migration> = files
        .iter()
        .filter(|file| !is_down(&file.path))
        .map(|up| Migration { up, down: down_paths(&up.path).into_iter().find_map(find) })
        .collect();
    found.sort_by(|one, other| by_number(&one.up.path, &other.up.path));
    found
}

pub(super) fn is_down(path: &str) -> bool {
    path.ends_with(".down.sql") || path == "down.sql" || path.ends_with("/down.sql")
}

fn down_paths(up: &str) -> Vec<String> {
    let mut paths = Vec::new();
    if let Some(stem) = up.strip_suffix(".up.sql").or_else(|| up.strip_suffix(".sql")) {
        paths.push(format!("{stem}.down.sql"));
    }
    if let Some(folder) = up.strip_suffix("up.sql").filter(|folder| folder.is_empty() || folder.ends_with('/')) {
        paths.push(format!("{folder}down.sql"));
    }
    paths
}

/// Compares paths with runs of digits as numbers, so that `10_x` follows `9_x`.
fn by_number(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one.as_bytes(), other.as_bytes());
    loop {
        let (digits_a, digits_b) = (digits(a), digits(b));
        if digits_a > 0 && digits_b > 0 {
            let (number_a, number_b) = (significant(&a[..digits_a]), significant(&b[..digits_b]));
            let order = number_a.len().cmp(&number_b.len()).then(number_a.cmp(number_b));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (&a[digits_a..], &b[digits_b..]);
            continue;
        }
        match (a, b) {
            ([], []) => return one.cmp(other),
            ([], _) => return Ordering::Less,
            (_, []) => return Ordering::Greater,
            ([first_a, ..], [first_b, ..]) if first_a != first_b => return first_a.cmp(first_b),
            ([_, rest_a @ ..], [_, rest_b @ ..]) => (a, b) = (rest_a, rest_b),
        }
    }
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The digits without leading zeros.
fn significant(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|byte| **byte == b'0').count();
    &digits[zeros..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(files: &[&str]) -> Vec<String> {
        let files: Vec<SourceFile> = files.iter().map(|path| SourceFile::new(*path, "")).collect();
        let shown = |migration: Migration| match migration.down {
            Some(down) => format!("{} ({})", migration.up.path, down.path),
            None => migration.up.path.clone(),
        };
        migrations(&files).into_iter().map(shown).collect()
    }

    #[test]
    fn numbers_count_as_numbers() {
        assert_eq!(paths(&["10_b.sql", "9_a.sql", "0011_c.sql"]), ["9_a.sql", "10_b.sql", "0011_c.sql"]);
    }

    #[test]
    fn a_down_file_belongs_to_its_up_file() {
        assert_eq!(
            paths(&["1/up.sql", "1/down.sql", "2.up.sql", "2.down.sql", "3.sql"]),
            ["1/up.sql (1/down.sql)", "2.up.sql (2.down.sql)", "3.sql"]
        );
    }
}
