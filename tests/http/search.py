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


def frames(error: BaseException) -> Iterator[FrameType]:
    """The frames that an error and its causes drag along."""
    for one in (error.__cause__, error.__context__):
        if one is not None:
            yield from frames(one)
    for frame, _ in traceback.walk_tb(error.__traceback__):
        yield frame


def shown_anywhere(error: BaseException, secret: str) -> list[str]:
    """Where `secret` shows in the texts, attributes, causes, pickle and in the locals of our frames of `error`."""
    ours = [frame for frame in frames(error) if _is_ours(frame)]
    places = {
        "str": str(error),
        "repr": repr(error),
        "vars": repr(vars(error)),
        "pickle": repr(pickle.dumps(error)),
        "traceback": "".join(traceback.format_exception(error)),
        **{f"{frame.f_code.co_qualname}.{name}": _told(it) for frame in ours for name, it in frame.f_locals.items()},
    }
    return [place for place, text in places.items() if secret in text]


def _told(value: object) -> str:
    try:
        return repr(value)
    except AttributeError:  # half-built
        return "".join(map(repr, vars(value).values()))
