"""Any value of any schema goes through its model and comes back as it was, unknown properties included."""

from typing import Any

import pytest
from hypothesis import Phase, given, settings

from .cases import Case, any_answer, any_case, arguments
from .difference import agree_on_value
from .expected import check
from .generated import IN_JSON, Place, variants
from .judge import judge
from .samples import QUICK, values
from .spec import OPERATIONS, Operation, is_json
from .values import read_model
from .wire import exchange

# The place of the difference is named; a smaller value is not worth minutes.
WITHOUT_SHRINKING = settings(QUICK, phases=[Phase.generate])
BODIES = [
    (operation, media)
    for operation in OPERATIONS
    for media, schema in operation.body.items()
    if is_json(media) and not schema.holds("binary")
]


@pytest.mark.parametrize("place", IN_JSON)
def test_model(place: Place) -> None:
    """`from_dict` reads what stands there, `to_dict` writes it again, for every value that there is."""

    @WITHOUT_SHRINKING
    @given(wire=values(place.schema))
    def there_and_back(wire: Any) -> None:
        instance = place.cls.from_dict(wire)
        agree_on_value(f"{place.label}, from_dict", place.schema, read_model(place.schema, instance, place.cls), wire)
        agree_on_value(f"{place.label}, to_dict", place.schema, instance.to_dict(), wire)

    there_and_back()


@pytest.mark.parametrize(("operation", "media"), BODIES)
def test_request(operation: Operation, media: str) -> None:
    """Any body arrives as it was given, in the eyes of openapi-core too, whichever function sends it."""
    schema, names = operation.body[media], variants(operation)

    @WITHOUT_SHRINKING
    @given(wire=values(schema))
    def sent(wire: Any) -> None:
        case = Case("any", any_case(operation).parameters, media, wire)
        for variant in names:
            _, request = exchange(operation, variant, arguments(operation, case), lambda _: any_answer(operation))
            check(request, operation, case)
            judge(request)

    sent()
