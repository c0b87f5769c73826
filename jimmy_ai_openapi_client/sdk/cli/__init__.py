"""The command `jimmy-ai`: query assets, wait for them, and serve the mock, from a terminal or a script.

`app` declares the commands and imports nothing slow; what a command does is imported when it runs. It needs
`pip install 'jimmy-ai-openapi-client[cli]'`.
"""

import sys


def main() -> None:
    """Run the command line. Ends the process with one of the codes in `exits`."""
    try:
        from .app import app
    except ModuleNotFoundError as missing:  # pragma: no cover  (tested in a process of its own)
        if (missing.name or "").startswith("jimmy_ai_openapi_client"):
            raise
        print(f"jimmy-ai needs {missing.name}: pip install 'jimmy-ai-openapi-client[cli]'", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    app(prog_name="jimmy-ai")
