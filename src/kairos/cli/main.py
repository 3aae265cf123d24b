"""The ``kairos`` command."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from kairos.cli.commands import COMMANDS, is_present
from kairos.cli.problems import BAD_INPUT, OUR_FAULT, report

_INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 found wrong, 2 bad input, 3 our fault."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        return _run(given)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        return OUR_FAULT
    except Exception as error:
        return report(error)


def _run(given: list[str]) -> int:
    if not given or given[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0
    name = given[0]
    if not is_present(name):
        print(f"kairos: {name!r} is not a command; 'kairos --help' lists them", file=sys.stderr)
        return BAD_INPUT
    module = importlib.import_module(COMMANDS[name][0])
    parser = argparse.ArgumentParser(prog=f"kairos {name}", description=COMMANDS[name][1])
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(given[1:])))


def _overview() -> str:
    width = max(len(name) for name in COMMANDS)
    lines = [f"  {name.ljust(width)}  {about}" for name, (_, about) in COMMANDS.items() if is_present(name)]
    return "\n".join(["usage: kairos COMMAND [options]", "", *lines, "", "kairos COMMAND --help says more."])


if __name__ == "__main__":
    sys.exit(main())
