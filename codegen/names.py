"""How the generator turns the names of a spec into Python's: the lint must see two names meet where the generator does.

Kept equal to `openapi_python_client.strings` by a test that asks the pinned generator.
"""

import builtins
import re
from keyword import iskeyword
from typing import Any

DELIMITERS = r"\. _-"
RESERVED = (set(dir(builtins)) | {"self", "true", "false", "datetime"}) - {"id"}


def words(name: str) -> list[str]:
    name = "".join(c for c in name if c.isidentifier() or c.isdecimal() or c in DELIMITERS)
    if any(c.isupper() for c in name):
        name = " ".join(re.split("([A-Z]?[a-z]+)", name))
    return re.findall(rf"[^{re.escape(DELIMITERS)}]+", name)


def unreserved(name: str) -> str:
    return f"{name}_" if name in RESERVED or iskeyword(name) else name


def identifier(name: str, prefix: str = "field_") -> str:
    """The name of the module, argument or attribute made for `name`."""
    found = words(name)
    kept = [c for c in name if c.isidentifier() or c.isdecimal() or c in DELIMITERS]
    result = unreserved("_".join(found).lower())
    return result if result.isidentifier() and kept[:1] != ["_"] else prefix + result


def class_name(name: str) -> str:
    """The name of the class made for a schema called `name`."""

    def pascal(text: str) -> str:
        return "".join(word if word.isupper() else word.capitalize() for word in words(text))

    result = unreserved(pascal(name))
    return result if result.isidentifier() else unreserved(pascal(f"field_{result}"))


def module(operation: dict[str, Any]) -> str:
    """Where the functions of an operation are."""
    tag = (operation.get("tags") or ["default"])[0]
    return f"api.{identifier(tag, 'tag')}.{identifier(operation.get('operationId', ''))}"
