# Everything a person needs: `make run` for the main job, `make test` for the tests. Needs Python >= 3.11, make, git.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV_VERSION := 0.13.9
BIN := .venv/bin
STAMP := .venv/.locked
EXPORTS ?= exports
UV := UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_PROGRESS=1 $(BIN)/uv
export DAGSTER_HOME := $(CURDIR)
export UNSILO_EXPORTS := $(abspath $(EXPORTS))

.PHONY: help setup run test lint format dev sample bench eval clean lock

help: ## What can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## Install everything from the lock into .venv/

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "unsilo needs Python 3.11 or newer on the PATH"; exit 1; }
	@echo "Setting up .venv/ from requirements.lock (once; about a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

sample: $(STAMP) ## Write the exports of an invented company, unless there are exports already
	@if [ -d "$(EXPORTS)" ] && [ -n "$$(ls -A "$(EXPORTS)")" ]; then \
		echo "Using the exports in $(EXPORTS)/"; \
	else $(BIN)/unsilo sample; fi

run: sample ## The main job: load, resolve, check and publish, then say what was found
	@$(BIN)/unsilo run

dev: $(STAMP) ## Open the Dagster UI on http://127.0.0.1:3000
	@mkdir -p var/dagster
	$(BIN)/dagster dev --host 127.0.0.1 --port 3000

test: $(STAMP) ## Run all tests
	@$(BIN)/python -m pytest

bench: $(STAMP) ## Run the benchmarks and write benchmarks/results/
	@$(BIN)/python -m benchmarks.ingest
	@$(BIN)/python -m benchmarks.identity_scale
	@$(BIN)/python -m benchmarks.tables

eval: $(STAMP) ## Say how right the nights are about who is who, and write benchmarks/results/
	@$(BIN)/python -m benchmarks.identity
	@$(BIN)/python -m benchmarks.tables

lint: $(STAMP) ## Style, types and SQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar warehouse sources

format: $(STAMP) ## Put the code into the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --disable-progress-bar --quiet warehouse sources

lock: $(STAMP) ## Lock the newest versions that pyproject.toml allows
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--group dev pyproject.toml --output-file requirements.lock

clean: ## Remove what was built: the environment, the lake and its copies; dropped exports stay
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache
