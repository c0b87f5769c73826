"""Two versions of the generated names, as a program that imports them sees them.

A type that callers hand over is hurt by what narrows it, one that they are handed by what widens it. Models are built
by keyword, so the order of their fields is nobody's concern; those that only answers use are built by from_dict.
"""

import re
from collections.abc import Iterable, Iterator

import griffe

from codegen.diff.change import Change, Level, code
from codegen.diff.surface import Surface, renamed

NEEDED = {griffe.BreakageKind.PARAMETER_ADDED_REQUIRED, griffe.BreakageKind.PARAMETER_CHANGED_REQUIRED}
ANY = "Any"
Renamed = dict[str, str]


def changes(old: Surface, new: Surface, modules: dict[str, str]) -> Iterator[Change]:
    """What breaks or helps callers. `modules` says which old module is which new one, by the operations behind them."""
    classes = renamed(old, new)
    yield from _names(old.modules, new.modules, modules)
    yield from _names(old.classes, new.classes, classes)
    for name in old.modules:
        if (now := modules.get(name, name)) in new.modules:
            yield from _functions(old, new, name, now, classes)
    for name in old.classes:
        if (now := classes.get(name, name)) in new.classes:
            yield from _class(old, new, name, now, classes)


def _names(old: Iterable[str], new: Iterable[str], known: dict[str, str]) -> Iterator[Change]:
    before, after = set(old), set(new)
    moved = {name: now for name, now in known.items() if name != now and name in before and now in after}
    for name in sorted(before):
        if name in moved:
            yield Change(Level.breaking, code(name), f"is now {code(moved[name])}")
        elif name not in after:
            yield Change(Level.breaking, code(name), "gone")
    for name in sorted(after - before - set(moved.values())):
        yield Change(Level.compatible, code(name), "added")


def _functions(old: Surface, new: Surface, name: str, now: str, classes: Renamed) -> Iterator[Change]:
    """The four functions of an operation differ together, so what is said once is not said again."""
    said = dict[tuple[str, str], Change]()
    for breakage in griffe.find_breaking_changes(old.modules[name], new.modules[now]):
        change = _breakage(now, breakage)
        said.setdefault((change.place, change.what), change)
    functions = new.functions(now)
    for key, before in old.functions(name).items():
        after = functions.get(key)
        for change in _signature(now, before, after, classes) if after else ():
            said.setdefault((change.place, change.what), change)
    yield from said.values()


def _breakage(module: str, breakage: griffe.Breakage) -> Change:
    if breakage.kind is griffe.BreakageKind.OBJECT_REMOVED:
        return Change(Level.breaking, code(f"{module}.{breakage.obj.name}"), "gone")
    name = getattr(breakage.new_value if breakage.kind in NEEDED else breakage.old_value, "name", "")
    what = "must now be given" if breakage.kind in NEEDED else breakage.kind.value.lower()
    return Change(Level.breaking, f"argument {code(name)} of {code(module)}", what)


def _signature(module: str, old: griffe.Function, new: griffe.Function, classes: Renamed) -> Iterator[Change]:
    before = {one.name: one for one in old.parameters}
    for parameter in new.parameters:
        place = f"argument {code(parameter.name)} of {code(module)}"
        if parameter.name not in before and not parameter.required:
            yield Change(Level.compatible, place, "added")
        elif parameter.name in before:
            was, now = members(before[parameter.name].annotation, classes), members(parameter.annotation)
            if was != now:
                level = Level.breaking if lost(was, now) else Level.compatible
                yield Change(level, place, f"{_text(was)} is now {_text(now)}")
    was, now = returned(old.returns, classes), returned(new.returns)
    if more := gained(was, now):
        yield Change(Level.breaking, code(module), f"may now return {_text(more)}")
    if less := was - now - {ANY}:
        yield Change(Level.compatible, code(module), f"no longer returns {_text(less)}")


def _class(old: Surface, new: Surface, name: str, now: str, classes: Renamed) -> Iterator[Change]:
    sent, received = (old.sent(name) or new.sent(now)), (old.received(name) or new.received(now))
    before, after = old.fields(name), new.fields(now)
    methods = old.classes[name].members.keys() - before.keys() - new.classes[now].members.keys()
    for key in sorted((before.keys() - after.keys()) | methods):
        yield Change(Level.breaking, code(f"{now}.{key}"), "gone")
    for key, field in after.items():
        place, needed = code(f"{now}.{key}"), field.value is None
        if key not in before:
            hurts = needed and sent
            yield Change(
                Level.breaking if hurts else Level.compatible, place, "added, and must be given" if hurts else "added"
            )
            continue
        was, now_is = members(before[key].annotation, classes), members(field.annotation)
        if was != now_is:
            hurts = bool((sent and lost(was, now_is)) or (received and gained(was, now_is)))
            what = f"{_text(was)} is now {_text(now_is)}"
            yield Change(Level.breaking if hurts else Level.compatible, place, what)
        values = before[key].value, field.value
        if None not in values and str(values[0]) != str(values[1]):
            hurts = sent or field.annotation is None  # without an annotation it is a member of an enum
            what = f"value {code(values[0])} is now {code(values[1])}"
            yield Change(Level.breaking if hurts else Level.compatible, place, what)


def _text(members: set[str]) -> str:
    return code(" | ".join(sorted(members, key=lambda name: (name == "Unset", name))))


def members(annotation: object, classes: Renamed | None = None) -> set[str]:
    """`dict[str, int] | None` is `dict[str, int]` and `None`; classes that were renamed carry their new names."""
    text = re.sub(r"\w+", lambda word: _renamed(word[0], classes or {}), str(annotation))
    found, depth = [""], 0
    for character in text:
        depth += (character in "[(") - (character in "])")
        if character == "|" and not depth:
            found.append("")
        else:
            found[-1] += character
    return {part.strip().strip("\"'") for part in found}


def returned(annotation: object, classes: Renamed | None = None) -> set[str]:
    """What a generated function may give, None aside: every one of them may give that."""
    text = str(annotation)
    inner = re.fullmatch(r"Response\[(.*)\]", text, re.DOTALL)
    return members(inner[1] if inner else text, classes) - {"None"}


def lost(old: set[str], new: set[str]) -> set[str]:
    return set() if ANY in new else old - new


def gained(old: set[str], new: set[str]) -> set[str]:
    """Of no concern where anything could come before, or where nothing in particular comes now."""
    return set() if ANY in old else new - old - {ANY}


def _renamed(word: str, classes: Renamed) -> str:
    return classes.get(f"models.{word}", word).removeprefix("models.")
