"""What is measured, a few measures to a module; `MEASURES` in the order of the table."""

from . import calls, generating, memory, starts, throughput, waits
from .effort import Measure

MEASURES: dict[str, Measure] = {
    **throughput.MEASURES,
    **waits.MEASURES,
    **memory.MEASURES,
    **starts.MEASURES,
    **calls.MEASURES,
    **generating.MEASURES,
}
