"""From the text of a spec to every generated file, judged on the way."""

from pathlib import Path
from tempfile import TemporaryDirectory

from codegen import generator, lint, spec
from codegen.refused import RefusedError
from codegen.walk import Node


def judged(source: bytes) -> Node:
    """The spec, if it is a valid one that the generator can do right."""
    document = spec.load(source)
    if problems := spec.problems(document):
        raise RefusedError("openapi.yaml is not a valid OpenAPI document", problems)
    if findings := lint.findings(document):
        raise RefusedError("openapi.yaml says what the generator cannot do right", [str(each) for each in findings])
    return document


def fresh(source: bytes) -> generator.Files:
    """What the package must hold, made of this spec alone."""
    document = judged(source)
    with TemporaryDirectory(prefix="codegen-", ignore_cleanup_errors=True) as scratch:
        files = generator.generate(source, Path(scratch).resolve())
    generator.complete(document, files)
    return {**files, "limits.py": generator.limits(document)}
