#!/bin/sh
# Everything that CI runs. Stops at the first failure.
set -eu
cd "$(dirname "$0")/.."

PYTHON=.venv/bin/python
SERVICES=services/.venv/bin/python
export RASA_TELEMETRY_ENABLED=false SQLALCHEMY_SILENCE_UBER_WARNING=1
unset CHAT_SECRET CONVERSATIONS_DB NEEDLEWISE_PORT ACTIONS_PORT SERVICES_PORT || true

title() { printf '\n== %s\n' "$1"; }

title "Style and types"
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
$SERVICES -m mypy --config-file services/pyproject.toml services/*.py services/screening services/providers tests/services scripts/benchmark_screening.py

title "Services"
$SERVICES -m pytest -q tests/services

title "Content, understanding, actions, channel, scripts"
$PYTHON -m pytest -q tests/content tests/nlu tests/safety tests/actions tests/channels tests/scripts

title "Stories"
$PYTHON -m scripts.check_stories

title "Conversations with the running assistant"
$PYTHON -m pytest -q tests/conversations

title "All passed"
