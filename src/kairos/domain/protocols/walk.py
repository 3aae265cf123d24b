"""The way through a session as a protocol draws it: which step, in which phase, to where, on what conditions.

The words of phases and acts are those of ``domain/sessions``; what a protocol may draw at all is the grammar
there. A protocol takes from it what its route needs, and says for each step what must hold and who may do it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kairos.vocab.people import Role


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a session: in which phases, where it leads (nowhere else where empty), what it needs.

    ``needs`` are words of the gates, such as ``verified_order``; ``by`` are the roles that may do it.
    """

    act: str
    phases: frozenset[str]
    to: str = ""
    needs: tuple[str, ...] = ()
    by: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Walk:
    """All steps of one protocol."""

    steps: tuple[Step, ...]

    def step(self, phase: str, act: str) -> Step | None:
        """Return the step that an act is in a phase, or None where the protocol has none."""
        return next((each for each in self.steps if each.act == act and phase in each.phases), None)

    def moves(self) -> Iterable[tuple[str, Step, str]]:
        """Yield every phase with every step possible in it and the phase after it."""
        for step in self.steps:
            for phase in sorted(step.phases):
                yield phase, step, step.to or phase
