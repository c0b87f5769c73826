"""`python -m jimmy_ai_openapi_client.sdk.cli`."""

from . import main

main()
