"""The suite's samples are values of their schema, differ from each other, and are as many as they are said to be."""

from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator, oas31_format_checker

from .document import load
from .notation import exact
from .samples import Sampler, styles
from .spec import components

RICHER = load(Path(__file__).with_name("richer.yaml"))
COMPONENTS = components(RICHER)
BOOK = COMPONENTS["Book"]


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict | list):
        return [leaf for each in (value.values() if isinstance(value, dict) else value) for leaf in leaves(each)]
    return [value]


@pytest.mark.parametrize("name", COMPONENTS)
@pytest.mark.parametrize("style", styles())
def test_samples_fit(name: str, style: str) -> None:
    """A sample of any style is a value of its schema, in the eyes of a validator that knows nothing of the suite."""
    value = styles()[style].make(COMPONENTS[name])
    whole = {**RICHER, "$ref": f"#/components/schemas/{name}"}
    OAS31Validator(whole, format_checker=oas31_format_checker).validate(value)


def test_samples_differ() -> None:
    """Each leaf of a sample is another value, so that two that were swapped show; none is a default."""
    sample = Sampler().make(BOOK)
    assert sample.keys() == BOOK.properties.keys()
    texts = [leaf for leaf in leaves(sample) if type(leaf) not in {bool, type(None)}]
    alike = [leaf for leaf in texts if [exact(each) for each in texts].count(exact(leaf)) > 1]
    assert alike == []
    assert (sample["copies"], sample["language"]) != (1, "en")


def test_samples_of_each_style() -> None:
    """Lists of 0, 1, 3 and 130 with a repeat; falsy values; only what is required; text beyond ASCII."""
    made = {style: sampler.make(BOOK) for style, sampler in styles(BOOK).items()}
    assert made["required"].keys() == BOOK.required
    assert made["only-price"].keys() == BOOK.required | {"price"}
    grids = [made[style]["grid"] for style in ("all-empty", "all-one", "all-three", "all-many")]
    assert [len(grid) for grid in grids] == [0, 1, 3, 130]
    assert grids[2][-1] == grids[2][-2] != grids[2][0]
    falsy = made["falsy"]
    assert not any(falsy[name] for name in ("title", "author", "level", "price", "sold", "copies", "prices"))
    assert not made["all-one"]["title"].isascii()


def test_exactness() -> None:
    """Notation tells 1, 1.0 and true apart."""
    assert len({exact(1), exact(1.0), exact(True)}) == 3
