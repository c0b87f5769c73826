"""The suite's samples are values of their schema, differ from each other, and are as many as they are said to be."""

from pathlib import Path

import pytest

from .difference import exact
from .document import load
from .samples import Sampler, styles
from .spec import components

COMPONENTS = components(load(Path(__file__).with_name("richer.yaml")))
BOOK = COMPONENTS["Book"]


@pytest.mark.parametrize("name", COMPONENTS)
def test_samples_fit(name: str) -> None:
    """A sample of any style is a value of its schema, in the eyes of a validator that knows nothing of the suite."""
    wrong = [style for style, sampler in styles().items() if not COMPONENTS[name].takes(sampler.make(COMPONENTS[name]))]
    assert not wrong


def test_samples_differ() -> None:
    """Each value of a sample is another one, so that two that were swapped show; none is a default."""
    sample = Sampler().make(BOOK)
    assert sample.keys() == BOOK.properties.keys()
    values = [exact(value) for value in sample.values() if not isinstance(value, bool)]
    assert len(set(values)) == len(values)
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
