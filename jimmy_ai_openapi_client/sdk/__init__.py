"""Written by hand: everything else in the package is generated from `openapi.yaml`."""
