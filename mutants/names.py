"""Names that the package has, read without importing it: each mutant imports its own."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "jimmy_ai_openapi_client"


def exported(folder: str) -> list[str]:
    """Return what a folder of the package exports."""
    tree = ast.parse((PACKAGE / folder / "__init__.py").read_text(encoding="utf-8"))
    lists = (node.value for node in tree.body if isinstance(node, ast.Assign))
    return [name for each in lists for name in ast.literal_eval(each)]


def members(file: str, name: str) -> list[str]:
    """Return the members of an enum."""
    tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
    enums = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name]
    return [ast.unparse(each.targets[0]) for enum in enums for each in enum.body if isinstance(each, ast.Assign)]
