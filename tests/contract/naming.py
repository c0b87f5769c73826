"""The Python name of a thing in the spec: the rule that users of the package rely on, written without the generator."""

import builtins
import keyword
import re
from functools import cache

from .schema import Schema
from .spec import Operation

RESERVED = {*dir(builtins), *keyword.kwlist, "self", "true", "false", "datetime"} - {"id"}


def words(name: str) -> list[str]:
    """Split at delimiters and where the case changes: `getHTTPCode_v2` is get, HTTP, Code, v, 2."""
    if any(letter.isupper() for letter in name):
        name = re.sub(r"([A-Z]?[a-z]+)", r" \1 ", name)
    return re.findall(r"[^. _-]+", re.sub(r"[^\w. -]", "", name))


def unreserved(name: str) -> str:
    """Append an underscore to a name that Python keeps for itself."""
    return f"{name}_" if name in RESERVED else name


@cache
def snake(name: str, prefix: str = "field_") -> str:
    """Name a module, a function, an argument or an attribute."""
    plain = unreserved("_".join(words(name)).lower())
    return plain if plain.isidentifier() and not name.startswith("_") else prefix + plain


def pascal(name: str) -> str:
    """Name a class."""
    return unreserved("".join(word if word.isupper() else word.capitalize() for word in words(name)))


def argument_names(operation: Operation) -> dict[tuple[str, str], str]:
    """Name the argument of each parameter; to one that is called like a part of every call, its place is added."""
    names = {(each.where, each.name): snake(each.name) for each in operation.parameters}
    return {key: snake(f"{name}_{key[0]}") if name in {"client", "url"} else name for key, name in names.items()}


def attribute_names(schema: Schema) -> dict[str, str]:
    """Name the attribute of each property."""
    return {name: snake(name) for name in schema.properties}
