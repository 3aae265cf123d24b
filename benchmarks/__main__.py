"""Run the benchmarks: ``python -m benchmarks [P9 P16 ...]``; all that exist when none is named.

Answers 0 also where a goal is missed; the line says so. Nothing here is a test.
"""

import importlib
import pkgutil
import sys

import benchmarks
from benchmarks.measure import reference_loop_us
from benchmarks.result import Result


def available() -> dict[str, str]:
    """Return the modules by goal, as ``P9`` -> ``benchmarks.p9_screening``."""
    names = [
        m.name
        for m in pkgutil.iter_modules(benchmarks.__path__)
        if m.name[0] == "p" and m.name[1:2].isdigit()
    ]
    return {name.split("_")[0].upper(): f"benchmarks.{name}" for name in names}


def main(wanted: list[str]) -> int:
    """Run what was asked and print two lines each."""
    modules = available()
    unknown = sorted(set(wanted) - set(modules))
    if unknown:
        sys.stderr.write(
            f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(sorted(modules))}\n"
        )
        return 2
    report(Result("REF", "reference loop, plain Python", reference_loop_us(), "us CPU", None, 5))
    for goal in sorted(wanted or modules, key=lambda name: int(name[1:])):
        for result in importlib.import_module(modules[goal]).run():
            report(result)
    return 0


def report(result: Result) -> None:
    """Print both lines of a result."""
    print(result.json_line(), flush=True)
    print(result.human_line(), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
