#!/usr/bin/env bash
# The hook of pre-commit: lints the migrations that are about to be committed, or that a branch brings. It takes
# the remold of the PATH, or else builds the one of this revision, once.
set -euo pipefail

sources=$(cd "$(dirname "$0")" && pwd)
if [ -z "${REMOLD_BINARY:-}" ] && command -v remold >/dev/null; then
    REMOLD_BINARY=remold
fi
export REMOLD_BINARY=${REMOLD_BINARY:-} REMOLD_INSTALL=$sources/../../target/pre-commit
binary=$(bash "$sources/binary.sh")

# So `pre-commit run --from-ref … --to-ref …` names what is looked at.
since=${PRE_COMMIT_FROM_REF:-HEAD}
if git rev-parse --verify --quiet --end-of-options "$since^{commit}" >/dev/null; then
    set -- "--since=$since" "$@"
fi
exec "$binary" lint "$@"
