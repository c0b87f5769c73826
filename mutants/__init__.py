"""Lies, one at a time, to see whether there is one that the contract suite believes.

`python -m mutants` changes the spec without regenerating (`spec`), the generated code (`generated`), the mapping of
assets by hand (`asset`) or the mock (`mock`), runs the contract suite on each in a copy of the tree, and prints what
was killed, by which test, and what survived. Left out are the byte comparison of `generate.sh --check`, the comparison
with the vendor's own words, and tests that take long (`heavy`). `equivalent.yaml` says which survivors no caller could
notice, and why.
"""
