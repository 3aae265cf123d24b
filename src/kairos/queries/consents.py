"""A person's consent, as the pages about it show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.consent_in_force import consent_in_force
from kairos.content.release import load_release
from kairos.domain.evidence.consent import ConsentDocument, ConsentState, consent_standing, consent_state
from kairos.domain.evidence.consent_reading import ConsentReading, next_part, part_ids, read_so_far
from kairos.domain.evidence.texts import Audience
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, consent_readings, consents, people
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.errors import Missing
from kairos.vocab.finding import Finding
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class SignedOnce:
    """One signature: which version, when, the name as written, who stood by, and when it was taken back."""

    version: str
    name: str
    signed_at: datetime
    witness: str
    withdrawn_at: datetime | None
    is_of_this_version: bool


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """The document in force, how far this person has read, and where their consent stands."""

    person_id: UUID
    name: str
    document: ConsentDocument
    parts: tuple[str, ...]
    reading: ConsentReading
    next_part: str
    state: ConsentState
    standing: Finding
    sentences: Mapping[Audience, str]
    signed: tuple[SignedOnce, ...]
    zone: ZoneInfo

    @property
    def is_current(self) -> bool:
        """Whether a session may open on it."""
        return self.state is ConsentState.CURRENT

    @property
    def can_withdraw(self) -> bool:
        """Whether a signature is in force that can be taken back, of this version or an older one."""
        return bool(self.signed) and self.signed[0].withdrawn_at is None

    @property
    def titles(self) -> tuple[tuple[str, str], ...]:
        """Every section and question with its heading, in reading order; the signature is not among them."""
        named = {section.id: section.heading for section in self.document.sections}
        named |= {question.id: question.question for question in self.document.questions}
        return tuple((part, named[part]) for part in self.parts if part in named)

    @property
    def has_begun(self) -> bool:
        """Whether anything of the present reading is kept."""
        return bool(self.reading.done)


@reading(Permission.GIVE_CONSENT)
def consent_page(*, person_id: UUID, by: Actor, now: datetime) -> ConsentPage:
    """Return what the pages about a person's consent show.

    Raises
    ------
    Missing    no such person within the scope
    """
    person = people.find_person(by.scope, person_id)
    document = consent_in_force(load_release(), on=now.date())
    stream = consent_readings.reading_of(by.scope, person.enrolments[0].programme_id, person_id, document)
    so_far = read_so_far(document, consent_readings.steps_of(by.scope, stream))
    newest = consents.newest_signature(by.scope, person_id, document.id)
    standing = consent_standing(document, newest, now=now)
    return ConsentPage(
        person_id=person_id,
        name=person.identity.shown_name if person.identity else "",
        document=document,
        parts=part_ids(document),
        reading=so_far,
        next_part=next_part(document, so_far),
        state=consent_state(document, newest, now=now),
        standing=standing,
        sentences={a: standing_sentence(standing, a) for a in Audience},
        signed=_signed(by.scope, person_id, document),
        zone=zone_for(by.scope, person_id),
    )


def own_person_id(by: Actor) -> UUID:
    """Return whom a patient's log-in is about.

    Raises
    ------
    Missing    the log-in is nobody's own
    """
    if by.scope.patient_id is None:
        raise Missing("this log-in belongs to no patient")
    return by.scope.patient_id


def standing_sentence(finding: Finding, audience: Audience) -> str:
    """Return a standing as a sentence."""
    values = {name: _said(value) for name, value in finding.values.items()}
    return load_release().texts.render(finding.message, values, audience=audience)


def _said(value: object) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, datetime) else str(value)


def _signed(scope: Scope, person_id: UUID, document: ConsentDocument) -> tuple[SignedOnce, ...]:
    kept = [c for c in consents.consents_of(scope, person_id) if c.document.document == document.id]
    names = accounts.names_of(c.signature.witnessed_by for c in kept if c.signature.witnessed_by)
    return tuple(
        SignedOnce(
            version=c.document.version,
            name=str(c.signature.words.get("name", "")),
            signed_at=c.signature.signed_at,
            witness=names.get(c.signature.witnessed_by, "") if c.signature.witnessed_by else "",
            withdrawn_at=c.withdrawn_at,
            is_of_this_version=c.document.version == document.version,
        )
        for c in kept
    )
