"""Where pages lead: to files that are there, and to one address of the project."""

import json
import os
import re
import tomllib

import pytest

import jimmy_ai_openapi_client as package
from benchmarks import page
from jimmy_ai_openapi_client.sdk import mock

from .blocks import PAGES, ROOT

URLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
SOURCE, SITE = URLS["Source"], URLS["Documentation"]
TEMPLATES = {path.name: path.read_text("utf-8") for path in (ROOT / ".github" / "ISSUE_TEMPLATE").iterdir()}


@pytest.mark.parametrize("page", [*PAGES, *TEMPLATES])
def test_the_project_has_one_address(page: str) -> None:
    """Written down in pyproject.toml; a fork has one place to look, and this test for the others."""
    text = {**PAGES, **TEMPLATES}[page]
    for link in re.findall(r"https://[\w.]*(?:github\.com|github\.io)/[^\s)>]*", text):
        ours = "jimmy-ai-openapi-client" in link
        assert not ours or link.startswith((SOURCE, SITE)), link
        if file := re.match(rf"{SOURCE}/(?:blob|tree)/main/([^#]+)", link):
            assert (ROOT / file[1]).exists(), link


@pytest.mark.skipif(os.environ.get("GITHUB_REF_TYPE") != "tag", reason="only what is released must be right")
def test_what_is_released_names_the_repository_it_comes_from() -> None:
    assert f"https://github.com/{os.environ['GITHUB_REPOSITORY']}" == SOURCE


def test_the_readme_s_links_work_on_a_package_index() -> None:
    links = re.findall(r"\]\(([^)]+)\)", PAGES["README.md"])
    assert links
    assert [link for link in links if not link.startswith("https://")] == []


def test_all_that_is_public_is_in_the_reference() -> None:
    reference = "\n".join(text for page, text in PAGES.items() if page.startswith("docs/reference/"))
    listed = re.findall(r"^\.\. auto\w+:: [\w.]*\.(\w+)", reference, re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert {*package.__all__, *mock.__all__} - {"__version__"} <= set(listed)


def test_every_page_is_in_the_contents() -> None:
    contents = re.findall(r"```{toctree}\n(.*?)```", PAGES["docs/index.md"], re.DOTALL)
    listed = {f"docs/{line}.md" for part in contents for line in part.splitlines()}
    pages = {page for page in PAGES if page.startswith("docs/")} - {"docs/index.md"}
    assert {*pages, "docs/spec-shapes.md"} <= listed


def test_the_page_about_performance_has_the_figures_of_the_last_measurement() -> None:
    results = json.loads(page.KEPT.read_text("utf-8"))
    assert page.written(PAGES["docs/performance.md"], page.table(results)) == PAGES["docs/performance.md"]
