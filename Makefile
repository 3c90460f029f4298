# Five words for a developer (install, check, test, eval, serve), and two for the artefacts (train, openapi).
# Every target sets up what it needs by itself; the stamps in .venv say what is there already.

PYTHON ?= $(shell sh .ci/python)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check
# Where pip finds PyTorch's CPU build when the configured index has only the larger CUDA one.
TORCH_INDEX ?=

.PHONY: install check test eval serve train openapi docs bench lock clean

install: $(VENV)/.dev $(VENV)/tools/.stamp node_modules/.stamp

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, with its venv (on Debian, python3-venv)."; exit 1; }
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.runtime: $(VENV)/.python requirements.lock pyproject.toml
	$(PIP) install --quiet --require-hashes --no-deps -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(PIP) install --quiet torch==2.13.0 $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
	$(PIP) install --quiet --require-hashes --no-deps -r requirements-dev.lock
	touch $@

$(VENV)/tools/.stamp: $(VENV)/.python requirements-tools.lock
	$(PYTHON) -m venv $(VENV)/tools
	$(VENV)/tools/bin/pip install --quiet --require-hashes --no-deps -r requirements-tools.lock
	touch $@

node_modules/.stamp: package.json package-lock.json
	@if command -v npm >/dev/null; then npm ci --no-audit --no-fund --loglevel=error; \
	else mkdir -p node_modules; echo "npm not found: the checks that need Node.js are left out."; fi
	touch $@

check: $(VENV)/.dev $(VENV)/tools/.stamp node_modules/.stamp
	BIN=$(BIN) bash .ci/check

test: $(VENV)/.dev $(VENV)/tools/.stamp
	$(BIN)/python -m pytest $(ARGS)

eval: $(VENV)/.dev
	@mkdir -p var
	$(BIN)/python -m tests.golden.scorable sentences > var/seeds.jsonl
	$(BIN)/service evaluate --seeds var/seeds.jsonl $(ARGS)

serve: $(VENV)/.runtime
	$(BIN)/service serve

train: $(VENV)/.dev
	$(BIN)/service train $(ARGS)

openapi: $(VENV)/.runtime
	$(BIN)/service openapi --output openapi.yaml

# Rewrites what the documents show of the model: the examples of the API, the README's outputs and scores, the picture.
docs: $(VENV)/.dev
	$(BIN)/python -m tests.examples
	$(BIN)/service openapi --output openapi.yaml
	$(BIN)/python -m tests.readme
	$(BIN)/python -m tests.page.picture

# Speed beside others, on a machine that does nothing else; writes docs/speed.* and the tables of the README.
bench: $(VENV)/.dev $(VENV)/bench/.stamp
	$(BIN)/python bench/speeds.py --spacy $(VENV)/bench/bin/python $(ARGS)

$(VENV)/bench/.stamp: $(VENV)/.python requirements-bench.lock
	$(PYTHON) -m venv $(VENV)/bench
	$(VENV)/bench/bin/pip install --quiet --require-hashes --no-deps -r requirements-bench.lock
	touch $@

# Rewrites the lock files from pyproject.toml; needs uv on the PATH. torch, for training and tests,
# stands on a line of its own above.
lock:
	bash .ci/lock

clean:
	rm -rf $(VENV) node_modules build dist .mypy_cache .ruff_cache .pytest_cache
