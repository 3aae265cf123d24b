"""People about whom everything is known, or nothing, in the database; decisions over them."""

from datetime import timedelta
from uuid import UUID

from kairos.actions.sign_eligibility_decision import sign_eligibility_decision
from kairos.domain.eligibility.decision import Decision
from kairos.domain.eligibility.signing import fingerprint
from kairos.queries.eligibility import eligibility
from kairos.store.ids import new_id
from kairos.store.repositories import facts as fact_rows
from kairos.store.scope import scoped
from kairos.vocab.facts import Fact
from kairos.vocab.people import Actor
from tests.support.clinic import Clinic, make_person
from tests.support.facts import TODAY, at, every_answer_no

NOW = at(TODAY.isoformat()) + timedelta(hours=1)
"""A moment on the day of the facts of ``tests.support.facts``."""


def keep(clinic: Clinic, person_id: UUID, facts: list[Fact]) -> None:
    """Keep facts of a person."""
    with scoped(clinic.scope):
        fact_rows.add_facts(clinic.scope, clinic.programme_id, person_id, facts)


def well_known_person(clinic: Clinic) -> UUID:
    """Return somebody about whom everything is known and nothing speaks against a course."""
    person_id = make_person(clinic)
    keep(clinic, person_id, every_answer_no())
    return person_id


def seen_by(actor: Actor, person_id: UUID) -> str:
    """Return the fingerprint of what the page shows."""
    return fingerprint(eligibility(person_id=person_id, now=NOW, by=actor).findings)


def sign(actor: Actor, person_id: UUID, decision: Decision = Decision.START, **given) -> UUID:
    """Sign a decision over what the page shows."""
    words = {"why": "two trials failed", "reasons": {}, "seen": seen_by(actor, person_id)} | given
    return sign_eligibility_decision(
        command_id=words.pop("command_id", new_id()),
        by=actor,
        now=NOW,
        person_id=person_id,
        decision=decision,
        **words,
    )
