"""Small errors, one at a time, to see whether there is one that the tests do not find.

`python -m mutants` changes the spec without regenerating (`spec`), the generated code (`generated`), the mapping of
assets by hand (`asset`), the mock (`mock`), the pure rules (`policy`), the httpx clients (`http`) or the calls
(`real_person`), runs the tests on each in a copy of the tree, those first that run the changed line, and prints what
was killed, by which test, and what survived. Left out are the byte comparison of `generate.sh --check`, the comparison
with the vendor's own words, and tests that take long (`heavy`). `equivalent.yaml` says which survivors no caller could
notice, and why.

There are thousands, so choices are made. Of cosmic-ray's operators those in `cosmic.py` are used, one or two to a
place. Where decisions count (`policy`, `http`, `real_person`), wording and calls that cannot be are left out. A run of
all kinds tries every n-th mutant of each, the same ones each time (`SHARES` in `kinds.py`), so that it ends in a
quarter of an hour; `--all`, `--kind`, `--only` and `--shard` choose otherwise.
"""
