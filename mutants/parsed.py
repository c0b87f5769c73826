"""Parse no text twice, in whichever process: reading the same spec again would be a third of the work for a mutant."""

import copy
from typing import Any

from ruamel.yaml import YAML


def remember(text: str) -> None:
    """Let it be known from now on, in this process and those forked from it."""
    load, known = YAML.load, {text: YAML(typ="safe", pure=True).load(text)}

    def remembered(yaml: YAML, stream: Any) -> Any:
        return copy.deepcopy(known[stream]) if isinstance(stream, str) and stream in known else load(yaml, stream)

    YAML.load = remembered  # type: ignore[method-assign, assignment]
