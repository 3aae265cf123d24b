"""Print the state diagrams from the transition tables as ``docs/reference/session-states.md``."""

import sys
from collections.abc import Mapping

from kairos.domain.protocols.orders import ORDER_TRANSITIONS
from kairos.domain.sessions.phases import FINAL, TRANSITIONS, Phase
from scripts.repository import ROOT

PAGE = ROOT / "docs" / "reference" / "session-states.md"
HEAD = """# States of a dosing session and of a dose order

Printed from the transition tables in `src/kairos/domain` by `make docs`. What is not drawn is refused,
with a sentence that names the states in which it is possible.
"""


def page() -> str:
    """Return both diagrams, and the acts that are possible in a phase without leaving it."""
    session = _diagram({key: to for key, to in TRANSITIONS.items() if to is not None}, start=Phase.UNOPENED)
    orders = _diagram({key: to for key, to in ORDER_TRANSITIONS.items() if to is not None}, start="placed")
    final = ", ".join(_words(p) for p in Phase if p in FINAL)
    parts = [
        HEAD,
        "## The dosing session\n",
        session,
        f"Final: {final}.\n",
        _possible(),
        "## The dose order\n",
        orders,
    ]
    return "\n".join(parts)


def _diagram(table: Mapping[tuple[str, str], str], *, start: str) -> str:
    arrows: dict[tuple[str, str], list[str]] = {}
    for (state, act), to in table.items():
        if state != to:
            arrows.setdefault((state, to), []).append(_words(act))
    lines = [f"    {state} --> {to}: {', '.join(acts)}" for (state, to), acts in arrows.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {start}", *lines, "```", ""])


def _possible() -> str:
    rows = [f"| {_words(p)} | {', '.join(_words(a) for a in _staying(p)) or 'nothing'} |" for p in Phase]
    return "\n".join(["| while | possible without leaving it |", "|---|---|", *rows, ""])


def _staying(phase: Phase) -> list[str]:
    return [act for (state, act), to in TRANSITIONS.items() if state == phase == to]


def _words(name: str) -> str:
    return name.replace("_", " ")


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
