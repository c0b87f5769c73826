"""What is measured, a module each; `MEASURES` in the order of the table."""

from . import calls
from .effort import Measure

MEASURES: dict[str, Measure] = {**calls.MEASURES}
