"""The site: Markdown by MyST, the reference by autodoc, the look by Furo. `make docs` builds it in build/docs/."""

import re
import tomllib
from pathlib import Path
from typing import Any

import jimmy_ai_openapi_client

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
VERSION = re.search(r'"(.+)"', (ROOT / "jimmy_ai_openapi_client/sdk/version.py").read_text("utf-8").split("=")[1])

project = "jimmy-ai-openapi-client"
author = "the jimmy-ai-openapi-client contributors"
copyright = f"2026, {author}"  # noqa: A001  (the builder's name for it)
release = version = VERSION[1] if VERSION else ""

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3
exclude_patterns = ["conf.py"]

html_theme = "furo"
html_title = project
html_baseurl = PROJECT["urls"]["Documentation"]
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_theme_options = {
    "source_repository": PROJECT["urls"]["Source"],
    "source_branch": "main",
    "source_directory": "docs/",
}

default_role = "literal"
add_module_names = False
python_use_unqualified_type_names = True
maximum_signature_line_length = 110
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_class_signature = "mixed"
napoleon_numpy_docstring = False
napoleon_use_ivar = True

_PUBLIC = set(jimmy_ai_openapi_client.__all__)
_NAME = re.compile(r"(?<!`)`([A-Z]\w+)`(?!`)")
_whole: dict[str, list[str]] = {}
_LIST = re.compile(r"([-*]|\d+\.) ")


def _linked(found: re.Match[str]) -> str:
    """A public name in backticks leads to its place in the reference."""
    return f":py:obj:`~jimmy_ai_openapi_client.{found[1]}`" if found[1] in _PUBLIC else found[0]


def _mark_up(*event: Any) -> None:
    """Docstrings are written for `help()`: show what is indented below a paragraph as code, and link public names."""
    lines: list[str] = event[-1]
    lines[:] = [_NAME.sub(_linked, line) for line in lines]
    marked: list[str] = []
    in_code = False
    for line, after in zip(["", *lines], [*lines, ""], strict=True):
        marked.append(line)
        indented = after.startswith("    ")
        if not in_code and not line and indented and not _in_list(marked) and "``" not in after:
            kind = "text" if "──" in after or "├" in after else "python"
            marked += [f".. code-block:: {kind}", ""]
            in_code = True
        elif after and not indented:
            in_code = False
    lines[:] = marked[1:]
    if event[1] in {"attribute", "property"}:
        _whole[event[2]] = lines[:]


def _in_list(marked: list[str]) -> bool:
    """Whether the paragraph before is an item of a list, or below a heading such as `Args:`."""
    before = [line for line in marked if line and not line.startswith(" ")]
    return bool(before) and (bool(_LIST.match(before[-1])) or before[-1] in {"Args:", "Raises:", "Returns:", "Yields:"})


def _restore(*event: Any) -> None:
    """Of an attribute, napoleon takes what is before a colon for its type. They have no sections to read."""
    event[-1][:] = _whole.get(event[2], event[-1])


def setup(app: Any) -> None:
    """Before and after napoleon, which reads the sections of docstrings."""
    app.connect("autodoc-process-docstring", _mark_up, priority=400)
    app.connect("autodoc-process-docstring", _restore, priority=600)
