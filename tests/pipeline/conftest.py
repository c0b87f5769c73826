"""A copy of the repository to work on."""

from pathlib import Path

import pytest

from .places import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "a house")
