"""Measure, print the tables, keep them as JSON and as a plot."""

import os
import platform
from importlib.metadata import version

from .cores import pin
from .figures import Figure
from .job.table import shown
from .measures import MEASURES
from .options import JOB, options
from .plot import draw
from .profiling import profile
from .report import heading, lines, write
from .server import served


def about(cores: str) -> dict[str, str]:
    """What the figures depend on, without the name of the machine."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "cores": cores,
        "load": f"{os.getloadavg()[0]:.1f} at the start",
        **{name: version(name) for name in ("httpx", "httpcore", "attrs")},
    }


def main() -> None:
    given = options()
    only = given.only or [JOB, *MEASURES]
    with served() as url:
        facts = about(pin(0))
        if given.profile:
            profile(given.profile, given.candidate, url, given.calls)
            return
        print(", ".join(f"{name} {value}" for name, value in facts.items()))
        job = shown(given.effort) if JOB in only else []
        print(heading())
        figures: list[Figure] = []
        for name in only:
            found = MEASURES[name](url, given.effort) if name != JOB else []
            figures += found
            print("\n".join(lines(found)), flush=True)
    write(job, figures, facts, given.out / "results.json")
    draw(figures, facts, given.out / "plot.png")
    print(f"kept in {given.out}/results.json and plot.png")


if __name__ == "__main__":
    main()
