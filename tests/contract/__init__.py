"""The contract: what openapi.yaml says is what the generated package, the mock and the hand-written layer do.

Nothing here names an operation, a field, a model or a path: the tests read them in openapi.yaml, so that a spec that
has grown is tested without an edit. (`documented.yaml`, the vendor's own words, and `richer.yaml`, on which the suite
itself is tested with `lies.yaml`, are the exceptions, and are data.)

Where to find what is promised:

    inventory, signatures, types      test_inventory, test_annotations
    any value, there and back         test_models
    the words of the spec             test_docstrings, test_examples, test_documented_part
    on the wire                       test_request_on_the_wire
    answers                           test_answers
    what is in every package          test_client, test_shared_types
    the hand-written layer            test_hand_written
    the mock, by judges of others     test_mock (openapi-core, schemathesis), test_mock_served (Prism, on Node)
    the suite itself                  test_grown_package; `make shapes`; `python -m mutants`

The helpers, from the bottom up: `document`, `schema`, `spec` read the spec; `naming` says what Python calls things;
`generated` finds them in the package; `difference` names what differs, and where; `samples`, `cases`, `asked` make
values, calls and requests; `values`, `expected`, `wire` build, read and compare them; `left_out` keeps what no test
asks about, which the last lines of a run name.
"""
