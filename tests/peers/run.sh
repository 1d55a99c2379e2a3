#!/usr/bin/env bash
# Measures remold beside squawk and sqruff, on the same files, in one run, and prints the ratios; they stand in
# target/peers/report.md as well. It needs the network once (npm, pip), /usr/bin/time and valgrind, and installs
# below target/peers. What it holds others to is the processor's time, memory and instructions; the time that
# passes depends on what else the machine does, and is only told. Fails where a bound does not hold.
#
#   tests/peers/run.sh [FILES]      10000 without a number
set -euo pipefail
cd "$(dirname "$0")/../.."
files=${1:-10000}
squawk_version=2.66.0
sqruff_version=0.44.0
target=${CARGO_TARGET_DIR:-$PWD/target}
peers=$target/peers
failed=0
mkdir -p "$peers"

say() { printf '%s\n' "$*" | tee -a "$peers/report.md"; }

squawk=$peers/node_modules/.bin/squawk
if [ ! -x "$squawk" ] || [ "$("$squawk" --version)" != "squawk $squawk_version" ]; then
    npm install --silent --no-audit --no-fund --prefix "$peers" "squawk-cli@$squawk_version" >&2
fi
# The script of npm's package starts Node to start it.
squawk=$(ls "$peers"/node_modules/@squawk-cli/*/bin/squawk)
sqruff=$peers/python/bin/sqruff
if [ ! -x "$sqruff" ] || [ "$("$sqruff" --version)" != "sqruff $sqruff_version" ]; then
    python3 -m venv "$peers/python"
    "$peers/python/bin/pip" install --quiet "sqruff==$sqruff_version" >&2
fi

cargo build --quiet --release --package remold --package remold-bench
remold=$target/release/remold
echo 'fn main() {}' >"$peers/empty.rs"
rustc -C opt-level=3 -C strip=debuginfo -o "$peers/empty" "$peers/empty.rs"

# The files of a history, in a folder of their own.
written() { # HISTORY FILES: prints the folder
    local folder=$peers/$1-$2
    if [ ! -d "$folder" ]; then
        "$target/release/remold-bench" write "$1" "$2" "$folder.part/migrations"
        printf '[sqruff]\ndialect = sqlite\n' >"$folder.part/.sqruff"
        mv "$folder.part" "$folder"
    fi
    echo "$folder"
}

# The least of several runs: what else runs can only add to it.
measured() { # TIMES FOLDER COMMAND...: prints milliseconds of the processor, and kilobytes
    local times=$1 folder=$2 best=
    shift 2
    for ((run = 0; run < times; run++)); do
        # A linter that finds something fails.
        (cd "$folder" && /usr/bin/time --quiet -f '%U %S %M' -o "$peers/time" "$@" >/dev/null 2>&1) || true
        best=$(awk -v best="$best" '{ ms = ($1 + $2) * 1000; split(best, old, " ");
            if (best == "" || ms < old[1]) print ms, $3; else print best }' "$peers/time")
    done
    echo "$best"
}

# One line of the report, which says whether a bound holds.
bound() { # WHAT VALUE MOST
    local holds=holds
    awk -v value="$2" -v most="$3" 'BEGIN { exit !(value <= most) }' || { holds='does NOT hold'; failed=1; }
    say "- $1: $2, at most $3: $holds"
}
ratio() { awk -v one="$1" -v other="$2" -v digits="${3:-3}" 'BEGIN { printf "%." digits "f", one / other }'; }

: >"$peers/report.md"
say "# remold beside squawk $squawk_version and sqruff $sqruff_version"

say
say '## Start, and lint one file'
say
one=$(written common 1)
runs=100
started() { # COMMAND...: prints milliseconds of a run: the processor's, and those that pass
    local best=
    local TIMEFORMAT='%U %S %R'
    for _ in 1 2 3; do
        { time (cd "$one" && for ((run = 0; run < runs; run++)); do "$@" >/dev/null 2>&1 || true; done); } 2>"$peers/time"
        best=$(awk -v runs="$runs" -v best="$best" '{ ms = ($1 + $2) * 1000 / runs; split(best, old, " ");
            if (best == "" || ms < old[1]) print ms, $3 * 1000 / runs; else print best }' "$peers/time")
    done
    echo "$best"
}
read -r empty_cpu empty_wall <<<"$(started "$peers/empty")"
for replay in --no-replay ''; do
    read -r cpu wall <<<"$(started "$remold" lint ${replay:+"$replay"})"
    more=$(awk -v one="$cpu" -v other="$empty_cpu" 'BEGIN { printf "%.1f", one - other }')
    bound "milliseconds more than an empty binary, \`remold lint ${replay:-with a replay}\`" "$more" 15
    say "  (that pass: $wall beside $empty_wall)"
done

# `common` is SQL that PostgreSQL reads as well, so that squawk looks at all of it; of `orders` it stops at SQLite's
# own words.
for history in common orders; do
    folder=$(written "$history" "$files")
    say
    say "## $files files of \`$history\`, ten statements each"
    say
    say '| command | seconds of the processor | peak memory in MB |'
    say '|---|--:|--:|'
    shown() { # NAME MILLISECONDS KILOBYTES
        say "| $1 | $(ratio "$2" 1000 2) | $(ratio "$3" 1000 0) |"
    }
    paths=("$folder"/migrations/*.sql)
    paths=("${paths[@]#"$folder/"}")
    read -r ours_json memory_json <<<"$(measured 3 "$folder" "$remold" lint --no-replay --format json)"
    read -r ours_text memory_text <<<"$(measured 3 "$folder" "$remold" lint --no-replay)"
    read -r squawk_json memory <<<"$(measured 3 "$folder" "$squawk" --reporter json "${paths[@]}")"
    shown 'squawk --reporter json' "$squawk_json" "$memory"
    read -r squawk_default memory <<<"$(measured 2 "$folder" "$squawk" "${paths[@]}")"
    shown 'squawk' "$squawk_default" "$memory"
    shown 'remold lint --no-replay --format json' "$ours_json" "$memory_json"
    shown 'remold lint --no-replay' "$ours_text" "$memory_text"
    say
    if [ "$history" = common ]; then
        bound 'as JSON beside squawk' "$(ratio "$ours_json" "$squawk_json")" 0.333
        bound "as text beside squawk's default" "$(ratio "$ours_text" "$squawk_default")" 0.167
        bound 'megabytes of memory, as JSON' "$(ratio "$memory_json" 1000 0)" 100
        bound 'megabytes of memory, as text' "$(ratio "$memory_text" 1000 0)" 100
    else
        say "- as JSON beside squawk: $(ratio "$ours_json" "$squawk_json")"
        say "- as text beside squawk's default: $(ratio "$ours_text" "$squawk_default")"
    fi
done

# sqruff takes minutes for all of them, and more than ten times as long for ten times the files.
few=$((files / 10))
folder=$(written common "$few")
say
say "## $few files of \`common\`"
say
read -r sqruff_default memory <<<"$(measured 1 "$folder" "$sqruff" lint migrations)"
read -r ours_text _ <<<"$(measured 3 "$folder" "$remold" lint --no-replay)"
bound "as text beside sqruff's $(ratio "$sqruff_default" 1000 2) seconds" "$(ratio "$ours_text" "$sqruff_default")" 0.040

say
say '## Four times the files, in instructions'
say
counted() { # FILES FORMAT
    (cd "$(written common "$1")" && valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null \
        "$remold" lint --no-replay --fail-on never --format "$2" 2>&1 >/dev/null) |
        sed -n 's/,//g; s/.*I *refs: *//p'
}
for format in text json sarif github gitlab rdjson markdown; do
    bound "\`--format $format\`" "$(ratio "$(counted 2000 "$format")" "$(counted 500 "$format")" 2)" 4.6
done
exit "$failed"
