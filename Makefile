# Every target sets up what it needs, once. Start with: make demo
.DEFAULT_GOAL := help
.PHONY: help demo test quick lint types generate check build clean venv tests lowest pins bench judge mutants shapes docs \
	dist workflows contract changelog drift wheel versions report deliver watch issue release publish
# make tests PYTHON=python3.12 uses that Python, in an environment of its own.
VENV := .venv$(if $(PYTHON),-$(shell "$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])'))
RUN := env -u HTTP_PROXY -u HTTPS_PROXY -u ALL_PROXY -u http_proxy -u https_proxy -u all_proxy PYTHONPATH=. $(VENV)/bin/python
INNER := tests/policy tests/http tests/faults tests/ecosystem tests/mock tests/cli tests/test_house.py tests/test_surface.py

help: ## show this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

demo: ## run the main job on the embedded mock
	@requirements/venv.sh .venv-demo requirements/cli.txt
	@$(RUN:$(VENV)/%=.venv-demo/%) -m jimmy_ai_openapi_client.sdk.cli demo

test: lint types check changelog tests ## check what you changed
	@cat build/skipped.txt

quick: venv ## run what needs no socket, process or browser: the inner loop (under a minute)
	@$(RUN) -m pytest -q -n auto -m 'not wire and not heavy' $(INNER)

lint: venv workflows ## check style, and the workflows
	@$(RUN) -m ruff check . && $(RUN) -m ruff format --check .

workflows: venv
	@$(RUN) -m check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(VENV)/bin/zizmor --offline --quiet --no-progress --persona=auditor .github

types: venv ## check types with mypy --strict and pyright
	@$(RUN) -m mypy && $(RUN) -m pyright

contract: venv ## test that spec, generated code and mock agree
	@$(RUN) -m pytest -q tests/contract tests/mock

shapes: venv ## test every shape that a spec may have (two minutes)
	@./generate.sh --check && $(RUN) -m tests.shapes

changelog: venv ## check that CHANGELOG.md has every change of openapi.yaml since $BASE, or the last release
	@$(RUN) -m codegen.changelog "$$BASE"

generate: ## write the generated package from openapi.yaml
	@./generate.sh

check: ## check that openapi.yaml and the generated package agree
	@./generate.sh --check

tests: venv judge ## run the tests, a process a core, with the coverage of sdk/; PYTHON=python3.12 for another Python
	@mkdir -p build && rm -f .coverage .coverage.*
	@SKIPPED=build/skipped.txt $(RUN) -m coverage run -m pytest -n auto --dist loadgroup
	@$(RUN) -m coverage combine --quiet && $(RUN) -m coverage report

lowest: ## run the tests that use httpx and attrs on the lowest versions allowed, as CI does
	@requirements/venv.sh .venv-lowest requirements/lowest.txt
	@$(RUN:$(VENV)/%=.venv-lowest/%) -m pytest -q -m 'not heavy' tests/contract tests/policy tests/http tests/faults tests/mock

mutants: ## test that the tests find small errors (minutes); KIND= ONLY=regex SHARD=1/4 for parts; see mutants/
	@requirements/venv.sh .venv-mutants requirements/mutants.txt
	@$(RUN:$(VENV)/%=.venv-mutants/%) -m mutants $(addprefix --kind ,$(KIND)) $(if $(ONLY),--only '$(ONLY)') $(if $(SHARD),--shard $(SHARD)) $(if $(ALL),--all)

judge: ## install Prism, axe and Chromium, which some tests use; JUDGES=required fails where one cannot be had
	@tests/chromium.sh
	@tests/contract/prism/install.sh
	@tests/mock/axe/install.sh

bench: venv ## measure speed and memory as ratios (six minutes); QUICK=1 for a shorter run, ONLY=name for one measure
	@$(RUN) -m benchmarks $(if $(QUICK),--quick) $(addprefix --only ,$(ONLY))

docs: ## build the documentation in build/docs/, and check its links
	@requirements/venv.sh .venv-docs requirements/docs.txt
	@$(RUN:$(VENV)/%=.venv-docs/%) -m sphinx --fail-on-warning --keep-going --quiet --fresh-env docs build/docs
	@$(RUN:$(VENV)/%=.venv-docs/%) docs/links.py build/docs

build: venv ## build wheel and sdist in dist/
	@rm -rf dist && $(RUN) -m build --no-isolation

dist: build ## check wheel and sdist with twine and check-wheel-contents
	@requirements/venv.sh .venv-dist requirements/dist.txt
	@.venv-dist/bin/twine check --strict dist/* && .venv-dist/bin/check-wheel-contents dist

pins: ## renew requirements/ (needs uv)
	@requirements/compile.sh

wheel: venv ## test the wheel that is in dist/
	@WHEEL=$$(ls dist/*.whl) $(RUN) -m pytest -q tests/package

drift: generate
	@changed=$$(git status --porcelain); [ -z "$$changed" ] || { echo "generating changed files:"; echo "$$changed"; exit 1; }

versions:
	@sed -nE 's/.*"Programming Language :: Python :: (3\.[0-9]+)".*/"\1"/p' pyproject.toml | paste -sd, - | sed 's/.*/python=[&]/'

# Used by the workflows. Arguments come from the environment, so that no shell takes them for code.
report:
	@.github/scripts/report.sh "$$BASE"

deliver:
	@.github/scripts/deliver.sh

watch:
	@.github/scripts/watch.sh

issue:
	@.github/scripts/issue.sh

release: venv
	@$(RUN) -m codegen.release "$$TAG"
	@mkdir -p build/report && $(RUN) -m codegen.release "$$TAG" --notes >build/report/notes.md

publish:
	@.github/scripts/publish.sh "$$TAG"

clean: ## remove everything that can be made again
	rm -rf .venv .venv-* build dist tests/contract/prism/node_modules tests/mock/axe/node_modules .coverage .*_cache .hypothesis

venv:
	@requirements/venv.sh $(VENV) requirements/dev.txt
