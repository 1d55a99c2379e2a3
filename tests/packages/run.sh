#!/usr/bin/env bash
# Fetches the packages and reads their migrations beside SQLite; with --findings, lints them. The report is printed and stands in
# target/packages/report.md; fails where we read a statement poorly or disagree with SQLite.
set -euo pipefail
cd "$(dirname "$0")/../.."
tests/packages/fetch.sh
cargo run --quiet --package remold-packages -- "$@" | tee target/packages/report.md
