"""Small pieces of text."""


def minutes(seconds: float) -> str:
    """1:05, or 1:00:05."""
    whole = int(seconds)
    hours = f"{whole // 3600}:" if whole >= 3600 else ""
    return f"{hours}{whole // 60 % 60:0{2 if hours else 1}}:{whole % 60:02}"
