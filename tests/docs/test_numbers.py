"""What the pages say in numbers is what the code does: neither can change alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from ruamel.yaml import YAML

from jimmy_ai_openapi_client.sdk import errors

from .blocks import PAGES, ROOT, of, prose
from .facts import FACTS, Claim, failing

SAID: dict[str, list[str]] = YAML(typ="safe").load(Path(__file__).with_name("numbers.yaml"))
CLAIMS = [Claim().format(claim, **FACTS) for claim in SAID["claims"]]
READ = [page for page in PAGES if page.startswith("docs/") or page == "README.md"]
RAISED = re.compile(r"HTTP (?:(\d)xx|(\d{3})(?: or |/)?(\d{3})?)(?:, code (-?\d+))?")
"""How a line of a table, or of the tree, says which answers an error stands for."""

WORDS = r"\b(?:two|three|four|five|six|seven|eight|nine|half)\b"
NUMBER = re.compile(rf"(?<![\w.#-])-?\d[\d.,]*\d|(?<![\w.#-])\d|{WORDS}", re.IGNORECASE)


def read(page: str) -> str:
    """The page's own words, a paragraph a line: no blocks, no addresses."""
    text = re.sub(r"<!-- Written by .*?<!-- The end", "", prose(page), flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"^\d\. ", "- ", text, flags=re.MULTILINE)
    return re.sub(r"(?<=[^\n|]) *\n *(?=[^\s|>*#-])", " ", text)  # a paragraph in one line


@pytest.mark.parametrize("claim", CLAIMS, ids=SAID["claims"])
def test_a_claim(claim: str) -> None:
    assert any(re.search(claim, read(page)) for page in READ), "no page says this; is it still so?"


def lines_about_errors() -> Iterator[tuple[str, str]]:
    """The name of an error, and what it stands for."""
    for page in READ:
        for line in PAGES[page].splitlines():
            if (names := re.findall(r"\w+Error", line)) and "HTTP" in line and line.startswith(("|", "│")):
                whole = line.split("|")[2] if line.startswith("|") else line
                parts = re.split(r"; |, (?=HTTP)", whole) if len(names) > 1 else [whole]
                yield from zip(names[: len(parts)], parts, strict=True)


ERRORS = sorted(set(lines_about_errors()))


def test_there_are_lines_about_every_status() -> None:
    assert {name for name, _ in ERRORS} == {each.__name__ for each in errors.APIStatusError.__subclasses__()}


@pytest.mark.parametrize(("name", "words"), ERRORS)
def test_an_answer_raises_what_the_page_says(name: str, words: str) -> None:
    [(whole, one, other, code)] = RAISED.findall(words)
    for status in [*([f"{whole}00", f"{whole}61"] if whole else []), one, other]:
        assert not status or failing(httpx.Response(int(status)))[0] == name
    assert not code or failing(httpx.Response(200, json={"code": int(code), "msg": "no"}))[0] == name


def test_the_page_draws_the_tree_of_the_code() -> None:
    tree = re.compile(r"^([ │├└─]*\w+Error)\b", re.MULTILINE)
    [drawn] = [block.code for block in of("text") if block.code.startswith("JimmyAIError")]
    assert tree.findall(drawn) == [line.removeprefix("    ") for line in tree.findall(errors.__doc__ or "")]


@pytest.mark.parametrize("status", [408, 429, *range(500, 505), *range(520, 531)])
def test_the_table_of_retries(status: int) -> None:
    """HTTP 408, 502–504 and 520–530 are retried soon, 429 and 500 later, others not at all."""
    said = "\n".join(PAGES.values())
    assert "HTTP 408, 502–504, 520–530 |" in said
    assert "| HTTP 429, HTTP 500, code -1 |" in said
    first, *_ = [*failing(httpx.Response(status))[1], 0]
    assert first == (5 if status in {429, 500} else 0 if status in {501, *range(505, 520)} else 0.5)


def test_the_pythons_are_those_of_the_classifiers() -> None:
    classifiers = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    *most, last = classifiers
    assert f"Python {', '.join(most)} and {last} are supported" in PAGES["README.md"]


@pytest.mark.parametrize("page", READ)
def test_every_number_is_looked_at(page: str) -> None:
    """A number that no claim covers is a claim that is missing above."""
    text = read(page)
    patterns = [*CLAIMS, *SAID["other"], r"`[^`\n]+`", r"(?m)^\| \d+ \|.*$|^\|.*Error.*$"]
    spans = [match.span() for pattern in patterns for match in re.finditer(pattern, text)]
    loose = [
        text[max(0, found.start() - 40) : found.end() + 20]
        for found in NUMBER.finditer(text)
        if not any(start <= found.start() and found.end() <= end for start, end in spans)
    ]
    assert loose == []


def test_the_readme_is_short() -> None:
    assert len(PAGES["README.md"].splitlines()) <= 150
