# The whole life of the project. `make demo` and `make test` need only Python >= 3.11, make and git.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ARGS   ?=
export PYTHONUTF8 = 1

.PHONY: demo test lint types contracts seeds bench messages shots fmt lock clean ci

demo: $(VENV)/.run
	$(BIN)/chibo demo $(ARGS)

test: $(VENV)/.dev
	$(BIN)/python -m tools.run_tests $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports

seeds: $(VENV)/.run
	$(BIN)/chibo seeds $(ARGS)

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks $(ARGS)

messages: $(VENV)/.dev
	$(BIN)/python -m tools.messages $(ARGS)

shots: $(VENV)/.dev
	$(BIN)/python -m tools.shots $(ARGS)

fmt: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.dev
	for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet $$name.in -o $$name.txt || exit 1; done

ci:
	bash .ci/run

clean:
	rm -rf $(VENV) .cache var build *.egg-info

$(VENV)/.run: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@
