# Every command of the project. `make` alone lists them.
PY := .venv/bin/python
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help setup run test check bench soak pictures lock clean

help:            ## list the commands
	@sed -n 's/^\([a-z]*\): *.*## /\1\t/p' Makefile

setup:           ## prepare .venv and the system libraries
	@tools/setup.sh

run: setup       ## open the command screen with the demo city (ARGS="--theme light")
	@$(PY) main.py $(ARGS)

test: setup      ## all tests, a file at a time on every core; no display needed
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile -m "not soak" $(ARGS)

check: setup     ## ruff, mypy --strict, import contracts, translations
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m commandscreen.i18n check

bench: setup     ## one JSON line per figure
	@QT_QPA_PLATFORM=offscreen $(PY) -m benchmarks $(ARGS)

soak: setup      ## the long runs: the whole fault suite, with its table
	@COMMANDSCREEN_SOAK=1 QT_QPA_PLATFORM=offscreen $(PY) -m pytest -m "soak or faults" --timeout=3600 -o faulthandler_timeout=0 $(ARGS)

pictures: setup  ## make the README's pictures anew from the product
	@QT_QPA_PLATFORM=offscreen $(PY) -m tools.pictures

lock: setup      ## renew requirements.lock (versions and hashes only)
	@$(PY) -m pip install --quiet uv
	@.venv/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --upgrade --quiet -o requirements.lock

clean:           ## remove the environment and everything made
	@rm -rf .venv out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
