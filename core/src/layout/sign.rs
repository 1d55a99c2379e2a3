//! What a layout is recognised by, to be told to whoever asks.

use alloc::string::String;
use alloc::vec::Vec;
use core::slice;

use super::Recognised;
use crate::text::SourceFile;

/// What tells that files are a tool's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing does.
    None,
    /// What they are called.
    Names,
    /// What they say in their texts.
    Texts,
    /// A file that is not SQL, with this path.
    Beside(String),
    /// Several of these together.
    Several,
}

impl Sign {
    /// The least of what is known of the files that has them recognised as all of it does.
    pub fn of(files: &[SourceFile], beside: &[String]) -> Self {
        let whole = Recognised::of(files, beside);
        if whole == Recognised::default() {
            return Self::None;
        }
        let bare: Vec<SourceFile> = files.iter().map(|file| SourceFile::new(file.path.as_str(), "")).collect();
        if Recognised::of(&bare, &[]) == whole {
            return Self::Names;
        }
        if Recognised::of(files, &[]) == whole {
            return Self::Texts;
        }
        let alone = beside.iter().find(|path| Recognised::of(files, slice::from_ref(path)) == whole);
        alone.map_or(Self::Several, |path| Self::Beside(path.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::files;

    #[test]
    fn the_least_is_told() {
        let of = |named: &[(&str, &str)], beside: &[&str]| {
            let beside: Vec<String> = beside.iter().map(|path| String::from(*path)).collect();
            Sign::of(&files(named), &beside)
        };
        assert_eq!(of(&[("1_a.sql", "SELECT 1;")], &["README.md"]), Sign::None);
        assert_eq!(of(&[("V1__a.sql", "SELECT 1;")], &["README.md"]), Sign::Names);
        assert_eq!(of(&[("1_a.sql", "-- migrate:up\n")], &["README.md"]), Sign::Texts);
        let wrangler = Sign::Beside("../wrangler.toml".into());
        assert_eq!(of(&[("0001_a.sql", "")], &["README.md", "../wrangler.toml"]), wrangler);
    }
}
