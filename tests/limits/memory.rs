//! How much memory reading and following take: at most three times the text, 200 bytes a statement, and
//! the schema.
//!
//! `cargo test -p remold-limits --test memory -- --nocapture` prints what was measured.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};

use remold_core::history::{Project, Runner};
use remold_core::lint::{Settings, lint};
use remold_core::parse::Source;
use remold_core::text::SourceFile;
use remold_tests::extremes;

/// Counts the bytes that are in use, and the most that were.
struct Counting;

static USED: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[expect(unsafe_code, reason = "an allocator is unsafe; this one counts and leaves all else to the system's")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let used = USED.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(used, Ordering::Relaxed);
        // SAFETY: the caller's promises are those that the system's allocator wants.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        USED.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }
}

/// What some work took.
#[derive(Clone, Copy)]
struct Taken {
    /// The most bytes that were in use beside those before it.
    most: usize,
    /// The bytes that were in use behind it, what it answered included.
    left: usize,
}

fn taken<Answer>(work: impl FnOnce() -> Answer) -> (Answer, Taken) {
    let before = USED.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let answer = work();
    let most = MOST.load(Ordering::Relaxed) - before;
    (answer, Taken { most, left: USED.load(Ordering::Relaxed).saturating_sub(before) })
}

/// One test: what runs beside it would be counted too.
#[test]
fn memory_is_bounded() {
    println!("{:<40} {:>9} {:>9} {:>11} {:>7}  of the text (itself included)", "", "KB", "", "peak KB", "");
    for megabytes in [10, 50] {
        let text = extremes::ordinary(megabytes << 20);
        reading(&format!("{megabytes} MB of ordinary statements"), &text);
        linting(&format!("{megabytes} MB of ordinary statements"), text);
    }
    let text = extremes::tiny(1_000_000);
    reading("1,000,000 tiny statements", &text);
    linting("1,000,000 tiny statements", text);
    let text = extremes::rows(1_000_000, "12345, 'a value'");
    reading("1,000,000 rows", &text);
    linting("1,000,000 rows", text);
    for (name, text) in extremes::long(20 << 20) {
        reading(&format!("20 MB of {name}"), &text);
        linting(&format!("20 MB of {name}"), text);
    }
    for (name, text) in extremes::long(4 << 20) {
        reading(&format!("4 MB of {name}"), &text);
    }
}

fn reading(name: &str, text: &str) {
    let (statements, taken) = taken(|| Source::new(text).statements().map(black_box).count());
    let most = text.len() + taken.most;
    show(&format!("reading {name}"), text.len(), statements, most);
    let bound = 3 * text.len() + 200 * statements;
    assert!(most <= bound, "reading {name}: {most} bytes are in use, of {bound}");
}

fn linting(name: &str, text: String) {
    let length = text.len();
    let project = Project { files: vec![SourceFile::new("1.sql", text)], ..Project::default() };
    let settings = Settings::new(None, None, Runner::by_hand());
    let (report, taken) = taken(|| lint(&project, &settings));
    let statements: u32 = report.statements.iter().map(|(_, count)| count).sum();
    let statements = usize::try_from(statements).expect("a count of statements");
    // What is left is the schema and the findings, which are the answer. While findings are sorted, or the
    // list of them grows, there are up to three of them.
    let most = length + taken.most;
    show(&format!("linting {name}"), length, statements, most);
    let bound = 3 * length + 200 * statements + 3 * taken.left;
    assert!(most <= bound, "linting {name}: {most} bytes are in use, of {bound}; {} are left", taken.left);
}

fn show(name: &str, length: usize, statements: usize, most: usize) {
    let hundredths = most * 100 / length;
    println!(
        "{name:<50} {:>7} KB {statements:>9} statements {:>9} KB {:>3}.{:02} times the text",
        length / 1_000,
        most / 1_000,
        hundredths / 100,
        hundredths % 100
    );
}
