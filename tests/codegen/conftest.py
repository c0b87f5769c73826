"""A copy of the repository to work on."""

from tests.pipeline.conftest import house

__all__ = ["house"]
