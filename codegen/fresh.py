"""From the text of a spec to every generated file, judged on the way."""

from pathlib import Path
from tempfile import TemporaryDirectory

from codegen import generator, lint, spec
from codegen.refused import RefusedError


def fresh(source: bytes) -> generator.Files:
    """What the package must hold, made of this spec alone."""
    document = spec.load(source)
    if problems := spec.problems(document):
        raise RefusedError("openapi.yaml is not a valid OpenAPI document", problems)
    if findings := lint.findings(document):
        raise RefusedError("openapi.yaml says what the generator cannot do right", [str(each) for each in findings])
    with TemporaryDirectory(prefix="codegen-", ignore_cleanup_errors=True) as scratch:
        files = generator.generate(source, Path(scratch).resolve())
    generator.complete(document, files)
    return files
