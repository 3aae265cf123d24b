"""What an insurer asks for: treatments tried, scores with their days, and the notes to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.queries.eligibility import EligibilityPage, eligibility
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, organisations, questionnaires, therapy
from kairos.store.repositories.questionnaires import Score
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class NoteThere:
    """A note that may be chosen: what kind, when it was signed and by whom, and its words by field."""

    id: UUID
    kind: str
    signed_at: datetime
    signed_by: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class InsurancePage:
    """Everything a pack is made of; ``page`` holds the ledger as the rules judge it."""

    page: EligibilityPage
    programme: str
    scores: tuple[Score, ...]
    notes: tuple[NoteThere, ...]
    zone: ZoneInfo


@reading(Permission.SEE_CHART)
def insurance_page(*, person_id: UUID, by: Actor, now: datetime) -> InsurancePage:
    """Return what a pack for an insurer can hold. Notes of therapy are for those who hold therapy.

    Raises
    ------
    Missing    no such person in the actor's programmes, or erased
    """
    page = eligibility(person_id=person_id, now=now, by=by)
    mine = page.enrolment.programme_id
    return InsurancePage(
        page=page,
        programme=next(p.name for p in organisations.list_programmes(by.scope) if p.id == mine),
        scores=questionnaires.scores_of(by.scope, person_id, with_imported=True),
        notes=_notes(page, person_id, by),
        zone=zone_for(by.scope, person_id),
    )


def _notes(page: EligibilityPage, person_id: UUID, by: Actor) -> tuple[NoteThere, ...]:
    held = therapy.notes_of_person(by.scope, person_id) if by.may(Permission.HOLD_THERAPY) else ()
    told = [(d.id, "decision", d.signed_at, d.signed_by, d.words) for d in page.decisions]
    told += [(note.id, note.kind, note.signed_at, note.signed_by, note.words) for note in held]
    names = accounts.names_of({each[3] for each in told})
    return tuple(
        NoteThere(note, kind, at, names.get(signer, ""), {k: str(v) for k, v in words.items() if v})
        for note, kind, at, signer, words in sorted(told, key=lambda each: each[2])
    )
