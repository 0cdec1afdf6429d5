# make demo    restore the sample photo              make test    the tests
# make check   lint, types, import rules, tests      make bench   the measurements
#
# The first call makes .venv and installs into it; later ones start at once.
# Another Python: make PYTHON=python3.12 demo

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet -c constraints.txt

# Idle OpenMP threads that spin slow every other process down.
export OMP_WAIT_POLICY = PASSIVE

.PHONY: demo test check lint types imports bench

demo: .venv/.installed-core
	$(BIN)/python server.py --run workflows/restore.json --output output/restored.jpg
	@echo "Before: workflows/sample.jpg"
	@echo "After:  output/restored.jpg"

test: .venv/.installed-test
	$(BIN)/python -m pytest -n auto

check: lint types imports test

lint: .venv/.installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/.installed-test
	$(BIN)/pyright

imports: .venv/.installed-test
	$(BIN)/lint-imports

bench: .venv/.installed-test
	@set -e; for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script; done

.venv/.installed-core: pyproject.toml constraints.txt | .venv
	@echo 'Installing into .venv; this takes a minute the first time.'
	$(PIP) -e .
	@touch $@

.venv/.installed-test: pyproject.toml constraints.txt | .venv
	@echo 'Installing into .venv; this takes a minute the first time.'
	$(PIP) -e '.[test]'
	@touch $@ .venv/.installed-core

.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Heirloom needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Install one from python.org, or name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
