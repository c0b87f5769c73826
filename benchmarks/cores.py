"""Server and client each on a core of its own, where the system lets a process choose."""

import os


def pin(role: int) -> str:
    """Keep this process and its children on the core of `role`: 0 for clients, 1 for the server. Says what it did."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned: this system has no sched_setaffinity"
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        return "not pinned: one core"
    os.sched_setaffinity(0, {cores[0] if role == 0 else cores[-1]})
    return "clients on one core, server on another"
