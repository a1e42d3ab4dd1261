#!/usr/bin/env bash
# Prepare this checkout: system packages, .venv and the pinned requirements. `setup.sh base` is what
# running takes, `setup.sh dev` what testing takes on top. Does nothing, in well under a second, when
# nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/.."

profile=${1:?usage: tools/setup.sh base|dev}
venv=.venv
missing=()

# A version manager leaves commands that exist and refuse to run, so each candidate is tried, not found.
find_python() {
    local candidate
    for candidate in python3.11 python3.12 python3.13 python3.14 python3; do
        if "$candidate" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

need() {
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$package")
}

has_libmagic() { PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep 'libmagic\.so\.1'; }
has_chromium() { command -v chromium-headless-shell || command -v chromium; }
has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' || command -v initdb; }

install_system_packages() {
    need python3 find_python
    need python3-venv find_python
    need libmagic1 has_libmagic
    need gettext command -v msgfmt
    need tzdata test -e /usr/share/zoneinfo/America/Santiago
    if [ "$profile" = dev ]; then
        need postgresql has_postgresql
        need chromium-headless-shell has_chromium
    fi
    [ ${#missing[@]} -gt 0 ] || return 0
    local install="apt-get install -y --no-install-recommends ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        printf 'These packages are missing. Install them and try again:\n\n    sudo %s\n\n' "$install" >&2
        exit 1
    fi
    echo "Installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    quietly apt-get update
    quietly $install
}

# Packages tell long stories, wanted only when one of them fails.
quietly() {
    local said
    said=$("$@" 2>&1) || { printf '%s\n' "$said" >&2; exit 1; }
}

create_venv() {
    ! "$venv/bin/python" -c '' 2>/dev/null || return 0
    local python
    python=$(find_python) || { echo 'Plazo needs Python 3.11 or later, with its venv module.' >&2; exit 1; }
    echo "Creating $venv with $python"
    "$python" -m venv --clear "$venv"
}

# The stamp holds what was installed, so a changed pin is noticed whatever the file times say.
install_requirements() {
    local wanted stamp=$venv/installed-$profile
    wanted=$(cat requirements/build.txt "requirements/$profile.txt" pyproject.toml | sha256sum)
    [ "$wanted" != "$(cat "$stamp" 2>/dev/null)" ] || return 0
    echo "Installing requirements/$profile.txt"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
    local uv_install=("$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --link-mode copy)
    "${uv_install[@]}" --require-hashes --compile-bytecode -r "requirements/$profile.txt"
    "${uv_install[@]}" --no-deps --no-build-isolation --editable .
    echo "$wanted" >"$stamp"
}

install_system_packages
create_venv
install_requirements
