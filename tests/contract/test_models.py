"""Every model carries every property by the name that the spec gives it, both ways."""

import copy
from typing import Any

import attrs
import pytest

from .difference import agree, agree_on_value, exact
from .generated import ENUMS, IN_JSON, MODELS, Place, annotations, attribute_names
from .left_out import leave_out
from .samples import Sampler, distinct, styles, unknown
from .values import build, build_model, read_model

leave_out(
    "from_dict and to_dict of what holds a file; it is sent, but never read",
    [place.label for place in MODELS if place not in IN_JSON],
)
WIRE = [
    pytest.param(place, value, id=f"{place.label}-{style}")
    for place in IN_JSON
    for style, value in distinct(place.schema, alone=True).items()
]
WIRE += [
    pytest.param(place, Sampler().make(place.schema) | unknown(place.schema), id=f"{place.label}-unknown")
    for place in IN_JSON
    if place.schema.extra
]
GROWING = [place for place in IN_JSON if place.schema.extra]
REQUIRED = [(place, name) for place in IN_JSON for name in sorted(place.schema.required)]
DEFAULTS = [
    (place, name) for place in MODELS for name, each in place.schema.properties.items() if "default" in each.node
]


@pytest.mark.parametrize(("place", "wire"), WIRE)
def test_both_ways(place: Place, wire: dict[str, Any]) -> None:
    """Each attribute holds the property of its name, typed as promised; the argument stays as it was.

    What the constructor was given comes out under the names of the spec, twice; what is UNSET does not.
    """
    before = copy.deepcopy(wire)
    found = read_model(place.schema, place.cls.from_dict(wire), place.cls)
    agree_on_value(f"{place.label}, from_dict", place.schema, found, before)
    agree_on_value(f"{place.label}, the argument of from_dict", place.schema, wire, before)
    instance = build_model(place.schema, wire, place.cls)
    for time in ("first", "second"):
        agree_on_value(f"{place.label}, the {time} to_dict", place.schema, instance.to_dict(), wire)


@pytest.mark.parametrize("place", IN_JSON)
def test_there_and_back(place: Place) -> None:
    """A model equals the one read from what it wrote, and no model that differs."""
    wire = Sampler(length=3).make(place.schema)
    instance = build_model(place.schema, wire, place.cls)
    assert place.cls.from_dict(instance.to_dict()) == instance
    others = [sampler.make(place.schema) for sampler in styles(place.schema).values()]
    others = [other for other in others if exact(other) != exact(wire)]
    assert instance not in [place.cls.from_dict(other) for other in others]


@pytest.mark.parametrize(("place", "name"), REQUIRED)
def test_missing_required(place: Place, name: str) -> None:
    """Without a required property there is no model."""
    wire = Sampler().make(place.schema)
    del wire[name]
    with pytest.raises(KeyError, match=name):
        place.cls.from_dict(wire)
    if "default" not in place.schema.properties[name].node:
        with pytest.raises(TypeError, match=attribute_names(place.schema)[name]):
            build_model(place.schema, wire, place.cls)


@pytest.mark.parametrize(("place", "name"), DEFAULTS)
def test_default(place: Place, name: str) -> None:
    """A property left out of the constructor has its default, and is sent."""
    schema, names, hints = place.schema, attribute_names(place.schema), annotations(place.cls)
    wire = Sampler(optional="none").make(schema)
    others = [each for each in wire if each != name]
    given = {names[each]: build(schema.properties[each], wire[each], hints[names[each]]) for each in others}
    sent = place.cls(**given).to_dict()
    property_ = schema.properties[name]
    default = property_.node["default"]
    wanted = float(default) if property_.kind == "number" else default
    agree_on_value(f"{place.label}, default", property_, sent.get(name), wanted)


@pytest.mark.parametrize("place", IN_JSON)
def test_attributes(place: Place) -> None:
    """The attributes are the properties in the order of the spec, those that must be given first."""
    schema, names = place.schema, attribute_names(place.schema)
    given = [name for name in schema.properties if name in schema.required]
    ordered = given + [name for name in schema.properties if name not in given]
    ordered.sort(key=lambda name: name not in given or "default" in schema.properties[name].node)
    expected = [names[name] for name in ordered] + (["additional_properties"] if schema.extra is not None else [])
    agree(f"{place.label}, attributes", [each.name for each in attrs.fields(place.cls)], expected)


@pytest.mark.parametrize("place", GROWING)
class TestUnknownProperties:
    """What the spec has no name for is kept, without harm to what it names."""

    def test_mapping(self, place: Place) -> None:
        """They can be set, read, looked for, listed and removed by their names."""
        assert place.schema.extra is not None
        instance = place.cls.from_dict(Sampler(optional="none").make(place.schema))
        first, second = (
            build_extra(place, Sampler().make(place.schema.extra, label)) for label in ("x-first", "x-second")
        )
        assert "x-first" not in instance
        instance["x-first"] = first
        instance["x-second"] = second
        assert (instance["x-first"], instance["x-second"]) == (first, second)
        assert "x-first" in instance
        assert instance.additional_keys == ["x-first", "x-second"]
        del instance["x-first"]
        assert "x-first" not in instance
        assert instance.additional_properties == {"x-second": second}
        with pytest.raises(KeyError):
            instance["x-first"]

    def test_own(self, place: Place) -> None:
        """Two models share none."""
        wire = Sampler(optional="none").make(place.schema)
        assert place.schema.extra is not None
        for make in (place.cls.from_dict, lambda each: build_model(place.schema, each, place.cls)):
            one, other = make(wire), make(wire)
            one["x-new"] = build_extra(place, Sampler().make(place.schema.extra))
            assert "x-new" not in other
            assert "x-new" not in wire

    def test_never_override(self, place: Place) -> None:
        """One that has the name of a property does not hide it."""
        wire = Sampler().make(place.schema)
        instance = place.cls.from_dict(wire)
        for name in place.schema.properties:
            instance[name] = next(iter(instance.additional_properties.values()), "hidden")
        agree_on_value(f"{place.label}, to_dict", place.schema, instance.to_dict(), wire)


def build_extra(place: Place, wire: Any) -> Any:
    """Return the Python value of an unknown property."""
    assert place.schema.extra is not None
    return build(place.schema.extra, wire, annotations(place.cls)["additional_properties"])


@pytest.mark.parametrize("place", ENUMS)
def test_enum(place: Place) -> None:
    """An enum has the values of the spec, is as good as the plain value, and takes no other."""
    values = place.schema.node["enum"]
    agree(f"{place.label}, members", sorted(member.value for member in place.cls), sorted(values))
    for value in values:
        assert place.cls(value) == value
        assert str(place.cls(value)) == str(value)
    with pytest.raises(ValueError, match="not a valid"):
        place.cls("no such value")
