"""Look for a secret wherever somebody could come across it."""

import gc
import pickle
import traceback
from collections.abc import Iterator
from types import BuiltinFunctionType, CodeType, FrameType, FunctionType, ModuleType, TracebackType
from typing import Any

from jimmy_ai_openapi_client.sdk.settings import Secret

_CLOSED = (Secret, ModuleType, CodeType, BuiltinFunctionType, type)
"""Not entered: the one place that holds the key, and what belongs to the whole process."""


def shows(text: str, secret: str) -> bool:
    """Whether the secret, or a good part of it, stands in the text."""
    return any(secret[at : at + 12] in text for at in range(0, max(1, len(secret) - 11), 4))


def holders(root: object, secret: str) -> list[str]:
    """The types on the way to every text or bytes with `secret` that the garbage collector reaches from `root`."""
    needle = secret.encode()
    found, seen, todo = [], {id(root)}, [(root, type(root).__name__)]
    keep = [root]  # so that no id is given twice
    while todo:
        one, way = todo.pop()
        for inner in _inside(one):
            if id(inner) in seen or isinstance(inner, _CLOSED):
                continue
            seen.add(id(inner))
            keep.append(inner)
            path = f"{way} > {type(inner).__name__}"
            if (isinstance(inner, str) and secret in inner) or (
                isinstance(inner, bytes | bytearray) and needle in inner
            ):
                found.append(path)
            todo.append((inner, path))
    return found


def _inside(one: object) -> Iterator[Any]:
    if isinstance(one, FrameType):
        yield from one.f_locals.values() if _is_ours(one) else ()
    elif isinstance(one, FunctionType):  # its globals are the module's
        yield from (one.__closure__, one.__defaults__, one.__kwdefaults__, one.__dict__)
    elif isinstance(one, TracebackType):
        yield from (one.tb_frame, one.tb_next)
    elif isinstance(one, BaseException):
        yield from (one.args, one.__dict__, one.__cause__, one.__context__, one.__traceback__)
    else:
        yield from gc.get_referents(one)


def _is_ours(frame: FrameType) -> bool:
    return "jimmy_ai_openapi_client" in frame.f_code.co_filename


def chain(error: BaseException) -> list[BaseException]:
    """The error with all its causes and contexts."""
    seen: list[BaseException] = []
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop()
        if one is not None and one not in seen:
            seen.append(one)
            todo += [one.__cause__, one.__context__]
    return seen


def shown_anywhere(error: BaseException, secret: str) -> list[str]:
    """Where `secret` shows in the texts, attributes, causes, pickle and in the locals of our frames of `error`."""
    places = {"traceback": "".join(traceback.format_exception(error))}
    for place, one in enumerate(chain(error)):
        texts = {"str": str(one), "repr": repr(one), "vars": repr(vars(one)), "pickle": repr(pickle.dumps(one))}
        frames = [frame for frame, _ in traceback.walk_tb(one.__traceback__) if _is_ours(frame)]
        texts |= {
            f"{each.f_code.co_qualname}.{name}": _told(it) for each in frames for name, it in each.f_locals.items()
        }
        places |= {f"{name} {place}": text for name, text in texts.items()}
    return [place for place, text in places.items() if shows(text, secret)]


def _told(value: object) -> str:
    try:
        return repr(value)
    except AttributeError:  # half-built
        return "".join(map(repr, vars(value).values()))
