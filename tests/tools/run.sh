#!/usr/bin/env bash
# Installs real migration tools, at the versions that stand here and in package-lock.json and requirements.txt,
# below target/tools, and lets them run small folders on real databases. Fails where one does something else
# than tests/tools/results.json says; with --keep, writes that file. A word measures only the tools whose name
# has it. It needs the network, and a quarter of an hour of compiling at the first time.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD/tests/tools tools=$PWD/target/tools
mkdir -p "$tools/npm/runs" "$tools/bin"

once() { # once NAME FILE COMMAND: carries the command out where the file has changed since
    local name=$1 sum
    shift
    sum=$(cksum <"$1")
    [ "$(cat "$tools/$name.done" 2>/dev/null)" = "$sum" ] && return
    "${@:2}"
    printf '%s\n' "$sum" >"$tools/$name.done"
}

# Node.js comes as a package, with the headers that better-sqlite3 is built against.
npm_packages() {
    cp "$here/package.json" "$here/package-lock.json" "$tools/npm/"
    (cd "$tools/npm" && npm install --no-audit --no-fund --ignore-scripts)
    rm -rf "$tools/node"
    local platform
    platform=$(uname -m)
    (cd "$tools/npm" && npm rebuild --foreground-scripts node)
    find "$tools/npm/node_modules" -maxdepth 4 -type d -name "node-linux-${platform/x86_64/x64}" -exec cp -r {} "$tools/node" \;
    export PATH=$tools/node/bin:$PATH npm_config_nodedir=$tools/node
    (cd "$tools/npm" && npm rebuild better-sqlite3 esbuild workerd)
    # Its SQLite driver wants a logger that it does not bring.
    if [ ! -e /usr/share/java/slf4j-nop.jar ]; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libslf4j-java >/dev/null
    fi
    local liquibase=$tools/npm/node_modules/liquibase/dist/liquibase
    cp /usr/share/java/slf4j-api.jar /usr/share/java/slf4j-nop.jar "$liquibase/lib/"
    chmod +x "$liquibase/liquibase"
}

python_packages() {
    python3 -m venv "$tools/pip"
    "$tools/pip/bin/pip" install --quiet --requirement "$here/requirements.txt"
}

cargo_packages() {
    local install=(cargo install --quiet --locked --debug --root "$tools" --target-dir "$tools/cargo-build")
    "${install[@]}" refinery_cli@0.10.0 --no-default-features --features sqlite-bundled
    "${install[@]}" sqlx-cli@0.9.0 --no-default-features --features sqlite
    "${install[@]}" diesel_cli@2.3.14 --no-default-features --features sqlite-bundled
    "${install[@]}" --path "$here/programs/rusqlite_migration"
}

# Prisma looks for engines that it would download, and does not start them.
printf '#!/bin/sh\n' >"$tools/none" && chmod +x "$tools/none"
once npm "$here/package-lock.json" npm_packages
once pip "$here/requirements.txt" python_packages
once cargo "$here/run.sh" cargo_packages
cp "$here"/programs/*.mjs "$tools/npm/"
cargo run --quiet --package remold-tools -- "$@"
