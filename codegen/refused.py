"""The one way in which a run says no."""


class RefusedError(Exception):
    """What stopped the run, said to a person: one headline and, below it, the details."""

    def __init__(self, headline: str, details: list[str] | None = None) -> None:
        super().__init__("\n".join([headline, *(f"  {line}" for line in details or [])]))
