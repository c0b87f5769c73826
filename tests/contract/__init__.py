"""The contract: what openapi.yaml says is what the generated package does.

Nothing here names an operation, a field, a model or a path: the tests read them in openapi.yaml, so that a spec that
has grown is tested without an edit. (`documented.yaml`, the vendor's own words, is the one exception, and is data.)
"""
