#!/usr/bin/env bash
# Installs what the tests need on a Debian machine, and passes them all: native, WASM, and the page in
# a real headless Chromium. What cannot be installed here is a failure with its reason.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

say 'packages'
packages=()
want() { # want PATH-OR-COMMAND PACKAGE...
    command -v "$1" >/dev/null || [ -e "$1" ] || packages+=("${@:2}")
}
want cc gcc
want tcc tcc
want cargo cargo
want sqlite3 sqlite3
want strace strace
want setpriv util-linux
want valgrind valgrind
want chromium chromium
want node nodejs
want npm npm
wasm_target=$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null || true)
if ! ls "$wasm_target"/libcore-*.rlib >/dev/null 2>&1; then
    # No target by rustup: Debian's compiler brings the library's sources, from which it is built.
    want /usr/share/doc/rustc-web rustc-web cargo-web
    want /usr/share/doc/rust-web-src rust-web-src
    want wasm-ld-19 lld-19
fi
if ! clang --print-targets 2>/dev/null | grep -q wasm32; then
    # SQLite for the page is C.
    want clang-19 clang-19
    want llvm-ar-19 llvm-19
fi
if [ "${#packages[@]}" -gt 0 ]; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "run.sh: these packages are missing, and only root on Debian can install them here: ${packages[*]}" >&2
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}" >/dev/null
fi
for component in rustfmt clippy; do
    cargo "${component/rustfmt/fmt}" --version >/dev/null || rustup component add "$component"
done

say 'format and lints'
cargo fmt --all --check
cargo clippy --workspace --all-targets --quiet -- --deny warnings

say 'old engines of SQLite'
tests/engines/build.sh

say 'native'
cargo build --package remold
cargo test --workspace

say 'a core of which nothing is optimised, in 2 MB of stack'
cargo test --package remold-limits --profile unoptimised --test depth

say 'instructions, beside sqlparser and of long histories'
cargo test --package remold-bench --release --test instructions

say 'WASM and the page'
cargo wasm

say 'the page in Chromium'
cd tests/page
npm ci --silent --no-audit --no-fund
npm test
