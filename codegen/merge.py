"""generate.sh --merge: what documentation pages describe becomes part of openapi.yaml, all of it or nothing."""

from argparse import Namespace

from codegen import lint, page, spec, walk
from codegen.additions import Additions, additions
from codegen.insert import inserted
from codegen.refused import RefusedError
from codegen.tools import ROOT, locked

SPEC = ROOT / "openapi.yaml"


def run(options: Namespace) -> int:
    pages = [page.read(name) for name in options.merge]
    with locked(ROOT):
        data = SPEC.read_bytes()
        text, said = merged(data.decode("utf-8"), pages, options.operation_id)
        if text.encode() != data:
            _write(text.encode())
    print("\n".join(said))
    return 0


def merged(text: str, pages: list[page.Page], operation_id: str | None = None) -> tuple[str, list[str]]:
    """The text of openapi.yaml with what the pages add, and what there is to say about it."""
    before, said = text, list[str]()
    for one in pages:
        ours = spec.load(text.encode())
        _named(one, operation_id, ours)
        found = additions(ours, one)
        text = _inserted(text, found)
        said += [one.name, *(f"  {line}" for line in found.said)]
    if text == before:
        return text, [*said, "nothing to add: openapi.yaml is as it was"]
    document = spec.load(text.encode())
    if troubles := spec.problems(document) or [str(finding) for finding in lint.findings(document)]:
        raise RefusedError("with these pages openapi.yaml would not be what the generator can do right", troubles)
    return text, [*said, "openapi.yaml was written; ./generate.sh does the rest"]


def _named(one: page.Page, name: str | None, ours: walk.Node) -> None:
    """Give a nameless operation its name: the one that openapi.yaml has for it, or the one asked for.

    It is not made up from the path, because callers import it, and then it can never change.
    """
    known = {(each.path, each.method): each.node.get("operationId") for each in walk.operations(ours)}
    nameless = [each for each in walk.operations(one.document) if not each.node.get("operationId")]
    for each in nameless:
        own = known.get((each.path, each.method))
        if not own and (not name or len(nameless) > 1):
            raise RefusedError(
                f"{one.name}: {each.method.upper()} {each.path} has no operationId",
                ["callers will import it by that name, so choose it: --operation-id someGoodName, one page at a time"],
            )
        for document in (one.document, one.written):
            operation = document["paths"][each.path][each.method]
            operation["operationId"] = own or name
            if hasattr(operation, "move_to_end"):
                operation.move_to_end("operationId", last=False)


def _inserted(text: str, found: Additions) -> str:
    """What is read back must be what was there and what was added, nothing else."""
    for place, key, value in found.entries:
        text = inserted(text, place, key, value)
    if spec.load(text.encode()) != found.expected:
        places = [".".join([*place, key]) for place, key, _ in found.entries]
        raise RefusedError("this cannot be added without touching what is there; add it by hand", places)
    return text


def _write(data: bytes) -> None:
    part = SPEC.with_name(".openapi.yaml.part")
    try:
        part.write_bytes(data)
        part.chmod(SPEC.stat().st_mode)
        part.replace(SPEC)
    finally:
        part.unlink(missing_ok=True)
