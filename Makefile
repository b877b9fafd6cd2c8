# Everything a person or a machine needs: `make run` and `make test` set up what they use.
PYTHON ?= python3
VENV := .venv
PIP := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
CHROMIUM := $(shell command -v chromium 2>/dev/null)

.PHONY: run chat check test lint clean
.DELETE_ON_ERROR:

run: $(VENV)/.installed
	$(VENV)/bin/signpost-bot run

chat: $(VENV)/.installed
	$(VENV)/bin/signpost-bot chat

check: $(VENV)/.installed
	$(VENV)/bin/signpost-bot check

# The tests come last, so that their summary is the last line. Two processes take a file of them
# each: many wait for a browser, a database or the clock.
test: $(VENV)/.installed-dev chromium lint
	$(VENV)/bin/python -m pytest --numprocesses 2 --dist loadfile

lint: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check --quiet .
	$(VENV)/bin/mypy --no-error-summary
	$(VENV)/bin/lint-imports

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Signpost needs Python 3.11 or newer: make PYTHON=python3.11 run")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) --editable '.[dev]'
	touch $@ $(VENV)/.installed

# The browser tests drive a real one.
.PHONY: chromium
chromium:
ifeq ($(CHROMIUM),)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium > /dev/null; \
	else \
		echo "The browser tests need Chromium. Install it, on Debian with: sudo apt-get install chromium" >&2; exit 1; \
	fi
endif

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
