#!/usr/bin/env bash
# The step of the GitHub Action: lints, annotates, and writes the job's summary. action.yml says what the variables
# are; no command is made of their text.
set -euo pipefail

temporary=${RUNNER_TEMP:-$(mktemp -d)}
export REMOLD_INSTALL=$temporary/remold
binary=$(bash "$(dirname "$0")/binary.sh")

markdown=$temporary/remold.md
sarif=
arguments=(lint --output github --output "markdown=$markdown")
if [ "${REMOLD_SARIF:-false}" = true ]; then
    sarif=$temporary/remold.sarif
    arguments+=(--output "sarif=$sarif")
fi

# What is checked out for a pull request is its merge into the base, whose first parent is the base.
since=${REMOLD_SINCE:-}
if [ -z "$since" ] && [ "${GITHUB_EVENT_NAME:-}" = pull_request ]; then
    since=HEAD^1
fi
[ -z "$since" ] || arguments+=("--since=$since")
[ -z "${REMOLD_CONFIG:-}" ] || arguments+=("--config=$REMOLD_CONFIG")
[ -z "${REMOLD_FAIL_ON:-}" ] || arguments+=("--fail-on=$REMOLD_FAIL_ON")
if [ -n "${GITHUB_REPOSITORY:-}" ] && [ -n "${REMOLD_HEAD:-}" ]; then
    arguments+=("--links=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/blob/$REMOLD_HEAD")
fi
arguments+=(--)
while IFS= read -r path; do
    [ -z "$path" ] || arguments+=("$path")
done <<<"${REMOLD_PATHS:-}"

rm -f "$markdown" "$sarif"
status=0
"$binary" "${arguments[@]}" || status=$?
if [ -e "$markdown" ]; then
    cat "$markdown" >>"$GITHUB_STEP_SUMMARY"
else
    echo '::error title=remold::the migrations could not be linted; the log of this step says why'
    markdown=
fi
[ -e "$sarif" ] || sarif=
{
    echo "exit-code=$status"
    echo "markdown=$markdown"
    echo "sarif=$sarif"
} >>"$GITHUB_OUTPUT"
exit "$status"
