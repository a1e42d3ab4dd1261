#!/usr/bin/env bash
# Pin the newest allowed version of every dependency, with hashes and without download addresses.
set -euo pipefail
cd "$(dirname "$0")/.."

pin() {
    .venv/bin/uv pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate --python-version 3.11 \
        --output-file "$@"
}

# The three are installed into one environment, so the later ones take the versions of the first.
pin requirements/dev.txt --extra dev pyproject.toml
pin requirements/base.txt --constraint requirements/dev.txt pyproject.toml
pin requirements/build.txt --constraint requirements/dev.txt requirements/build.in
