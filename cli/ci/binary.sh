#!/usr/bin/env bash
# Prints where a remold binary is: the one that is there already, the release's, or one built of these sources.
#
#   REMOLD_BINARY    a binary that is there already, or its name on the PATH
#   REMOLD_VERSION   the release to take, such as v0.1.0; where it has no binary for this system, these sources
#                    are built
#   REMOLD_RELEASES  the address below which releases lie
#   REMOLD_INSTALL   the folder that the binary is put into
set -euo pipefail

say() { printf 'remold: %s\n' "$*" >&2; }

if [ -n "${REMOLD_BINARY:-}" ]; then
    command -v -- "$REMOLD_BINARY" || {
        say "there is no program $REMOLD_BINARY"
        exit 2
    }
    exit
fi

folder=$REMOLD_INSTALL
binary=$folder/bin/remold
if [ -x "$binary" ]; then
    printf '%s\n' "$binary"
    exit
fi
mkdir -p "$folder/bin"

system() { # As the archives of a release are called.
    case $(uname -s)-$(uname -m) in
    Linux-x86_64) echo x86_64-unknown-linux-gnu ;;
    Linux-aarch64) echo aarch64-unknown-linux-gnu ;;
    Darwin-arm64) echo aarch64-apple-darwin ;;
    Darwin-x86_64) echo x86_64-apple-darwin ;;
    *) echo unknown ;;
    esac
}

sum() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

version=${REMOLD_VERSION:-}
case $version in
v[0-9]*)
    archive=remold-$version-$(system).tar.gz
    address=$REMOLD_RELEASES/$version/$archive
    get() { curl --fail --silent --show-error --location --output "$folder/$1" "$2" >&2; }
    if get "$archive" "$address"; then
        # An archive that is not what its release says is not worked around.
        get "$archive.sha256" "$address.sha256"
        expected=$(cut -d ' ' -f 1 "$folder/$archive.sha256")
        if [ "$(sum "$folder/$archive")" != "$expected" ]; then
            say "$address has another checksum than its release says"
            exit 1
        fi
        tar -xzf "$folder/$archive" -C "$folder/bin" remold
        printf '%s\n' "$binary"
        exit
    fi
    say "there is no $archive; building it instead"
    ;;
esac

sources=$(cd "$(dirname "$0")/.." && pwd)
cargo install --quiet --locked --root "$folder" --path "$sources" >&2
printf '%s\n' "$binary"
