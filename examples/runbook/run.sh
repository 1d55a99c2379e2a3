#!/usr/bin/env bash
# The whole way through on one real case: an application in production lacks `assets.blob_data`.
# Builds remold, makes a database with 100,000 rows in a folder of its own, and then lints, plans,
# applies, verifies, applies again and rolls back. Leaves nothing behind but the build.
set -euo pipefail
cd "$(dirname "$0")/../.."

need() { # need COMMAND PACKAGE: a Debian package where root can install one, else a clear word
    command -v "$1" >/dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" >/dev/null
    else
        echo "run.sh: \`$1\` is missing; install the package $2" >&2
        exit 1
    fi
}
need sqlite3 sqlite3
need cargo cargo
need cc gcc

cargo build --release --quiet --package remold
export PATH="${CARGO_TARGET_DIR:-$PWD/target}/release:$PATH"

case=$PWD/examples/runbook
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$case/migrations" "$case/expected.sql" "$work"
cd "$work"
sqlite3 scenes.db < "$case/database.sql"

step() { # prints a command as a person would type it, and runs it
    printf '\n$ %s\n' "$*"
    "$@"
}
step remold lint
step remold plan --db scenes.db -o plan.json
step remold apply --db scenes.db --plan plan.json
step remold verify --db scenes.db --expect expected.sql
step sqlite3 scenes.db 'PRAGMA table_info(assets)'
sqlite3 scenes.db 'PRAGMA table_info(assets)' | grep -qxF '17|blob_data|BLOB|0||0'
step remold apply --db scenes.db
step remold rollback --db scenes.db
step sqlite3 scenes.db 'SELECT count(*) AS columns FROM pragma_table_info("assets")'
test "$(sqlite3 scenes.db 'SELECT count(*) FROM pragma_table_info("assets")')" = 17
test "$(sqlite3 scenes.db 'PRAGMA integrity_check')" = ok
test "$(sqlite3 scenes.db 'SELECT count(*) FROM assets')" = 100000
printf '\nThe runbook ran from end to end: 17 columns, 18, and 17 again; 100,000 rows all the while.\n'
