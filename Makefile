# Levelhead. Needs python3 (3.11 or later) with venv, and make; everything else is installed into .venv.
#   make run     start Levelhead on this machine, with demo conversations
#   make test    check style, types and layers, then run every test (the browser ones too)
#   make coverage  the same, and say which lines no test runs
#   make lint    only style, types and layers
#   make bench   measure everything and write docs/results.md: make bench DATA=DIR, where DIR holds corpus/ and data/
#   make train   train new weights from DATA (hours on two cores)
#   make browser make sure that there is a Chromium for the browser tests

PYTHON ?= python3
VENV ?= .venv
DATA ?= data
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest --numprocesses=auto --maxprocesses=2 --dist=loadfile
APT := DEBIAN_FRONTEND=noninteractive apt-get --quiet
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test coverage lint bench train browser clean

run: $(VENV)/installed
	$(BIN)/levelhead serve --demo

test: lint browser
	$(PYTEST)

# Counting the lines that run makes every test slower, so it is not part of each run.
coverage: lint browser
	$(PYTEST) --cov --cov-report=term:skip-covered

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-dev
	$(BIN)/levelhead bench all --data $(DATA)

# Training needs torch, which must never be there at run time: it has an environment of its own.
train: .venv-train/installed
	.venv-train/bin/python -m training --data $(DATA)

browser:
	@command -v chromium >/dev/null || { \
	  test "$$(id -u)" = 0 || { echo 'The browser tests need Chromium. Type: sudo apt-get install chromium'; exit 1; }; \
	  $(APT) install --yes --no-install-recommends chromium || \
	  { $(APT) update && $(APT) install --yes --no-install-recommends chromium; }; }

# The stamps make a second run start at once, also without a network.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable '.[dev]'
	@touch $(VENV)/installed $@

.venv-train/installed: pyproject.toml
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip --disable-pip-version-check install --editable '.[train]'
	@touch $@

clean:
	rm -rf $(VENV) .venv-train .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov dist
