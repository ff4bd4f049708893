# Anything longer than a line or two lives in scripts/.
PYTHON := .venv/bin/python
UV := .tools/uv/bin/uv
COMPILE := $(UV) pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --quiet -o requirements.lock

.DEFAULT_GOAL := help
.PHONY: help setup run chat test evaluate safety cross-validate benchmark benchmark-screening format lock

help: ## explain the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-20s %s\n", $$1, $$2}' Makefile

setup: ## set up what is missing: uv, both Python environments, the encoder, the trained model
	@sh scripts/bootstrap.sh
	@$(PYTHON) -m scripts.prepare

run: setup ## start everything and say where to talk to it; Ctrl-C stops it
	@$(PYTHON) -m scripts.stack

chat: setup ## talk to it in the terminal
	@$(PYTHON) -m scripts.chat

test: setup ## run everything that CI runs
	@sh scripts/test.sh

safety: setup ## put every danger sign to the model in every guise; writes docs/safety.md
	@PYTHONWARNINGS=ignore $(PYTHON) -m scripts.safety

evaluate: setup ## score the model on the validation set; the report goes to reports/
	@PYTHONWARNINGS=ignore $(PYTHON) -m scripts.evaluate

cross-validate: setup ## score the model on its own training phrases, five-fold (some minutes)
	@$(PYTHON) -m scripts.cross_validate

benchmark: setup ## measure it side by side with a stock Rasa project (half an hour)
	@$(PYTHON) -m scripts.benchmark

benchmark-screening: setup ## measure the screening service: evaluator and HTTP (two minutes)
	@services/.venv/bin/python -m scripts.benchmark_screening

format: setup ## format the Python code
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

lock: setup ## take up newer versions of the packages
	@$(COMPILE) --python-version 3.10
	@cd services && ../$(COMPILE) --python-version 3.12 --no-config
