"""Lies, one at a time, to see whether there is one that the contract suite believes.

`python -m mutants` changes the spec without regenerating (`spec`), the generated code (`generated`), the mapping of
assets by hand (`asset`) or the mock (`mock`), runs the contract suite on each in a copy of the tree, without the byte
comparison of `generate.sh --check`, and prints what was killed, by which test, and what survived. `equivalent.yaml`
says which survivors no caller could notice, and why.
"""
