"""The safety pathway: it acts on an answer when the answer is given, not when the form ends.

Nothing here writes or sends: it says what must start. The action that saves the answer records the
finding, opens the tasks and shows the crisis card in one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kairos.domain.instruments.questionnaire import Instrument, Item, Tier
from kairos.domain.instruments.safety_plan import SafetyLevel, SafetyStep, SafetyTask
from kairos.vocab.facts import FactId
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Verdict


@dataclass(frozen=True, slots=True)
class SafetyResponse:
    """What an answer starts: the finding, the team's tasks, the card for the person who answered."""

    finding: Finding
    tasks: tuple[SafetyTask, ...]
    crisis_card: str

    @property
    def level(self) -> SafetyLevel:
        """The heaviest level among the tasks."""
        return max((task.level for task in self.tasks), key=lambda level: level.weight)


def safety_of_answer(
    instrument: Instrument, item_id: str, value: int, *, fact: FactId = ""
) -> SafetyResponse | None:
    """Return what one answer starts, or None where it starts nothing.

    Parameters
    ----------
    instrument : Instrument
    item_id : str          the question that was answered
    value : int            the answer
    fact : FactId          id of the stored answer, for the finding

    Returns
    -------
    SafetyResponse | None  the tasks of every step the answer reaches, the heaviest step's finding

    Raises
    ------
    Missing                no such item
    """
    item = instrument.item(item_id)
    reached = [step for step in item.safety if value >= step.at_least]
    return _respond(reached, str(_answer_text(item, value)), fact)


def safety_of_tier(tier: Tier, *, fact: FactId = "") -> SafetyResponse | None:
    """Return what reaching a tier of a screener starts, or None for a tier that starts nothing."""
    return _respond(list(tier.safety), tier.name, fact)


def _respond(reached: Sequence[SafetyStep], answer: str, fact: FactId) -> SafetyResponse | None:
    if not reached:
        return None
    heaviest = reached[-1]
    return SafetyResponse(
        finding=Finding(
            rule=heaviest.rule,
            ref=heaviest.ref,
            verdict=Verdict.NOT_MET,
            severity=heaviest.severity,
            message=heaviest.message,
            values={"answer": answer},
            facts=(fact,) if fact else (),
            sources=heaviest.sources,
        ),
        tasks=tuple(task for step in reached for task in step.tasks),
        crisis_card=heaviest.crisis_card,
    )


def _answer_text(item: Item, value: int) -> str:
    return next((option.text for option in item.options if option.value == value), str(value))
