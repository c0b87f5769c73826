"""Scenarios: assets, what becomes of them, and faults, read from a file. `MockService.load` documents the format."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from .assets import AssetStore
from .faults import Faults, plan_by_name

PARTS = ("polls", "seconds", "assets", "unknown", "refused", "faults")
OPTIONS = ("polls", "seconds", "outcome", "asset_id", "official_id", "asset_ref", "name", "url", "created_at", "extra")


def read(source: str | os.PathLike[str] | Mapping[str, Any]) -> tuple[str, Any]:
    """The name of a scenario in messages, and its content. Raises `ValueError`; `OSError` for no such file."""
    if isinstance(source, Mapping):
        return "scenario", source
    name = Path(source).name
    try:
        content = YAML(typ="safe", pure=True).load(Path(source).read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{name}: not UTF-8 from byte {error.start} on; save it as UTF-8") from None
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ValueError(f"{name}{line}: {problem}; write YAML 1.2") from None
    return name, {} if content is None else content


def apply(name: str, content: Any, store: AssetStore, fault: Faults) -> None:
    """Add the assets and plan the faults of a scenario. Raises `ValueError`."""
    place = ""
    try:
        _only(_mapping(content), PARTS)
        default = {part: content[part] for part in ("polls", "seconds") if content.get(part) is not None}
        unknown, refused = (_ids(content, part) for part in ("unknown", "refused"))
        place = "assets"
        assets = content.get("assets") or {}
        assets = dict.fromkeys(_ids(content, "assets")) if isinstance(assets, list) else _mapping(assets)
        for asset_id in assets:
            if _id(asset_id) in {*unknown, *refused}:
                raise ValueError(f"{asset_id!r} is under unknown or refused too; take it out of one")
        for asset_id, options in assets.items():
            place = f"assets.{asset_id}"
            _add(store, asset_id, _mapping(options or {}), default)
        store.remove(*(store.statuses().keys() & unknown))
        store.refuse(*refused)
        place = "faults"
        faults = content.get("faults") or []
        if not isinstance(faults, list):
            raise TypeError("must be a list, each like {kind: code, code: -1, times: 3}")
        for index, one in enumerate(faults):
            place = f"faults[{index}]"
            given = {"kind": one} if isinstance(one, str) else dict(_mapping(one))
            plan_by_name(fault, given.pop("kind", None), given)
    except (TypeError, ValueError) as error:
        raise ValueError(": ".join(filter(None, (name, place, str(error))))) from None


def _add(store: AssetStore, asset_id: str, options: Mapping[str, Any], default: Mapping[str, Any]) -> None:
    _only(options, OPTIONS)
    given = {key: value for key, value in options.items() if key != "extra"}
    if not given.keys() & {"polls", "seconds"}:
        given |= default
    extra = _mapping(options.get("extra") or {})
    if again := extra.keys() & OPTIONS:
        raise ValueError(f"{', '.join(sorted(again))} under extra; write it beside extra")
    store.add(asset_id, **given, **extra)


def _mapping(value: Any) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"must be a mapping, written as `key: value` lines or {{key: value}}, not {value!r:.100}")
    return value


def _only(given: Mapping[Any, Any], names: tuple[str, ...]) -> None:
    if strange := [str(name) for name in given if name not in names]:
        raise ValueError(f"no {', '.join(strange)} here; there are {', '.join(names)}")


def _ids(content: Mapping[str, Any], part: str) -> list[str]:
    ids = content.get(part) or []
    if not isinstance(ids, list):
        raise TypeError(f"{part} must be a list of ids, such as [id1, id2], not {ids!r:.100}")
    return [_id(one) for one in ids]


def _id(given: Any) -> str:
    if not isinstance(given, str):
        raise TypeError(f"{given!r:.100} is not text; put the id in quotes")
    return given
