"""How values are written down, to be compared and sent."""

import json
from typing import Any


def text(value: Any) -> str:
    """Write a scalar as it looks in a path, a query, a header or a form."""
    return json.dumps(value) if isinstance(value, bool) else str(value)


def exact(value: Any) -> str:
    """Write a value so that two are equal only if their types are: 1, 1.0 and true are three things."""
    return json.dumps(value, sort_keys=True, indent=1)
