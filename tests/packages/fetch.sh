#!/usr/bin/env bash
# Fetches the packages of packages.txt with their registries' ordinary clients and unpacks them below
# target/packages/REGISTRY/NAME-VERSION; what is there already is not fetched again. It needs cargo, npm,
# pip, tar and unzip, and installs nothing: no script of a package is run.
set -euo pipefail
cd "$(dirname "$0")/../.."
list=$PWD/tests/packages/packages.txt
corpus=$PWD/target/packages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch_crates() { # NAME VERSION: prints the archive's path
    # In a folder of its own, so that cargo does not take the workspace's versions.
    (cd "$work" && cargo info --quiet --registry crates-io "$1@$2" >/dev/null)
    ls "${CARGO_HOME:-$HOME/.cargo}"/registry/cache/*/"$1-$2.crate" | head -n 1
}
fetch_npm() {
    (cd "$work" && npm pack --silent --ignore-scripts "$1@$2" >archive && echo "$work/$(tail -n 1 archive)")
}
fetch_pypi() {
    # A wheel where there is one: pip runs a source archive's build to learn its name.
    (cd "$work" && pip download --quiet --no-deps --only-binary :all: --dest wheel "$1==$2" >&2 && ls "$work"/wheel/*)
}

failed=0
while read -r registry name version; do
    folder=$corpus/$registry/${name//\//+}-$version
    [ -d "$folder" ] && continue
    rm -rf "$work"/* "$folder.part"
    if ! archive=$("fetch_$registry" "$name" "$version") || [ -z "$archive" ]; then
        echo "fetch.sh: $registry has no $name $version" >&2
        failed=1
        continue
    fi
    mkdir -p "$folder.part"
    case $archive in
    *.whl | *.zip) unzip -q -o "$archive" -d "$folder.part" ;;
    *) tar -xzf "$archive" -C "$folder.part" --strip-components=1 ;;
    esac
    # Some archives have folders that nobody may enter.
    chmod -R u+rwX "$folder.part"
    mv "$folder.part" "$folder"
    echo "fetched $registry $name $version"
done < <(grep -E '^[a-z]' "$list")
exit "$failed"
