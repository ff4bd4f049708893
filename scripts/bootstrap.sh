#!/bin/sh
# Sets up what Python code cannot set up for itself: uv, and the two locked environments
# (.venv for Rasa on Python 3.10, services/.venv on Python 3.12 or newer). Does nothing when
# both match their lock files.
set -eu
cd "$(dirname "$0")/.."

UV=.tools/uv/bin/uv
LOGS=.state/logs
mkdir -p "$LOGS"

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

# step "What is done" log-name "What to do if it fails" command...
step() {
    printf '%s ... ' "$1"
    log="$LOGS/$2.log" advice="$3" started=$(date +%s)
    shift 3
    if "$@" >"$log" 2>&1; then
        printf 'done (%s s)\n' "$(($(date +%s) - started))"
    else
        printf 'failed\n'
        fail "$advice Details: $log"
    fi
}

matches() { # folder of the environment, lock file: was it synced from this very lock?
    [ -x "$1/bin/python" ] && [ "$(cat "$1/synced-from" 2>/dev/null)" = "$(cksum <"$2")" ]
}

install_uv() {
    rm -rf .tools/uv
    if command -v uv >/dev/null 2>&1; then
        uv venv --no-project .tools/uv &&
            uv pip install --python .tools/uv/bin/python --require-hashes -r scripts/uv.lock
        return
    fi
    for python in python3 python3.13 python3.12 python3.11 python3.10; do
        if "$python" -c 'import venv, sys; sys.exit(sys.version_info < (3, 8))'; then
            "$python" -m venv .tools/uv &&
                .tools/uv/bin/python -m pip install --require-hashes -r scripts/uv.lock
            return
        fi
    done
    echo "There is neither uv nor a Python 3 on this machine."
    return 1
}

make_environment() { # folder, Python versions to try in this order
    folder=$1
    shift
    rm -rf "$folder"
    for version in "$@"; do
        PYENV_VERSION=$version UV_PYTHON_DOWNLOADS=never \
            "$UV" venv --no-project --python "$version" "$folder" && return
    done
    "$UV" venv --no-project --python "$1" "$folder"
}

sync() { # folder, lock file
    "$UV" pip sync --python "$1/bin/python" --require-hashes --compile-bytecode "$2"
}

network_advice="The packages could not be downloaded. Check the network, then run the same command again."

if ! [ -x "$UV" ]; then
    step "Installing uv into .tools" uv \
        "uv could not be installed: install Python 3 or uv, check the network, then try again." \
        install_uv
fi
if ! matches .venv requirements.lock; then
    step "Finding Python 3.10 for Rasa" python-rasa \
        "Python 3.10 was not found. Install it (pyenv install 3.10, or uv python install 3.10), then try again." \
        make_environment .venv 3.10
    step "Installing Rasa and what it needs" packages-rasa "$network_advice" sync .venv requirements.lock
    for packages in .venv/lib/python3.*/site-packages; do
        printf '%s\n' "$PWD/no_tensorflow" >"$packages/no_tensorflow.pth"
    done
    cksum <requirements.lock >.venv/synced-from
fi
if ! matches services/.venv services/requirements.lock; then
    step "Finding Python 3.12 or newer for the services" python-services \
        "Python 3.12 or newer was not found. Install it (pyenv install 3.12, or uv python install 3.12), then try again." \
        make_environment services/.venv 3.12 3.13 3.14
    step "Installing the services" packages-services "$network_advice" \
        sync services/.venv services/requirements.lock
    cksum <services/requirements.lock >services/.venv/synced-from
fi
