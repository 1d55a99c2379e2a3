#!/usr/bin/env bash
# Builds the real SQLite engines of list.txt into target/engines/VERSION/, each in two flavours: plain.so,
# the amalgamation without any option, and full.so, with the options below; and driver, which runs SQL in
# one of them. The amalgamations come from packages, by the registries' own clients, which verify them.
# What is built already is left alone.
#
#     tests/engines/build.sh                 # every engine of the list
#     tests/engines/build.sh 3.40.1 3.35.4   # these
set -euo pipefail
cd "$(dirname "$0")/../.."

here=$PWD/tests/engines
out=$PWD/target/engines
full_options=(
    -DSQLITE_ENABLE_FTS3 -DSQLITE_ENABLE_FTS4 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE
    -DSQLITE_ENABLE_GEOPOLY -DSQLITE_ENABLE_JSON1 -DSQLITE_ENABLE_MATH_FUNCTIONS
    -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_ENABLE_OFFSET_SQL_FUNC -DSQLITE_ENABLE_PERCENTILE
    -DSQLITE_ENABLE_STAT4 -DSQLITE_ENABLE_COLUMN_METADATA
    -DSQLITE_ENABLE_PREUPDATE_HOOK -DSQLITE_ENABLE_SESSION -DSQLITE_SOUNDEX
)

fail() {
    echo "build.sh: $*" >&2
    exit 1
}

# Tries the command three times, and shows what it said the last time.
attempt() {
    local said try
    for try in 1 2 3; do
        if said=$("$@" 2>&1); then
            return 0
        fi
        [ "$try" = 3 ] || sleep $((try * 3))
    done
    echo "$said" >&2
    return 1
}

# fetch REGISTRY PACKAGE@VERSION FOLDER: unpacks the package there.
fetch() {
    local name=${2%@*} version=${2##*@}
    case $1 in
    npm)
        attempt npm pack --loglevel error --pack-destination "$3" "$2" && tar -xzf "$3"/*.tgz --no-same-owner -C "$3"
        ;;
    crates)
        mkdir -p "$3/fetch/src"
        : >"$3/fetch/src/lib.rs"
        cat >"$3/fetch/Cargo.toml" <<END
[package]
name = "fetch"
version = "0.0.0"
edition = "2021"
[dependencies]
$name = { version = "=$version", default-features = false }
[workspace]
END
        attempt cargo vendor --quiet --manifest-path "$3/fetch/Cargo.toml" "$3/vendor"
        ;;
    *) fail "list.txt names the registry $1; npm and crates are known" ;;
    esac
}

# amalgamation FOLDER: prints the path of the sqlite3.c below it, which may be in an archive there.
amalgamation() {
    local archive
    if [ -z "$(find "$1" -name sqlite3.c -print -quit)" ]; then
        for archive in $(find "$1" -name 'sqlite*.tar.gz'); do
            tar -xzf "$archive" --no-same-owner -C "$1"
        done
    fi
    find "$1" -name sqlite3.c -not -path '*sqlcipher*' -print -quit
}

# compile SOURCE OUTPUT OPTION...: a shared library. tcc takes a second for it, others half a minute.
compile() {
    if ! command -v tcc >/dev/null || ! tcc -w -fPIC -shared "${@:3}" "$1" -o "$2" -lm -lpthread -ldl; then
        cc -w -O1 -fPIC -shared "${@:3}" "$1" -o "$2" -lm -lpthread -ldl
    fi
}

# build VERSION REGISTRY PACKAGE@VERSION
build() {
    local version=$1 source said flavour
    work=$(mktemp -d "$out/work.XXXXXX") # not local: the trap comes after this function
    trap 'rm -rf "$work"' EXIT
    fetch "$2" "$3" "$work" || fail "$version: $3 cannot be had from $2"
    source=$(amalgamation "$work")
    [ -n "$source" ] || fail "$version: $3 of $2 has no sqlite3.c"
    mkdir -p "$work/made"
    compile "$source" "$work/made/plain.so" || fail "$version: sqlite3.c of $3 does not compile"
    compile "$source" "$work/made/full.so" "${full_options[@]}" || fail "$version: sqlite3.c of $3 does not compile"
    for flavour in plain full; do
        said=$("$out/driver" "$work/made/$flavour.so" </dev/null) || fail "$version: $flavour.so does not run"
        [ "$said" = "version $version" ] || fail "$version: $3 of $2 has ${said#version }"
    done
    echo "$2 $3 ${full_options[*]}" >"$work/made/from"
    rm -rf "${out:?}/$version"
    mv "$work/made" "$out/$version"
}

if [ "${1:-}" = --one ]; then
    build "${@:2}"
    exit
fi

mkdir -p "$out"
if ! cmp -s "$here/driver.c" "$out/driver.c"; then
    if command -v tcc >/dev/null; then tcc=tcc; else tcc=cc; fi
    "$tcc" "$here/driver.c" -o "$out/driver" -ldl
    cp "$here/driver.c" "$out/driver.c"
fi

missing=()
while read -r version registry package; do
    case $version in '' | '#'*) continue ;; esac
    if [ $# -gt 0 ]; then
        case " $* " in *" $version "*) ;; *) continue ;; esac
    fi
    if [ "$(cat "$out/$version/from" 2>/dev/null)" != "$registry $package ${full_options[*]}" ]; then
        missing+=("$version $registry $package")
    fi
done <"$here/list.txt"

if [ "${#missing[@]}" -gt 0 ]; then
    echo "building ${#missing[@]} SQLite engines with $(command -v tcc || command -v cc)"
    printf '%s\n' "${missing[@]}" | xargs -P "$(nproc)" -L 1 "$here/build.sh" --one \
        || fail 'not every engine could be built; the reasons are above, and what was built is kept'
fi
