"""Every case, by name."""

from . import cases_bodies, cases_codes, cases_echo, cases_retry, cases_shapes, cases_status, cases_wire

CASES = [
    *cases_codes.CASES,
    *cases_shapes.CASES,
    *cases_status.CASES,
    *cases_bodies.CASES,
    *cases_wire.CASES,
    *cases_retry.CASES,
    *cases_echo.CASES,
]
