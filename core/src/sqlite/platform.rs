//! Which SQLite the systems bring that people run.

use super::version::Version;

/// A system, and the SQLite that it brings.
#[derive(Clone, Copy, Debug)]
pub struct Platform {
    /// What people call it.
    pub name: &'static str,
    /// Its SQLite. Where only a minor version is published, its first release.
    pub version: Version,
    /// Who says so.
    pub source: &'static str,
}

const ANDROID: &str = "developer.android.com/reference/android/database/sqlite/package-summary";
const DEBIAN: &str = "packages.debian.org/libsqlite3-0";
const RED_HAT: &str = "the package sqlite-libs of its BaseOS repository";
const UBUNTU: &str = "packages.ubuntu.com/libsqlite3-0";

/// The systems by their names.
pub const PLATFORMS: [Platform; 16] = [
    at("android-9", 22, 0, ANDROID),
    at("android-11", 28, 0, ANDROID),
    at("android-12", 32, 0, ANDROID),
    at("android-13", 32, 0, ANDROID),
    at("android-14", 39, 0, ANDROID),
    at("debian-10", 27, 2, DEBIAN),
    at("debian-11", 34, 1, DEBIAN),
    at("debian-12", 40, 1, DEBIAN),
    at("debian-13", 46, 1, DEBIAN),
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

/// The version that the system of that name brings.
pub fn version_of(name: &str) -> Option<Version> {
    PLATFORMS.iter().find(|platform| platform.name == name).map(|platform| platform.version)
}
