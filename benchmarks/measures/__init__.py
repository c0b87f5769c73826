"""What is measured, a few measures to a module; `MEASURES` in the order of the table."""

from . import calls, generating, memory, starts, waits
from .effort import Measure

MEASURES: dict[str, Measure] = {
    **calls.MEASURES,
    **starts.MEASURES,
    **memory.MEASURES,
    **waits.MEASURES,
    **generating.MEASURES,
}
