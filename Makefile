# Two commands set everything up: `make demo` to see it, `make test` to prove it.
# UV_VERSION is the newest at the time of locking; the packages are locked with their hashes.
SHELL := /bin/sh
UV_VERSION := 0.13.9
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
SOURCES := pyproject.toml $(wildcard requirements/*.lock)

.PHONY: install demo spark test check fast lock clean

install: $(VENV)/.installed ## leaves .venv/bin/openclout

demo: install ## an invented community in five networks' real export formats, imported and scored
	@$(BIN)/python -m demo.show

spark: install ## the second engine, for OPENCLOUT_ENGINE=spark
	@$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/spark.lock
	@sh requirements/system.sh java

test: $(VENV)/.test-installed ## lint, types, layers, tests
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest

fast: $(VENV)/.test-installed ## without the slow tests
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -m "not slow and not shared"

check: $(VENV)/.test-installed
	@$(BIN)/ruff format --check -q . || { echo 'Format with: .venv/bin/ruff format .'; exit 1; }
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

lock: $(UV) ## renew requirements/*.lock
	printf "uv==$(UV_VERSION)\n" | $(UV) pip compile -q - --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --python-version 3.11 -o requirements/uv.lock
	$(UV) pip compile -q pyproject.toml --extra build --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --python-version 3.11 --upgrade -o requirements/openclout.lock
	$(UV) pip compile -q pyproject.toml --extra spark --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --python-version 3.11 -c requirements/openclout.lock -o requirements/spark.lock
	$(UV) pip compile -q pyproject.toml --extra build --extra test --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --python-version 3.11 -c requirements/openclout.lock -o requirements/test.lock

clean:
	rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(UV):
	@sh requirements/bootstrap.sh "$(PYTHON)" "$(VENV)" "$(UV_VERSION)"

$(VENV)/.installed: $(UV) pyproject.toml requirements/openclout.lock
	@$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/openclout.lock
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test-installed: $(VENV)/.installed requirements/test.lock
	@$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/test.lock
	@sh requirements/system.sh chromium java postgresql
	@touch $@
