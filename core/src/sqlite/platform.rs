//! Which SQLite the systems bring that people run.

use super::name;
use super::version::Version;

/// A system, and the SQLite that it brings.
#[derive(Clone, Copy, Debug)]
pub struct Platform {
    /// What people call it.
    pub name: &'static str,
    /// Its SQLite: of several releases that of the first, for the oldest reader counts. Where only a minor
    /// version is published, the first release of that.
    pub version: Version,
    /// Who says so.
    pub source: &'static str,
}

const ALPINE: &str = "pkgs.alpinelinux.org, the page of sqlite in main of that branch";
const ANDROID: &str = "developer.android.com/reference/android/database/sqlite/package-summary";
const APPLE: &str = "github.com/yapstudios/YapDatabase/wiki/SQLite-version-(bundled-with-OS)";
const BETTER_SQLITE3: &str = "deps/download.sh in the first package better-sqlite3 of that number";
const BUN: &str = "sqlite_version() in bun:sqlite of the first package @oven/bun-linux-x64 of that number";
const CPYTHON: &str = "PCbuild/get_externals.bat of CPython, for the installers of the first release";
const D1: &str = "github.com/cloudflare/workerd/pull/5648";
const DEBIAN: &str = "packages.debian.org/libsqlite3-0";
const FEDORA: &str = "packages.fedoraproject.org/pkgs/sqlite/sqlite-libs";
const NODE: &str = "process.versions.sqlite of the first release that has node:sqlite, or of the first of that number";
const NODE_SQLITE3: &str = "deps/common-sqlite.gypi in the first package sqlite3 of that number";
const RED_HAT: &str = "the package sqlite-libs of its BaseOS repository";
const UBUNTU: &str = "packages.ubuntu.com/libsqlite3-0";

/// The systems by their names.
pub const PLATFORMS: [Platform; 58] = [
    at("alpine-3.11", 30, 1, ALPINE),
    at("alpine-3.12", 32, 1, ALPINE),
    at("alpine-3.13", 34, 1, ALPINE),
    at("alpine-3.14", 35, 5, ALPINE),
    at("alpine-3.15", 36, 0, ALPINE),
    at("alpine-3.17", 40, 1, ALPINE),
    at("alpine-3.19", 44, 2, ALPINE),
    at("alpine-3.20", 45, 3, ALPINE),
    at("alpine-3.24", 53, 2, ALPINE),
    at("android-7", 9, 0, ANDROID),
    at("android-8.0", 18, 0, ANDROID),
    at("android-8.1", 19, 0, ANDROID),
    at("android-9", 22, 0, ANDROID),
    at("android-11", 28, 0, ANDROID),
    at("android-12", 32, 0, ANDROID),
    at("android-13", 32, 0, ANDROID),
    at("android-14", 39, 0, ANDROID),
    at("better-sqlite3-9", 43, 2, BETTER_SQLITE3),
    at("better-sqlite3-10", 45, 3, BETTER_SQLITE3),
    at("better-sqlite3-11", 46, 0, BETTER_SQLITE3),
    at("better-sqlite3-12", 49, 2, BETTER_SQLITE3),
    at("bun-1.0", 38, 5, BUN),
    at("bun-1.1", 45, 0, BUN),
    at("bun-1.2", 48, 0, BUN),
    at("bun-1.3", 50, 4, BUN),
    at("d1", 51, 1, D1),
    at("debian-10", 27, 2, DEBIAN),
    at("debian-11", 34, 1, DEBIAN),
    at("debian-12", 40, 1, DEBIAN),
    at("debian-13", 46, 1, DEBIAN),
    at("fedora-39", 42, 0, FEDORA),
    at("fedora-40", 45, 1, FEDORA),
    at("fedora-42", 47, 2, FEDORA),
    at("fedora-43", 50, 2, FEDORA),
    at("ios-11", 19, 3, APPLE),
    at("ios-12", 24, 0, APPLE),
    at("ios-13", 28, 0, APPLE),
    at("ios-14", 32, 3, APPLE),
    at("ios-15", 36, 0, APPLE),
    at("macos-10.13", 19, 3, APPLE),
    at("macos-10.14", 24, 0, APPLE),
    at("node-22", 46, 0, NODE),
    at("node-24", 49, 1, NODE),
    at("node-26", 51, 3, NODE),
    at("node-sqlite3-5.0", 31, 1, NODE_SQLITE3),
    at("node-sqlite3-5.1", 39, 3, NODE_SQLITE3),
    at("python-3.9", 32, 3, CPYTHON),
    at("python-3.10", 35, 5, CPYTHON),
    at("python-3.11", 38, 4, CPYTHON),
    at("python-3.12", 42, 0, CPYTHON),
    at("python-3.13", 45, 3, CPYTHON),
    at("rhel-8", 26, 0, RED_HAT),
    at("rhel-9", 34, 1, RED_HAT),
    at("rhel-10", 46, 1, RED_HAT),
    at("ubuntu-18.04", 22, 0, UBUNTU),
    at("ubuntu-20.04", 31, 1, UBUNTU),
    at("ubuntu-22.04", 37, 2, UBUNTU),
    at("ubuntu-24.04", 45, 1, UBUNTU),
];

const fn at(name: &'static str, minor: u16, patch: u16, source: &'static str) -> Platform {
    Platform { name, version: Version::new(3, minor, patch), source }
}

/// The name of a system that is near to what somebody wrote.
pub fn nearest(name: &str) -> Option<&'static str> {
    name::nearest(name, PLATFORMS.iter().map(|platform| platform.name))
}

/// The version that the system of that name brings.
pub fn version_of(name: &str) -> Option<Version> {
    PLATFORMS.iter().find(|platform| platform.name == name).map(|platform| platform.version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::version::VersionRange;

    #[test]
    fn a_name_stands_for_one_version_and_can_begin_and_end_a_range() {
        for (at, platform) in PLATFORMS.iter().enumerate() {
            assert!(PLATFORMS[..at].iter().all(|other| other.name != platform.name), "{}", platform.name);
            assert_eq!(platform.name.parse(), Ok(platform.version));
        }
        let range: VersionRange = "alpine-3.20..node-24".parse().unwrap();
        assert_eq!(range, VersionRange { oldest: Version::new(3, 45, 3), newest: Some(Version::new(3, 49, 1)) });
    }

    #[test]
    fn a_slip_is_answered_by_the_nearest_name() {
        let said = "pyhton-3.12".parse::<Version>().unwrap_err();
        assert!(said.ends_with("or python-3.12"), "{said}");
    }
}
