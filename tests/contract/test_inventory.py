"""The package holds what the spec names: nothing is missing, nothing is left over."""

import inspect
from pathlib import Path

import pytest

from jimmy_ai_openapi_client import limits, models

from .difference import agree
from .document import DOCUMENT, ROOT, load
from .generated import ENUMS, MODELS, PACKAGE, VARIANTS, module_name, module_of, variants
from .naming import attribute_names, snake
from .spec import OPERATIONS, Operation

HOME = Path(inspect.getfile(models)).parents[1]


def modules(folder: str) -> list[str]:
    """Return the modules below a folder of the package, dotted, but not the packages themselves."""
    found = (path.relative_to(HOME / folder).with_suffix("").parts for path in (HOME / folder).rglob("*.py"))
    return sorted(".".join(parts) for parts in found if parts[-1] != "__init__")


def test_operations() -> None:
    """There is one module for each operation, under its tag, and no other."""
    agree("paths (modules below api)", modules("api"), sorted(map(module_name, OPERATIONS)))


def test_models() -> None:
    """The models and enums are those of the spec, exported by name, each in a module of its own."""
    classes = {place.cls for place in (*MODELS, *ENUMS)}
    exported = getattr(models, "__all__", ())  # there is none where there are no models
    agree("components.schemas (exports)", sorted(exported), sorted(each.__name__ for each in classes))
    agree("components.schemas (classes)", {getattr(models, name) for name in exported}, classes)
    agree("components.schemas (modules)", modules("models"), sorted({snake(each.__name__) for each in classes}))


def test_limits() -> None:
    """The package says how many items a list of a component may hold, where the spec does."""
    wanted = {
        f"{place.cls.__name__}.{attribute_names(place.schema)[name]}": each.node["maxItems"]
        for place in MODELS
        for name, each in place.schema.properties.items()
        if place.schema.name and "maxItems" in each.node
    }
    agree("components.schemas (maxItems)", limits.MAX_ITEMS, wanted)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_functions(operation: Operation) -> None:
    """A module has the four functions, two if there is no typed answer."""
    defined = [name for name in VARIANTS if hasattr(module_of(operation), name)]
    agree(f"{operation.id}, {operation.place}, functions", defined, variants(operation))


def test_own_package() -> None:
    """The package is the one of this repository, if it is here, is typed, and has the spec it was generated from."""
    assert HOME == ROOT / PACKAGE or not (ROOT / PACKAGE).exists()
    assert load(HOME / "openapi.yaml") == DOCUMENT
    assert (HOME / "py.typed").is_file()
