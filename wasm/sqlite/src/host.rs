//! What SQLite asks of its host: a clock, random bytes, sleep and the local time.
//!
//! A replay must say the same on every machine and at any time, so none of it comes from the machine:
//! the clock stands still, the random bytes are the same from each `rewind` on, and the local time is
//! UTC. The names and types are those of `sqlite_wasm_rs::host`, which the linker looks for.

#![expect(unsafe_code, reason = "SQLite finds its host by C functions, and these take pointers")]

use std::cell::Cell;
use std::slice;

use rusqlite::ffi::host::{Error, LocalTime, OK};

/// The time that SQLite reads, in milliseconds since 1970: 2026-01-01 00:00:00 UTC.
const NOW: i64 = 1_767_225_600_000;

/// Where the random bytes begin; any number but 0 will do.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

const DAY: i64 = 86_400;

thread_local! {
    static RANDOM: Cell<u64> = const { Cell::new(SEED) };
}

/// Lets `random()` begin anew, so that what ran before makes no difference.
pub(crate) fn rewind() {
    RANDOM.set(SEED);
    // SAFETY: without a buffer SQLite forgets its generator's state and seeds it anew at the next use.
    unsafe { rusqlite::ffi::sqlite3_randomness(0, std::ptr::null_mut()) };
}

/// Nobody else holds a lock, so there is nothing to sleep for.
#[unsafe(no_mangle)]
extern "C" fn rust_sqlite_wasm_host_sleep(_seconds: u64, _nanoseconds: u32) {}

/// Fills the buffer by xorshift.
#[unsafe(no_mangle)]
unsafe extern "C" fn rust_sqlite_wasm_host_random(buffer: *mut u8, length: usize) -> usize {
    // SAFETY: SQLite gives a buffer of its own that has this length.
    let buffer = unsafe { slice::from_raw_parts_mut(buffer, length) };
    for byte in buffer {
        let mut state = RANDOM.get();
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        RANDOM.set(state);
        *byte = state.to_be_bytes()[0];
    }
    length
}

/// The clock that stands still.
#[unsafe(no_mangle)]
unsafe extern "C" fn rust_sqlite_wasm_host_epoch_timestamp_in_ms(out: *mut i64) -> i32 {
    // SAFETY: SQLite gives the address of a variable for the answer.
    unsafe { out.write(NOW) };
    OK
}

/// Only encryption asks for this, and there is none here.
#[unsafe(no_mangle)]
extern "C" fn rust_sqlite_wasm_host_fill_entropy(_buffer: *mut u8, _length: usize) -> i32 {
    Error::Unsupported as i32
}

/// The local time of a machine whose zone is UTC.
#[unsafe(no_mangle)]
unsafe extern "C" fn rust_sqlite_wasm_host_localtime(unix_seconds: i64, out: *mut LocalTime) -> i32 {
    match utc(unix_seconds) {
        Some(time) => {
            // SAFETY: SQLite gives the address of a variable for the answer.
            unsafe { out.write(time) };
            OK
        }
        None => Error::InvalidTime as i32,
    }
}

/// The calendar's fields of a time, by Howard Hinnant's `civil_from_days`: years that begin in March
/// have their leap day at their end. SQLite reads neither the day of the week nor that of the year.
fn utc(unix_seconds: i64) -> Option<LocalTime> {
    let (day, second) = (unix_seconds.div_euclid(DAY), unix_seconds.rem_euclid(DAY));
    let since = day + 719_468;
    let (era, of_era) = (since.div_euclid(146_097), since.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let field = |value: i64| i32::try_from(value).ok();
    Some(LocalTime {
        year: field(year_of_era + era * 400 + i64::from(month <= 2))?,
        month: field(month)?,
        day: field(of_year - (153 * from_march + 2) / 5 + 1)?,
        hour: field(second / 3_600)?,
        minute: field(second % 3_600 / 60)?,
        second: field(second % 60)?,
        ..LocalTime::default()
    })
}
