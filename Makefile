# Two commands on a fresh machine: `make demo` shows the main job, `make test` proves it. `make test-all` adds what wants more tools.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORY := corpora/stories/seas-and-minerals/003-vietnamese.txt

.PHONY: demo test test-all clean

$(VENV)/ready: pyproject.toml hatch_build.py normalize/index/_scan.c normalize/names/_near.c
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(BIN)/calque --version
	touch $@

demo: $(VENV)/ready
	@echo "== What an editor should see in a story that was translated from Vietnamese: calque lint"
	$(BIN)/calque lint $(STORY) || test $$? -eq 1
	@echo "== What is safe to fix: calque lint --diff"
	$(BIN)/calque lint --diff $(STORY) || test $$? -eq 1
	@echo "== Who is that? calque resolve"
	$(BIN)/calque resolve "Vuong Nghi" "Tập Cận Bình" "Tan Cuong" "Vuong Dinh Hue"

test: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check normalize tests tools benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n 2

test-all: $(VENV)/ready
	$(BIN)/python -m tools.test_all

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
