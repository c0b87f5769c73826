"""Every generated function, found where the generator puts them."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, get_type_hints

import attrs

import jimmy_ai_openapi_client.api


def modules() -> Iterator[ModuleType]:
    """The module of each operation."""
    root = jimmy_ai_openapi_client.api
    for info in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
        if not info.ispkg:
            yield importlib.import_module(info.name)


def functions(*names: str) -> dict[str, Callable[..., Any]]:
    """The functions called `names` (`sync`, `asyncio_detailed` …) of all operations, by a name for test ids."""
    found = {
        f"{module.__name__.rsplit('.', 1)[1]}.{name}": getattr(module, name, None)
        for module in modules()
        for name in names
    }
    return {name: function for name, function in found.items() if function}


def arguments(function: Callable[..., Any]) -> dict[str, Any]:
    """Something of the right type for every argument but `client`."""
    hints = get_type_hints(function)
    needed = [one for one in inspect.signature(function).parameters.values() if one.default is inspect.Parameter.empty]
    return {one.name: _made(hints[one.name]) for one in needed if one.name != "client"}


def _made(hint: Any) -> Any:
    if hint is str:
        return "id1"
    if getattr(hint, "__origin__", None) is list:
        return [_made(hint.__args__[0])]
    if attrs.has(hint):
        required = [one.name for one in attrs.fields(hint) if one.init and one.default is attrs.NOTHING]
        return hint(**{name: _made(get_type_hints(hint)[name]) for name in required})
    return hint()
