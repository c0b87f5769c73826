"""Runs in a grown tree: calls every generated function through `.raw` on the mock, with arguments made from types."""

import asyncio
import enum
import importlib
import inspect
import pkgutil
import types
import typing
from io import BytesIO
from typing import Any

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI, models
from jimmy_ai_openapi_client.api import default
from jimmy_ai_openapi_client.sdk.mock import MockService
from jimmy_ai_openapi_client.types import File, Unset

NAMES = {**vars(models), "File": File, "Unset": Unset}
PLAIN: dict[Any, Any] = {str: "id1", int: 1, float: 1.5, bool: True, type(None): None}


def sample(hint: Any) -> Any:
    """A value of a type as generated code writes it."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return sample(next(one for one in inner if one is not Unset))
    if origin is list:
        return [sample(inner[0])]
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is File:
        return File(payload=BytesIO(b"\r\n--+++--"), file_name="x.bin")
    if issubclass(hint, enum.Enum):
        return next(iter(hint))
    module = importlib.import_module(hint.__module__)
    hints = typing.get_type_hints(hint, {**vars(module), **NAMES})
    return hint(**{name: sample(one) for name, one in hints.items() if name != "additional_properties"})


def arguments(function: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(function)
    return {name: sample(hints[name]) for name in inspect.signature(function).parameters if name != "client"}


async def both(name: str, mock: MockService) -> str:
    module = importlib.import_module(f"{default.__name__}.{name}")
    given = arguments(module.sync)
    with JimmyAI(api_key="sk-mock", transport=mock.transport) as jimmy:
        answer = module.sync(client=jimmy.raw, **given)
    async with AsyncJimmyAI(api_key="sk-mock", transport=mock.transport) as patient:
        again = await module.asyncio(client=patient.raw, **arguments(module.asyncio))
    assert type(answer) is type(again), (answer, again)
    assert str(answer.code) in ("0", "20000"), answer
    return f"{name} {type(answer).__name__}"


def main() -> None:
    mock = MockService(api_key="sk-mock")
    mock.add("id1", polls=0)
    for name in sorted(module.name for module in pkgutil.iter_modules(default.__path__)):
        print(asyncio.run(both(name, mock)))


if __name__ == "__main__":
    main()
