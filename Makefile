# Everything a person runs. Python 3.11 or later and make are all that must be there; the rest goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
MEASURED := .venv/bench
ALL_CORES := -n auto --dist worksteal
# What takes no other group: the suite.
SUITE := -m "not proof and not contract"

.DEFAULT_GOAL := help
.PHONY: help run test proof contract check bench rivals capacity coverage lint update pin

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(INSTALLED) ## the demonstration: simulated calls are printed, then the service runs
	$(BIN)/helpline demo

test: $(INSTALLED) ## the whole suite; then what is killed, frozen and filled up, alone on the machine, with its figures
	$(BIN)/python -m pytest $(ALL_CORES) --ignore=tests/failures $(SUITE)
	$(BIN)/python -m pytest tests/failures $(SUITE)

proof: $(INSTALLED) ## what takes long: every path with all nine languages, every slip on every place name
	$(BIN)/python -m pytest $(ALL_CORES) -m proof

contract: $(INSTALLED) ## what we ask of Twilio, against its own OpenAPI document; needs node 20, and the document beside the project
	$(BIN)/python -m pytest -m contract -rs

check: lint ## what must be green before every commit: format, lint, types, imports, all but the slow tests
	$(BIN)/python -m pytest $(ALL_CORES) -m "not slow and not proof and not contract"

bench: $(MEASURED) ## what a request costs, beside the same job by others, and how it grows: benchmarks/RESULTS.md; half an hour, on a quiet machine
	$(BIN)/python -m benchmarks compare
	$(BIN)/python -m benchmarks profile --write
	$(BIN)/python -m benchmarks growth
	$(BIN)/python -m benchmarks.lookups --write benchmarks/LOOKUPS.md

capacity: $(INSTALLED) ## who waits for whom when a broadcast shows the number: docs/capacity.md
	$(BIN)/python -m benchmarks.capacity --write docs/capacity.md

rivals: $(MEASURED) ## whether everybody who is measured gives right answers; no figures
	$(BIN)/python -m benchmarks check

coverage: $(INSTALLED) ## what the tests reach: all of the flow, the directory, the switchboard and the carrier, 95 % of the rest
	$(BIN)/python -m pytest $(ALL_CORES) --ignore=tests/failures --ignore=tests/test_no_trace.py $(SUITE) --cov --cov-report=
	$(BIN)/coverage report --fail-under=95
	$(BIN)/coverage report --fail-under=100 --include='helpline/flow/*,helpline/directory/*,helpline/switchboard/*,helpline/carrier/*'

lint: $(INSTALLED) ## format, lint, types and imports only
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

update: $(INSTALLED) ## write tests/calls, tests/texts and docs/call-flow.* again as they now are; read the difference
	$(BIN)/helpline call --update $$(find tests/calls -name '*.call')
	$(BIN)/helpline text --update $$(find tests/texts -name '*.sms')
	$(BIN)/helpline flow show --write docs

pin: ## take the newest version of everything into constraints.txt
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	$(BIN)/python -m pip freeze --exclude-editable > constraints.txt
	touch $(INSTALLED)

# The constraints hold for what builds the package too.
$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed; say which with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(INSTALLED)

# Who is measured beside us. Node's part is left out, and is told of, where there is no node.
$(MEASURED): $(INSTALLED) benchmarks/node-packages.txt
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	if command -v npm >/dev/null; then npm install --silent --no-save --no-package-lock --prefix .bench $$(cat benchmarks/node-packages.txt); fi
	touch $(MEASURED)
