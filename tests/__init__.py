"""The tests; some folders help each other."""
