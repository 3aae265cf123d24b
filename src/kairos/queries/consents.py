"""A person's consent, as the pages about it show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.consent_in_force import (
    FIRST_LANGUAGE,
    consent_in_force,
    consent_target,
    expectation_check,
)
from kairos.content.languages import in_language
from kairos.content.release import load_release
from kairos.domain.evidence.consent import ConsentDocument, ConsentState, consent_standing, consent_state
from kairos.domain.evidence.consent_reading import (
    EXPECTATION,
    ConsentReading,
    next_part,
    part_ids,
    read_so_far,
)
from kairos.domain.evidence.expectations import ExpectationCheck, expected, unrealistic
from kairos.domain.evidence.texts import Audience
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, consent_readings, consents, courses, people, screenings
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.errors import Missing
from kairos.vocab.finding import Finding
from kairos.vocab.people import Actor, Permission, Scope

_KEPT = ("helper", "helper_name", "capacity", "capacity_note")


@dataclass(frozen=True, slots=True)
class SignedOnce:
    """One signature: which version, when, the name as written, who stood by, and when it was taken back."""

    version: str
    name: str
    signed_at: datetime
    witness: str
    withdrawn_at: datetime | None
    is_of_this_version: bool
    language: str = ""
    helper: str = ""
    helper_name: str = ""
    capacity: str = ""
    capacity_note: str = ""


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
    asked: ExpectationCheck
    names: Mapping[str, str]

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
        named[EXPECTATION] = self.asked.heading
        return tuple((part, named[part]) for part in self.parts if part in named)

    @property
    def expected(self) -> tuple[tuple[str, str], ...]:
        """What the person said they expect: each question with the chosen answer."""
        return expected(self.asked, self.reading.expected)

    @property
    def to_talk_about(self) -> tuple[str, ...]:
        """The questions whose answer nothing supports."""
        return unrealistic(self.asked, self.reading.expected)

    @property
    def has_said_no(self) -> bool:
        """Whether the last thing the person did was to say no, and no older signature matters."""
        return self.reading.declined is not None and not self.is_current

    @property
    def has_begun(self) -> bool:
        """Whether anything of the present reading is kept."""
        return bool(self.reading.done)


@dataclass(frozen=True, slots=True)
class ConsentKnown:
    """Where a consent stands for what is to be given; the document is the one signed, if one was."""

    document: ConsentDocument
    state: ConsentState
    standing: Finding


def consent_known(
    scope: Scope,
    person_id: UUID,
    *,
    now: datetime,
    protocol: str | None = None,
    language: str = FIRST_LANGUAGE,
) -> ConsentKnown:
    """Return where a consent stands for a protocol, or else for the person's course or decision.

    A consent holds in the language it was signed in; without one in force the asked language is shown.

    Raises
    ------
    NotInForce    the content has no document for this use
    """
    release = load_release()
    named = protocol or courses.running_protocol(scope, person_id)
    target = consent_target(release, named, screenings.target_in_brief(scope, person_id))
    document = consent_in_force(release, on=now.date(), target=target, language=language)
    signed = consents.newest_signature(scope, person_id, document.id)
    of_signed = document
    if signed is not None and signed.language != document.language:
        of_signed = consent_in_force(release, on=now.date(), target=target, language=signed.language)
    state = consent_state(of_signed, signed, now=now)
    is_current = state is ConsentState.CURRENT
    return ConsentKnown(
        of_signed if is_current else document, state, consent_standing(of_signed, signed, now=now)
    )


@reading(Permission.GIVE_CONSENT)
def consent_page(*, person_id: UUID, by: Actor, now: datetime, language: str = FIRST_LANGUAGE) -> ConsentPage:
    """Return what the pages about a person's consent show.

    Raises
    ------
    Missing       no such person within the scope
    NotInForce    the content has no document for what they are to be given
    """
    person = people.find_person(by.scope, person_id)
    known = consent_known(by.scope, person_id, now=now, language=language)
    document = known.document
    so_far = reading_so_far(by.scope, person.enrolments[0].programme_id, person_id, document)
    return ConsentPage(
        person_id=person_id,
        name=person.identity.shown_name if person.identity else "",
        document=document,
        parts=part_ids(document),
        reading=so_far,
        next_part=next_part(document, so_far),
        state=known.state,
        standing=known.standing,
        sentences={a: standing_sentence(known.standing, a) for a in Audience},
        signed=_signed(by.scope, person_id, document),
        zone=zone_for(by.scope, person_id),
        asked=expectation_check(load_release(), document.language),
        names=_names(so_far),
    )


def _names(so_far: ConsentReading) -> Mapping[str, str]:
    """Return who noted the capacity, by id."""
    ids = [UUID(so_far.capacity.by)] if so_far.capacity else []
    return {str(user): name for user, name in accounts.names_of(ids).items()}


def reading_so_far(
    scope: Scope, programme_id: UUID, person_id: UUID, document: ConsentDocument
) -> ConsentReading:
    """Return how far the present reading of a document has come."""
    stream = consent_readings.reading_of(scope, programme_id, person_id, document)
    return read_so_far(document, consent_readings.steps_of(scope, stream))


def own_person_id(by: Actor) -> UUID:
    """Return whom a patient's log-in is about.

    Raises
    ------
    Missing    the log-in is nobody's own
    """
    if by.scope.patient_id is None:
        raise Missing("this log-in belongs to no patient")
    return by.scope.patient_id


def standing_sentence(finding: Finding, audience: Audience, language: str = FIRST_LANGUAGE) -> str:
    """Return a standing as a sentence."""
    values = {name: _said(value) for name, value in finding.values.items()}
    texts = in_language(load_release(), language).texts
    return texts.render(finding.message, values, audience=audience)


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
            language=c.document.language,
            **{word: str(c.signature.words.get(word, "")) for word in _KEPT},
        )
        for c in kept
    )
