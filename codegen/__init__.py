"""How openapi.yaml becomes the generated part of the package. Run ../generate.sh; nothing here is installed."""
