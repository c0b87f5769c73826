"""Mutants that no caller can notice, by pattern, each with the reason. They are not run, unless asked for."""

import re
from typing import NamedTuple

from .mutant import Mutant


class Equivalent(NamedTuple):
    """What mutants are meant, by regular expressions that must fit as a whole, and why they are no lies."""

    kind: str
    operator: str
    place: str
    change: str
    reason: str


GENERATED = "generated|asset|mock"
EQUIVALENT: tuple[Equivalent, ...] = (
    Equivalent(
        "spec", "description", r"info|servers\.\d+|.*\.examples\..*", ".*", "a text that the package has nowhere"
    ),
    Equivalent("spec", "description", r".*\.responses\.\w+|.*\.requestBody", ".*", "the generator puts it nowhere"),
    Equivalent("spec", "deprecated", ".*", ".*", "the generator puts it nowhere: calls and values are the same"),
    Equivalent(
        "spec", "operationId", ".*", r"operationId: '(.)(.*)' -> '(?i:\1)\2'", "names the same module and functions"
    ),
    Equivalent(
        "spec",
        "tag",
        ".*",
        r"tags: .* -> \['[Dd]efault'.*\]",
        "names the same folder: the first tag counts, in any case",
    ),
    Equivalent(
        GENERATED, ".*", ".*", r"(if )?TYPE_CHECKING.*", "only type checkers go there, and they are asked apart"
    ),
    Equivalent(GENERATED, ".*", ".*", r"from \.\.models\..* -> pass", "an import for type checkers alone"),
    Equivalent(
        "generated", "another class", ".*/models/.*", ".*", "an import for type checkers alone; else it is killed"
    ),
    Equivalent(GENERATED, "text", ".*", r"'T' -> .*", "the name of a type variable, which only type checkers read"),
    Equivalent(
        GENERATED,
        "dropped statement",
        ".*",
        "from __future__ import annotations -> pass",
        "the same annotations, not as text",
    ),
    Equivalent(GENERATED, ".*", ".*", r"field_dict\.update\(\{\}\).*", "adds nothing, as there is nothing to add"),
    Equivalent(
        GENERATED, "dropped statement", ".*", r"\w+: [^=]+ -> pass", "declares a variable, for type checkers alone"
    ),
    Equivalent(
        "generated",
        "docstring",
        ".*/(client|errors|types).py.*",
        r".* -> (?!pass).*",
        "the generator's own prose, of which the spec says nothing; that there is some, of each setting, is tested",
    ),
    Equivalent(
        "generated|asset",
        "text|argument dropped",
        ".*/(client|asset).py.*",
        r"'(\w+)' -> ''",
        "attrs names it so by itself",
    ),
    Equivalent(
        "generated",
        "argument dropped",
        ".*/client.py.*",
        r"(field\(.*?)(, )?alias='\w+'\) -> \1\)",
        "attrs names it so",
    ),
    Equivalent(
        "generated",
        "argument dropped",
        ".*/client.py.*",
        r".*exit__\(\*args, \*\*kwargs\).*\*args\)",
        "`with` passes nothing by name",
    ),
    Equivalent(
        "asset", "argument dropped", ".*", r"field\(.*alias='extra'.* -> (?!.*alias).*", "attrs names it so by itself"
    ),
    Equivalent("asset", "text", ".*", r"'[\w ]*\ban asset .*' -> .+", "the wording of an error"),
    Equivalent("asset", "list handling", ".*", "others -> .*", "only which of several wrong fields is named first"),
    Equivalent(
        "asset",
        "condition|core/.*",
        ".*",
        r"(item\.keys\(\) <= _KNOWN|len\(item\) == .*|if item\.keys.*) -> (False|if not .*)",
        "they spare work: what is dropped there would find nothing",
    ),
    Equivalent(
        "asset", ".*", ".*", r"\(status\.value, status\.casefold\(\)\) -> .*casefold.*", "the same, found later"
    ),
    Equivalent(
        "asset",
        "list handling",
        ".*",
        r"(_NAMES|AssetStatus|shown\.items\(\)|item\.items\(\)|fields\(RealPersonAsset\)) -> list\(\{repr.*",
        "nothing is in there twice",
    ),
    Equivalent("asset", "list handling", ".*", r"AssetStatus -> .*\[::-1\]", "no spelling is that of two"),
    Equivalent("mock", "core/.*Mul_Div", ".*", r".*\*, place.*", "all calls name the one and place the others"),
    Equivalent(
        "mock",
        "list handling",
        ".*",
        r".* -> list\(\{repr.*",
        "nothing is in there twice, or the second time does nothing",
    ),
    Equivalent(
        "mock",
        "list handling",
        ".*",
        r"(spec\.get.*|self\._prefixes|self\.operations|found|node|node\.items\(\)) -> .*\[::-1\]",
        "a set, a sorted list or a mapping comes of it",
    ),
    Equivalent("mock", "list handling", ".*", r"(errors|wrongs) -> .*\[::-1\]", "only which of several is named first"),
    Equivalent("mock", "text", ".*", r"'([\w-]+)' -> '(?i:\1)'", "names of headers mean the same in any case"),
    Equivalent("mock", "text", ".*", "'http://mock' -> .*", "the spec that is judged names no servers"),
    Equivalent("mock", "text", ".*/(judge|asked).py.*", "'' -> 'x'", "no media type, and no key"),
    Equivalent(
        "mock", "argument dropped", ".*", r"parameters\.header\.get\('Authorization', ''\) -> .*", "no scheme either"
    ),
    Equivalent(
        "mock", "list handling", ".*", r"errors -> .*\[:1\]", "the body comes last, and its spelling alone is let pass"
    ),
    Equivalent("mock", "another return", ".*", "return False -> return None", "neither is true"),
    Equivalent(
        "mock",
        "text|entry dropped",
        ".*",
        r"('type'|'format'|\['type', 'format'\]) -> .*",
        "without one, the other says nothing",
    ),
    Equivalent("mock", "core/.*NotEq_Lt", ".*", r".*wrong\.validator.*", "no later name says anything of a text"),
    Equivalent("mock", "core/.*Eq_LtE", ".*", ".*apiKey.*", "the first of the kinds there are"),
    Equivalent("mock", "swapped arguments", ".*", r"hmac\..*", "the same, compared the other way round"),
    Equivalent(GENERATED, ".*", ".*", "return None -> pass", "the same, said by saying nothing"),
    Equivalent("generated", "core/.*IsNot_NotEq", ".*", ".*UNSET.*", "UNSET equals nothing but itself"),
    Equivalent("generated", "core/.*Eq_LtE", ".*/api/.*", ".*", "httpx gives no answer with a status below 200"),
    Equivalent(
        "generated",
        "text",
        ".*/api/.*",
        r"'([\w-]+)' -> '(?i:\1)'",
        "methods and names of headers mean the same in any case",
    ),
    Equivalent(
        "generated",
        "dropped statement",
        ".*/api/.*",
        r"(headers\['Content-Type'\] = 'application/json'|_kwargs\['headers'\] = headers) -> pass",
        "httpx says the same of a body given as `json`",
    ),
)


def reason_for(mutant: Mutant) -> str | None:
    """Return why nobody could notice, or None if somebody could."""
    told = (mutant.kind, mutant.operator, mutant.place, mutant.change)
    for each in EQUIVALENT:
        if all(re.fullmatch(pattern, text, re.DOTALL) for pattern, text in zip(each[:4], told, strict=True)):
            return each.reason
    return None
