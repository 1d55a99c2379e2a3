//! What the names of files have in them, and their order.

use core::cmp::Ordering;

use super::Place;

/// The number that the name begins with, and what is behind it.
pub(super) fn numbered(name: &str) -> Option<(&str, &str)> {
    let end = digits(name.as_bytes());
    (end > 0).then(|| name.split_at(end))
}

/// The same where a `_` stands behind the number, and `.sql` at the end; these are left out.
pub(super) fn underscored(name: &str) -> Option<(&str, &str)> {
    let (number, rest) = numbered(name)?;
    Some((number, rest.strip_prefix('_')?.strip_suffix(".sql")?)).filter(|(_, rest)| !rest.contains('/'))
}

/// One of a pair, `1_name.up.sql` and `1_name.down.sql`, both known by what `key` makes of their number.
pub(super) fn pair(name: &str, key: fn(&str) -> &str) -> Place {
    let Some((number, rest)) = underscored(name) else { return Place::Unseen };
    match rest.rsplit_once('.') {
        Some((_, "up")) => Place::Up(key(number).into()),
        Some((_, "down")) => Place::Down(key(number).into()),
        _ => Place::Unseen,
    }
}

/// The name of the file without the folders.
pub(super) fn file(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Compares paths with runs of digits as numbers, so that `10_x` follows `9_x`.
pub(super) fn by_number(one: &str, other: &str) -> Ordering {
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

/// Compares paths by their bytes.
pub(super) fn by_text(one: &str, other: &str) -> Ordering {
    one.cmp(other)
}
