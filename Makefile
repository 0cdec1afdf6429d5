# make demo    restore the sample photo              make test    the tests
# make check   lint, types, import rules, tests      make bench   the measurements
# make web     build the editor: installing does it already; this is for after changes
# make types   write api.ts and messages.ts in web/src/server: the service as the editor knows it
# make official   the packages of GFPGAN and Real-ESRGAN too, for the nodes in nodes/official
# make scratches PHOTOS=… ARTEFACTS=…   train the network that finds scratches again (weights/README.md)
#
# The first call makes .venv and installs into it; later ones start at once.
# Another Python: make PYTHON=python3.12 demo

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq

# The versions hold where pip builds a package as well: elsewhere a build could bring a torch of its own. Newer releases
# of pip read the second name there, older ones the first.
export PIP_CONSTRAINT = constraints.txt
export PIP_BUILD_CONSTRAINT = constraints.txt

# Idle OpenMP threads that spin slow every other process down.
export OMP_WAIT_POLICY = PASSIVE

# Scripts of web/package.json; the tools that they need are brought first.
WEB := $(BIN)/python web/build.py
API := $(BIN)/python -m service.openapi | $(WEB) types --immutable --root-types --root-types-no-schema-prefix \
  --output src/server/api.ts

.PHONY: demo web test check lint pyright types imports bench official scratches

demo: .venv/.installed-core
	$(BIN)/python server.py --run workflows/restore.json --output output/restored.jpg
	@echo "Before: workflows/sample.jpg"
	@echo "After:  output/restored.jpg"

web: .venv/.installed-core
	$(WEB)

# The browser's driver keeps an event loop running in its process, in which other tests could not have their own.
test: .venv/.installed-test web
	$(WEB) test
	$(BIN)/python -m pytest -n auto --ignore=tests/e2e
	$(BIN)/python -m pytest -n auto tests/e2e

check: lint pyright imports test

lint: .venv/.installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(WEB) lint

pyright: .venv/.installed-test
	$(BIN)/pyright
	$(WEB) check
	$(BIN)/python -m service.watch.typescript --check
	$(API) --check

types: .venv/.installed-core
	$(BIN)/python -m service.watch.typescript
	$(API)

imports: .venv/.installed-test
	$(BIN)/lint-imports

bench: .venv/.installed-test
	@set -e; for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script; done

official: .venv/.installed-official

LESSONS = $(BIN)/python -m training.train_scratches --photos $(PHOTOS) --without 'face-*' --artefacts $(ARTEFACTS)
TRAINED := output/scratches

scratches: .venv/.installed-test
	@test -n "$(PHOTOS)" && test -n "$(ARTEFACTS)" || { echo 'Say PHOTOS=FOLDER and ARTEFACTS=FOLDER.' >&2; exit 2; }
	$(LESSONS) --steps 1167 --out $(TRAINED)/drawn
	$(LESSONS) --start $(TRAINED)/drawn/scratches.safetensors --batch 4 --steps 1266 --rate 0.002 --seed 7 \
	  --every 2000 --out $(TRAINED)/finer
	$(LESSONS) --marked $(PHOTOS) --start $(TRAINED)/finer/scratches.safetensors --batch 4 --steps 1800 --rate 0.001 \
	  --shift 2.75 --every 2000 --out $(TRAINED)

.venv/.installed-core: pyproject.toml constraints.txt | .venv
	@echo 'Installing into .venv; this takes some minutes the first time.'
	$(PIP) -e .
	@test -f web/dist/index.html || echo 'The editor could not be built; all else works. Try again: make web'
	@touch $@

# basicsr is built from source, by a script that imports torch and numpy: the ones installed here.
.venv/.installed-official: pyproject.toml constraints.txt | .venv
	@echo 'Installing into .venv; this takes some minutes the first time.'
	$(PIP) cython numpy setuptools torch wheel
	env -u PIP_BUILD_CONSTRAINT $(PIP) --no-build-isolation basicsr
	$(PIP) -e '.[official]'
	@touch $@ .venv/.installed-core

.venv/.installed-test: .venv/.installed-official
	$(PIP) -e '.[test,identity,diffusion]'
	@touch $@

.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Heirloom needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Install one from python.org, or name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
