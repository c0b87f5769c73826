# Generated from openapi.yaml by generate.sh. Do not edit.
"""How many items a list may hold, by `Class.attribute` of its model, where openapi.yaml says so."""

MAX_ITEMS: dict[str, int] = {}
