"""Look for a secret wherever somebody could come across it."""

import gc
import pickle
import traceback
from types import FrameType, FunctionType, ModuleType
from typing import Any

from jimmy_ai_openapi_client.sdk.settings import Secret


def shows(text: str, secret: str) -> bool:
    """Whether the secret, or a good part of it, stands in the text."""
    return any(secret[at : at + 12] in text for at in range(0, max(1, len(secret) - 11), 4))


def holders(root: object, secret: str, *, keeper: type = Secret) -> list[str]:
    """The types on the way to every text or bytes with `secret` that the garbage collector reaches from `root`.

    It does not look into the `keeper`, the one place that holds it, nor into what belongs to the whole process.
    """
    closed = (keeper, ModuleType, FrameType, type)
    found, seen, todo = list[str](), dict[int, object](), [(root, type(root).__name__)]
    while todo:
        one, way = todo.pop()
        for inner in _inside(one):
            if id(inner) in seen or isinstance(inner, closed):
                continue
            seen[id(inner)] = inner  # and kept, so that no id is given twice
            path = f"{way} > {type(inner).__name__}"
            if isinstance(inner, str | bytes | bytearray) and secret in str(inner):
                found.append(path)
            todo.append((inner, path))
    return found


def _inside(one: object) -> Any:
    if isinstance(one, FunctionType):  # its globals are the module's
        return (one.__closure__, one.__defaults__, one.__kwdefaults__, one.__dict__)
    return gc.get_referents(one)


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
        for frame, _ in traceback.walk_tb(one.__traceback__):
            if "jimmy_ai_openapi_client" in frame.f_code.co_filename:
                texts |= {f"{frame.f_code.co_qualname}.{name}": _told(it) for name, it in frame.f_locals.items()}
        places |= {f"{name} {place}": text for name, text in texts.items()}
    return [place for place, text in places.items() if shows(text, secret)]


def _told(value: object) -> str:
    try:
        return repr(value)
    except AttributeError:  # half-built
        return "".join(map(repr, vars(value).values()))
