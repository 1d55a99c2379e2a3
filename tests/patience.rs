//! Work in a stack of 2 MB, as every thread but the first has it, and in the time that it takes itself.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

const STACK: usize = 2 << 20;

/// After so long by the clock on the wall nothing comes any more. How busy the machine is does not tell: that
/// is what the processor's time is for, which only work that ends can say.
const HANGS: Duration = Duration::from_secs(1_200);

/// Does the work, which takes less than `limit` of the processor's time, whatever else runs.
pub fn in_little_stack(name: &str, limit: Duration, work: impl FnOnce() + Send + 'static) {
    let (say, heard) = channel();
    let thread = thread::Builder::new().name(name.to_owned()).stack_size(STACK);
    let thread = thread.spawn(move || {
        work();
        say.send(taken()).expect("somebody waits for it");
    });
    match heard.recv_timeout(HANGS) {
        Ok(taken) => assert!(taken < limit, "{name} takes {taken:?} of the processor"),
        Err(RecvTimeoutError::Timeout) => panic!("{name} has not ended after {HANGS:?}"),
        Err(RecvTimeoutError::Disconnected) => panic!("{name} panics"),
    }
    assert!(thread.expect("a thread can be made").join().is_ok(), "{name} panics");
}

/// The processor's time that this thread has taken.
fn taken() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("a time that has passed")
}
