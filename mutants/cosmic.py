"""Mutants by cosmic-ray's operators, which nobody here wrote."""

import ast
from collections.abc import Iterator

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

# For each operator the replacements that a test must tell apart: the opposite, and what differs at the boundary. All
# of the others that cosmic-ray knows are killed by the same tests, and take hours.
COMPARISONS = {
    "Eq": ("NotEq",),
    "NotEq": ("Eq",),
    "Is": ("IsNot",),
    "IsNot": ("Is",),
    "Lt": ("LtE", "GtE"),
    "LtE": ("Lt", "Gt"),
    "Gt": ("GtE", "LtE"),
    "GtE": ("Gt", "Lt"),
}
ARITHMETIC = {"Add": "Sub", "Sub": "Add", "Mul": "Div", "Div": "Mul", "FloorDiv": "Mul", "Mod": "Add", "Pow": "Mul"}
CHOSEN = {
    *(f"core/ReplaceComparisonOperator_{one}_{other}" for one, others in COMPARISONS.items() for other in others),
    *(f"core/ReplaceBinaryOperator_{one}_{other}" for one, other in ARITHMETIC.items()),
    *(f"core/{name}" for name in ("AddNot", "NumberReplacer", "ReplaceAndWithOr", "ReplaceOrWithAnd")),
    *(f"core/{name}" for name in ("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ZeroIterationForLoop")),
    *(f"core/ReplaceUnaryOperator_{name}" for name in ("Delete_Not", "USub_UAdd", "Delete_USub")),
    *(f"core/{name}" for name in ("ReplaceBreakWithContinue", "ReplaceContinueWithBreak")),
}
OPERATORS = [name for name in sorted(operator_names()) if name in CHOSEN]


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
