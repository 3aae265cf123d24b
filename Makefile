# Kairos. `make` alone lists what can be made. The same recipes run on the build server (.ci/run).
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
export PORT
# Workers of a test run, and anything else for pytest: make test ARGS="-k front_door"
WORKERS ?= 2
ARGS ?=
PYTEST = KAIROS_CHROMIUM="$$(scripts/chromium)" && export KAIROS_CHROMIUM && exec $(BIN)/python -m pytest
# Checks that are modules of their own: python -m scripts.<name> <arguments>
CHECK_MODULES = "scripts.check_sizes" "scripts.print_all --check" "scripts.check_public_pages" "scripts.check_reading_level" \
	"scripts.catalogue --check" "kairos.cli.main content lint --on $(CHANGED_ON)"
# A review that falls due is its editor's, and no reason for yesterday's commit to fail tomorrow.
CHANGED_ON = $(shell git log -1 --format=%cs 2>/dev/null || date +%F)

.PHONY: pictures help setup setup-dev browser check fix test test-unit test-spec test-properties test-reference \
	test-wired test-web test-journeys coverage bench demo demo-reset docs release nightly
.DEFAULT_GOAL := help

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

setup: .venv/.for-running ## make .venv with all that Kairos needs to run
setup-dev: .venv/.for-work ## the same, with the tools for tests and checks

.venv/.for-running: requirements.lock requirements-uv.lock pyproject.toml
	@test -e .venv/.for-work && test ! requirements.lock -nt .venv/.for-work \
		&& test ! pyproject.toml -nt .venv/.for-work || scripts/make_environment "$(PYTHON)" requirements.lock
	@touch $@

.venv/.for-work: requirements-dev.lock requirements-uv.lock pyproject.toml
	@scripts/make_environment "$(PYTHON)" requirements-dev.lock
	@touch $@

browser: setup-dev ## find a Chromium for the tests, or bring one
	@scripts/chromium >/dev/null

demo: setup ## run the demonstration clinic; the second time keeps what was entered
	@exec $(BIN)/kairos demo

demo-reset: setup ## run the demonstration clinic afresh
	@exec $(BIN)/kairos demo --reset

check: setup-dev ## lint, types, contracts, content, sizes; changes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/bandit -q -c pyproject.toml -ll -r src
	@for words in $(CHECK_MODULES); do echo "python -m $$words"; $(BIN)/python -m $$words || exit 1; done

fix: setup-dev ## format, and print the generated pages anew
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m scripts.print_all

docs: setup-dev ## print the generated pages of docs/
	$(BIN)/python -m scripts.print_all

pictures: ## keep the journeys' pictures that the documents show
	$(BIN)/python -m scripts.keep_pictures

test: browser ## everything, in a real browser too
	@$(PYTEST) -n $(WORKERS) --dist worksteal $(ARGS)

test-unit: setup-dev ## tests of words, domain and content: no database
	@exec $(BIN)/python -m pytest tests/unit $(ARGS)
test-spec: setup-dev ## the clinical specification
	@exec $(BIN)/python -m pytest tests/spec $(ARGS)
test-properties: setup-dev ## laws on generated cases
	@exec $(BIN)/python -m pytest tests/properties $(ARGS)
test-reference: setup-dev ## figures from outside
	@exec $(BIN)/python -m pytest tests/reference $(ARGS)
test-wired: setup-dev ## with PostgreSQL and real processes
	@exec $(BIN)/python -m pytest tests/wired tests/interop -n $(WORKERS) --dist worksteal $(ARGS)
test-web: browser ## pages and fragments
	@$(PYTEST) tests/web $(ARGS)
test-journeys: browser ## stories in a real browser
	@$(PYTEST) tests/journeys $(ARGS)

# Every branch of what decides and of what writes is tested: the journeys are not needed for that.
COVERED = vocab domain content actions
coverage: setup-dev ## every branch of vocab, domain, content and actions is tested, or it fails
	@exec $(BIN)/python -m pytest tests/unit tests/spec tests/properties tests/reference tests/interop tests/wired tests/web \
		-n $(WORKERS) --dist worksteal $(COVERED:%=--cov=kairos.%) --cov-branch --cov-report=term-missing:skip-covered \
		--cov-fail-under=100 $(ARGS)

bench: setup-dev ## benchmarks; some of them: make bench P="P1 P9"
	@exec $(BIN)/python -m benchmarks $(P)

nightly: browser ## everything, with long generated cases, then the benchmarks
	@KAIROS_CHROMIUM="$$(scripts/chromium)" HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)
	@$(BIN)/python -m benchmarks

release: check test ## check and test, then build the package into build/
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir build .
	@ls build/*.whl
