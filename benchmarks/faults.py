"""How the bare generated client does with every fault: `python -m benchmarks.faults`."""

import runpy

if __name__ == "__main__":
    # By name, for the cases belong to the tests, which are no package that anything may depend on.
    runpy.run_module("tests.faults.compare", run_name="__main__")
