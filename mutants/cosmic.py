"""Mutants by cosmic-ray's operators, which nobody here wrote."""

import ast
from collections.abc import Iterator

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

# `|` stands in annotations alone here, where anything else is a TypeError at import, as is an order of UNSET; the
# variable operators need names.
LEFT_OUT = (
    "core/ReplaceBinaryOperator_BitOr",
    "core/Variable",
    *(
        f"core/ReplaceComparisonOperator_{one}_{other}"
        for one in ("Is", "IsNot")
        for other in ("Lt", "LtE", "Gt", "GtE")
    ),
)
OPERATORS = [name for name in sorted(operator_names()) if not name.startswith(LEFT_OUT)]


def changes(source: str) -> Iterator[tuple[str, int, str, str]]:
    """Yield what each operator makes of a source: operator, line, change and the mutated source."""
    lines = source.splitlines()
    nodes = list(ast_nodes(get_ast(source)))
    for name in OPERATORS:
        operator = get_operator(name)()
        positions = [start for node in nodes for start, _ in operator.mutation_positions(node)]
        for occurrence, (line, _) in enumerate(positions):
            mutated = mutate_code(source, operator, occurrence)
            if mutated is None or not valid(mutated):
                continue
            after = mutated.splitlines()[line - 1].strip() if line <= len(mutated.splitlines()) else ""
            yield name, line, f"{lines[line - 1].strip()} -> {after}", mutated


def valid(source: str) -> bool:
    """Whether this is Python at all."""
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True
