# Every target sets up what it needs, once. Start with: make demo
.DEFAULT_GOAL := help
.PHONY: help demo test quick lint types generate check build clean venv tests lowest pins bench judge mutants shapes \
	workflows contract changelog drift wheel versions report deliver watch issue release publish
QUICK := tests/policy tests/http tests/faults tests/ecosystem tests/mock tests/cli tests/test_house.py tests/test_surface.py tests/test_readme.py
RUN := env -u HTTP_PROXY -u HTTPS_PROXY -u ALL_PROXY -u http_proxy -u https_proxy -u all_proxy PYTHONPATH=. .venv/bin/python

help: ## show this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

demo: ## run the main job on the embedded mock
	@requirements/venv.sh .venv-demo requirements/cli.txt
	@$(RUN:.venv/%=.venv-demo/%) -m jimmy_ai_openapi_client.sdk.cli demo

test: lint types check changelog tests lowest ## everything that must hold, as CI runs it
	@cat build/skipped.txt

quick: venv ## what needs no socket, process or browser: the inner loop (under a minute)
	@$(RUN) -m pytest -q -m 'not wire and not heavy' $(QUICK)

lint: venv workflows ## ruff, and what checks the workflows
	@$(RUN) -m ruff check . && $(RUN) -m ruff format --check .

workflows: venv
	@$(RUN) -m check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@.venv/bin/zizmor --offline --quiet --no-progress .github

types: venv ## mypy --strict and pyright
	@$(RUN) -m mypy && $(RUN) -m pyright

contract: venv ## what proves that spec, generated code and mock agree
	@$(RUN) -m pytest -q tests/contract tests/mock

shapes: venv ## every shape of an operation that a spec may have, through lint, generator, suite and mock (two minutes)
	@./generate.sh --check && $(RUN) -m tests.shapes

changelog: venv ## a change of openapi.yaml since $BASE, or the last release, is told in CHANGELOG.md
	@$(RUN) -m codegen.changelog "$$BASE"

generate: ## write the generated package from openapi.yaml
	@./generate.sh

check: ## prove that openapi.yaml and the generated package agree
	@./generate.sh --check

tests: venv judge ## the test suite, a process a core, with the coverage of sdk/
	@mkdir -p build && rm -f .coverage .coverage.*
	@SKIPPED=build/skipped.txt $(RUN) -m coverage run -m pytest -n auto --dist loadgroup
	@$(RUN) -m coverage combine --quiet && $(RUN) -m coverage report

lowest: ## the tests that use httpx and attrs, on the lowest versions allowed
	@requirements/venv.sh .venv-lowest requirements/lowest.txt
	@$(RUN:.venv/%=.venv-lowest/%) -m pytest -q -m 'not heavy' tests/contract tests/policy tests/http tests/faults tests/mock

mutants: ## lies that the tests must not believe, one a core at a time; KIND= ONLY=regex SHARD=1/4 for parts; see mutants/
	@requirements/venv.sh .venv-mutants requirements/mutants.txt
	@$(RUN:.venv/%=.venv-mutants/%) -m mutants $(addprefix --kind ,$(KIND)) $(if $(ONLY),--only '$(ONLY)') $(if $(SHARD),--shard $(SHARD)) $(if $(ALL),--all)

judge: ## the judges from outside: Prism, axe-core, Chromium; JUDGES=required fails where one cannot be had
	@tests/chromium.sh
	@tests/contract/prism/install.sh
	@tests/mock/axe/install.sh

bench: venv ## ratios against raw httpx and json; QUICK=1 for a coarser, shorter run, ONLY=name for one measure
	@$(RUN) -m benchmarks $(if $(QUICK),--quick) $(addprefix --only ,$(ONLY))

build: venv ## wheel and sdist in dist/
	@$(RUN) -m build --no-isolation

pins: ## renew requirements/ (needs uv)
	@requirements/compile.sh

wheel: venv ## test the wheel that `make build` left in dist/
	@WHEEL=$$(ls dist/*.whl) $(RUN) -m pytest -q tests/package

drift: generate
	@changed=$$(git status --porcelain); [ -z "$$changed" ] || { echo "generating changed files:"; echo "$$changed"; exit 1; }

versions:
	@sed -nE 's/.*"Programming Language :: Python :: (3\.[0-9]+)".*/"\1"/p' pyproject.toml | paste -sd, - | sed 's/.*/python=[&]/'

# What the workflows do beyond that. Each takes its arguments from the environment, where text stays text.
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
	@requirements/venv.sh .venv requirements/dev.txt
