//! What every fix promises, shown on every case of every rule: the mended text is read, its rule is silent,
//! no other rule speaks, and another look finds nothing more to mend.

use remold_core::diagnostics::Safety;
use remold_core::history::Project;
use remold_core::lint::fix::fix;
use remold_engine::Linked;

use crate::harness::fixture;

#[test]
fn a_fix_keeps_its_promises() {
    let mut mended = 0;
    for (rule, cases) in fixture::all() {
        for case in cases.iter().filter(|case| case.flagged) {
            let offered = case.found_by(&rule).into_iter().filter(|finding| finding.fix.is_some()).count();
            let project = Project { files: case.files.clone(), ..Project::default() };
            let fixed = fix(&project, &case.settings, &mut Linked, Safety::Unsafe);
            let refused: Vec<_> = fixed.refused.iter().filter(|(finding, _)| finding.rule == rule).collect();
            assert!(refused.is_empty(), "{rule}: {}: {refused:#?}", case.title);
            let own = fixed.made.iter().filter(|finding| finding.rule == rule).count();
            assert!(own >= offered, "{rule}: {}: {own} of {offered} were mended", case.title);
            let again = fix(&fixed.project, &case.settings, &mut Linked, Safety::Unsafe);
            assert_eq!(again.project, fixed.project, "{rule}: {}", case.title);
            mended += own;
        }
    }
    assert!(mended > 10, "{mended}");
}
