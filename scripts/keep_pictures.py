"""Copy the pictures that the documents show from those that the journeys took. This is ``make pictures``.

The tests take them of made-up people only. Pictures are copied when they are asked for, not by every
run of the tests, so that a run leaves the checkout as it was.
"""

import shutil
import sys

from scripts.repository import ROOT, shown

TAKEN = ROOT / "var" / "pictures"
KEPT = ROOT / "docs" / "pictures"
PICTURES = {"board.png": "board-desk-light.png"}


def main() -> int:
    """Copy what is there, and name what no journey took."""
    missing = [name for name in PICTURES.values() if not (TAKEN / name).exists()]
    for name in missing:
        sys.stderr.write(f"{shown(TAKEN / name)} was not taken; run: make test-journeys\n")
    KEPT.mkdir(parents=True, exist_ok=True)
    for kept, taken in PICTURES.items():
        if taken not in missing:
            shutil.copyfile(TAKEN / taken, KEPT / kept)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
