# solieu: what a person does here. Bare `make` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/installed
COMPARED := .venv/compared
FUZZED := .venv/fuzzed

export DO_NOT_TRACK := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help install demo picture test check bench fuzz baselines calibration lock

help: ## list these verbs
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

install: $(INSTALLED) ## make .venv with every dependency, pinned and hashed

$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "solieu needs Python 3.11 or later: make install PYTHON=/path/to/python3.11" >&2; exit 1; }
	test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip check
	touch $@

demo: install ## run the nightly line over three sample sites and look at the series
	$(BIN)/solieu demo

PICTURE := series --locality 56@2025 --locality 68 --with-history --indicator social.poverty_rate --measure level --labels en

picture: install ## draw the README's chart, docs/series.svg, from the demo's data
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && export SOLIEU_DATA_DIR="$$folder" SOLIEU_REPORT=off \
	  SOLIEU_DATABASE_URL="sqlite:///$$folder/solieu.db" && $(BIN)/solieu demo >/dev/null \
	  && $(BIN)/solieu $(PICTURE) --plot docs/series.svg --force

test: install $(COMPARED) ## every test, on SQLite and on a real PostgreSQL
	$(BIN)/python -m pytest

check: install ## style, types, the direction of imports, known vulnerabilities
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python .ci/audit.py

bench: install $(COMPARED) ## how fast it starts, reads, loads and answers, beside its peers
	@for file in $$(grep -l __main__ benchmarks/*.py | grep -v compare); do echo "== $$file"; $(BIN)/python -m benchmarks.$$(basename "$$file" .py); done

fuzz: install $(FUZZED) ## look for a page that cannot be read, for SECONDS=600
	@$(BIN)/python -m tests.fuzz.reading $(SECONDS)

baselines: install $(COMPARED) ## how well it reads beside other readers; GOLD=FOLDER adds annotated articles
	@$(BIN)/python -m benchmarks.baselines $(GOLD)

calibration: install $(COMPARED) ## how sure a reading is, from GOLD=FOLDERS of annotated articles; WRITE=THRESHOLD keeps it
	@$(BIN)/python -m benchmarks.calibration $(if $(WRITE),--write $(WRITE)) $(GOLD)

# what only comparison and calibration need; setuptools, for the one package without a wheel, is among what is installed already
$(COMPARED): $(INSTALLED) benchmarks/baselines/requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --require-hashes \
	  -r benchmarks/baselines/requirements.lock
	$(BIN)/python -m pip check
	touch $@

$(FUZZED): $(INSTALLED) tests/fuzz/requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r tests/fuzz/requirements.lock
	touch $@

# pip, which datasette asks for, is in every .venv and should not replace itself while it installs
lock: ## pin every dependency anew: both requirements.lock, with hashes and without addresses
	test -x .venv/lock/bin/uv || { "$(PYTHON)" -m venv .venv/lock && .venv/lock/bin/python -m pip install --quiet uv; }
	UV_PYTHON_DOWNLOADS=never .venv/lock/bin/uv pip compile --quiet --upgrade --universal --all-extras --group dev \
	  --generate-hashes --no-emit-package pip --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	UV_PYTHON_DOWNLOADS=never .venv/lock/bin/uv pip compile --quiet --upgrade --universal --group baselines \
	  --constraint requirements.lock --generate-hashes --no-emit-index-url --no-emit-find-links \
	  -o benchmarks/baselines/requirements.lock
	UV_PYTHON_DOWNLOADS=never .venv/lock/bin/uv pip compile --quiet --upgrade --universal --group fuzz \
	  --constraint requirements.lock --generate-hashes --no-emit-index-url --no-emit-find-links \
	  -o tests/fuzz/requirements.lock
	@! grep -n '://' requirements.lock benchmarks/baselines/requirements.lock tests/fuzz/requirements.lock
