//! Whether someone asked us to stop: Ctrl-C, or the system that shuts down.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rusqlite::Connection;

static REQUESTED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

fn flag() -> &'static Arc<AtomicBool> {
    REQUESTED.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            // A signal that cannot be watched ends the process as ever; SQLite then rolls back at
            // the next opening.
            let _ = signal_hook::flag::register(signal, Arc::clone(&flag));
        }
        flag
    })
}

/// From now on a signal no longer ends the process; it asks [`requested`].
pub(crate) fn watch() {
    flag();
}

/// Whether someone asked us to stop.
pub(crate) fn requested() -> bool {
    REQUESTED.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// Lets every statement of the connection end with `interrupted` when someone asks us to stop.
pub(crate) fn guard(connection: &mut Connection) -> rusqlite::Result<()> {
    // Every 10,000 instructions are some hundred microseconds, and cost nothing that can be measured.
    connection.progress_handler(10_000, Some(requested))
}

/// Lets the connection finish whatever is asked of it: a `COMMIT` or `ROLLBACK` is not stopped.
pub(crate) fn unguard(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.progress_handler(0, None::<fn() -> bool>)
}
