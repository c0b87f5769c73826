"""Clients are not pickled or copied: the key would travel, and connections cannot."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI

from .service import KEY

COPIES: dict[str, Callable[[Any], object]] = {
    "pickle": pickle.dumps,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle 0": lambda value: pickle.dumps(value, 0),
}


@pytest.mark.parametrize("make", [JimmyAI, AsyncJimmyAI])
@pytest.mark.parametrize("way", COPIES)
def test_refused(make: type[JimmyAI | AsyncJimmyAI], way: str) -> None:
    """The error says what to do, and does not show the key."""
    with pytest.raises(TypeError, match="cannot be pickled or copied; use with_options") as caught:
        COPIES[way](make(api_key=KEY))
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("make", [JimmyAI, AsyncJimmyAI])
@pytest.mark.parametrize("way", COPIES)
def test_refused_for_clients_with_options(make: type[JimmyAI | AsyncJimmyAI], way: str) -> None:
    with pytest.raises(TypeError, match="use with_options"):
        COPIES[way](make(api_key=KEY).with_options(timeout=1))


@pytest.mark.parametrize("make", [JimmyAI, AsyncJimmyAI])
@pytest.mark.parametrize("part", ["raw", "real_person"])
@pytest.mark.parametrize("way", ["pickle", "deepcopy", "pickle 0"])
def test_nor_are_their_parts(make: type[JimmyAI | AsyncJimmyAI], part: str, way: str) -> None:
    with pytest.raises((TypeError, AttributeError, pickle.PicklingError)) as caught:
        COPIES[way](getattr(make(api_key=KEY), part))
    assert KEY not in str(caught.value)
