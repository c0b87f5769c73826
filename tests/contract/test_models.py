"""Every model carries every property by the name that the spec gives it, both ways."""

from typing import Any

import pytest
from hypothesis import given

from .difference import agree, agree_on_value
from .generated import ENUMS, IN_JSON, MODELS, Place
from .left_out import leave_out
from .samples import QUICK, Sampler, distinct, unknown, values
from .values import agree_both_ways, build, build_model

leave_out(
    "from_dict and to_dict of what holds a file; it is sent, but never read",
    [place.label for place in MODELS if place not in IN_JSON],
)
GROWING = [place for place in IN_JSON if place.schema.extra]


@pytest.mark.parametrize("place", IN_JSON)
def test_samples(place: Place) -> None:
    """Each sample goes through the model, also one with properties that the spec does not name, and differs from all.

    A model equals the one read from what it wrote, and no model that differs.
    """
    samples = distinct(place.schema, alone=True)
    if place.schema.extra is not None:
        samples["unknown"] = Sampler().make(place.schema) | unknown(place.schema)
    seen: list[Any] = []
    for style, wire in samples.items():
        agree_both_ways(f"{place.label}, {style}", place.schema, wire)
        instance = build_model(place.schema, wire)
        assert place.cls.from_dict(instance.to_dict()) == instance
        assert instance not in seen, f"{place.label}, {style}: {instance} equals one of another style"
        seen.append(instance)


@pytest.mark.parametrize("place", IN_JSON)
def test_any_value(place: Place) -> None:
    """So does every value that there is."""

    @QUICK
    @given(wire=values(place.schema))
    def both_ways(wire: Any) -> None:
        agree_both_ways(place.label, place.schema, wire)

    both_ways()


@pytest.mark.parametrize("place", IN_JSON)
def test_missing_required(place: Place) -> None:
    """Without a required property there is no model."""
    wire = Sampler().make(place.schema)
    for name in sorted(place.schema.required):
        with pytest.raises(KeyError, match=name):
            place.cls.from_dict({key: value for key, value in wire.items() if key != name})


@pytest.mark.parametrize("place", GROWING)
def test_unknown_properties(place: Place) -> None:
    """They can be set, read, looked for, listed and removed by their names; two models share none."""
    wire = Sampler(optional="none").make(place.schema)
    extra: Any = place.schema.extra
    first, second = (build(extra, Sampler().make(extra, label)) for label in ("x-first", "x-second"))
    for make in (place.cls.from_dict, lambda each: build_model(place.schema, each)):
        instance, other = make(wire), make(wire)
        assert "x-first" not in instance
        instance["x-first"] = first
        instance["x-second"] = second
        assert (instance["x-first"], instance["x-second"]) == (first, second)
        assert "x-first" in instance
        assert instance.additional_keys == ["x-first", "x-second"]
        del instance["x-first"]
        assert instance.additional_properties == {"x-second": second}
        with pytest.raises(KeyError):
            instance["x-first"]
        assert "x-second" not in other
        assert "x-second" not in wire


@pytest.mark.parametrize("place", GROWING)
def test_unknown_properties_never_override(place: Place) -> None:
    """One that has the name of a property does not hide it."""
    wire = Sampler().make(place.schema)
    instance = place.cls.from_dict(wire)
    for name in place.schema.properties:
        instance[name] = next(iter(instance.additional_properties.values()), "hidden")
    agree_on_value(f"{place.label}, to_dict", place.schema, instance.to_dict(), wire)


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
