"""What the doses before did: how much, how detached, how high the pressure, the score at the next measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.domain.outcomes.schedule import MEASURED
from kairos.queries.reading import reading
from kairos.store.repositories import questionnaires
from kairos.store.repositories.prior_doses import GivenDose, doses_given
from kairos.store.repositories.questionnaires import Score
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class Effect:
    """The main scale at the last measure before a dose and at the first after it, before the next dose."""

    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        """After less before; below nought is better."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class TitrationRow:
    """One dose that was given, and what followed."""

    given: GivenDose
    effect: Effect


@reading(Permission.SEE_CHART)
def titration(*, person_id: UUID, by: Actor) -> tuple[TitrationRow, ...]:
    """Return every dose of a person in order of time. Call ``record_access`` first."""
    given = doses_given(by.scope, person_id)
    scores = [
        each for each in questionnaires.scores_of(by.scope, person_id) if each.instrument == MEASURED[0]
    ]
    ends: list[datetime | None] = [*(each.dose.started_at for each in given[1:]), None]
    return tuple(
        TitrationRow(each, _effect(scores, each.dose.started_at, until))
        for each, until in zip(given, ends, strict=False)
    )


def _effect(scores: Sequence[Score], began: datetime, until: datetime | None) -> Effect:
    known = sorted(
        ((each.answered_at, int(each.value)) for each in scores if each.value is not None),
        key=lambda pair: pair[0],
    )
    before = [value for at, value in known if at <= began]
    after = [value for at, value in known if at > began and (until is None or at <= until)]
    return Effect(before[-1] if before else None, after[0] if after else None)
