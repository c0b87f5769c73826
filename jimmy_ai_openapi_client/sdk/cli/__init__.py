"""The command `jimmy-ai`: query assets, wait for them, and serve the mock, from a terminal or a script.

`app` declares the commands and imports nothing slow; what a command does is imported when it runs. It needs
`pip install 'jimmy-ai-openapi-client[cli]'`.
"""

import sys
from importlib.util import find_spec


def main() -> None:
    """Run the command line. Ends the process with one of the codes in `exits`."""
    # Every install brings the command, and another extra may bring a part of what it needs.
    if missing := [name for name in ("click", "rich") if not find_spec(name)]:
        needs = f"jimmy-ai needs {' and '.join(missing)}"
        print(f"{needs}: pip install 'jimmy-ai-openapi-client[cli]'", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    from .app import app

    app(prog_name="jimmy-ai")
