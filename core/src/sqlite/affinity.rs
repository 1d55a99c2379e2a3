//! From a declared type to the affinity that SQLite gives it (datatype3.html, section 3.1).

/// What SQLite tries to convert a column's values to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Affinity {
    /// `CHAR`, `CLOB` or `TEXT` in the type.
    Text,
    /// None of the others.
    Numeric,
    /// `INT` in the type.
    Integer,
    /// `REAL`, `FLOA` or `DOUB` in the type.
    Real,
    /// `BLOB` in the type, or no type.
    Blob,
}

impl Affinity {
    /// The affinity of a declared type, by SQLite's five rules in their order.
    pub fn of(declared_type: &str) -> Self {
        let has = |part: &str| {
            declared_type.as_bytes().windows(part.len()).any(|at| at.eq_ignore_ascii_case(part.as_bytes()))
        };
        if has("INT") {
            Self::Integer
        } else if has("CHAR") || has("CLOB") || has("TEXT") {
            Self::Text
        } else if has("BLOB") || declared_type.is_empty() {
            Self::Blob
        } else if has("REAL") || has("FLOA") || has("DOUB") {
            Self::Real
        } else {
            Self::Numeric
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Affinity;

    #[test]
    fn the_five_rules() {
        for (declared, affinity) in [
            ("INTEGER", Affinity::Integer),
            ("FLOATING POINT", Affinity::Integer),
            ("varchar(10)", Affinity::Text),
            ("", Affinity::Blob),
            ("DOUBLE PRECISION", Affinity::Real),
            ("STRING", Affinity::Numeric),
        ] {
            assert_eq!(Affinity::of(declared), affinity, "{declared}");
        }
    }
}
