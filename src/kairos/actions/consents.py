"""What the actions about consent, and the gate of a session, ask of a person's consent."""

from datetime import datetime
from uuid import UUID

from kairos.content.consent_in_force import consent_in_force, consent_target, languages_of
from kairos.content.release import load_release
from kairos.domain.evidence.consent import ConsentDocument, ConsentState, consent_standing, no_document
from kairos.domain.evidence.consent_reading import check_version
from kairos.domain.rules.target import Target
from kairos.domain.sessions.events import Event, InfusionResumed, InfusionStarted, PortionGiven
from kairos.domain.sessions.picture import Picture
from kairos.store.ids import new_id
from kairos.store.repositories import consents, courses, people, screenings, tasks
from kairos.store.streams import Stream
from kairos.vocab.errors import Missing, NotAllowed, NotInForce
from kairos.vocab.finding import Finding
from kairos.vocab.people import Actor, Role, Scope
from kairos.vocab.verdict import Verdict

_GIVING = (InfusionStarted, InfusionResumed, PortionGiven)


def consent_standing_of(
    scope: Scope, person_id: UUID, now: datetime, *, protocol: str | None = None
) -> Finding:
    """Return whether this person's consent stands now; only a finding that is MET lets a session open.

    It is asked of the document of the protocol that the session follows: its product, route and setting, for
    what was decided on. A signature of any other document counts for nothing.

    Without a document for this use the answer is UNKNOWN.
    """
    release, target = load_release(), _target_of(scope, person_id, protocol)
    try:
        document = consent_in_force(release, on=now.date(), target=target)
    except NotInForce:
        return no_document()
    signed = consents.newest_signature(scope, person_id, document.id)
    if signed is not None and signed.language != document.language:
        document = consent_in_force(release, on=now.date(), target=target, language=signed.language)
    return consent_standing(document, signed, now=now)


def document_read(scope: Scope, person_id: UUID, version: str, now: datetime) -> ConsentDocument:
    """Return the document in force for this person, if that is the version before them, in any language.

    Raises
    ------
    InvalidInput    another version is in force by now
    NotInForce      the content has no document for this use
    """
    release, target = load_release(), _target_of(scope, person_id)
    found = [
        consent_in_force(release, on=now.date(), target=target, language=language)
        for language in languages_of(release)
    ]
    document = next((each for each in found if each.version == version), found[0])
    check_version(document, version)
    return document


def open_consent_task(
    by: Actor, kind: str, *, subject: UUID, programme_id: UUID, person_id: UUID, now: datetime
) -> None:
    """Ask a prescriber to do something about a consent; once, while the same is still open."""
    held = tasks.tasks_of(by.scope, person_id)
    if any(each.kind == kind and each.subject == subject and each.done_at is None for each in held):
        return
    ids = (new_id(), programme_id, person_id)
    task = tasks.Task(*ids, kind=kind, subject=subject, owner_role=Role.CLINICIAN, due_at=now)
    tasks.add_task(by.scope, task)


def check_may_give(scope: Scope, stream: Stream, picture: Picture, event: Event, at: datetime) -> None:
    """Refuse to give anything, or to let it run on, without a consent that stood when it was given.

    Once the dose has begun, a newer document does not end it: the session goes on by what was signed for it.
    Whoever takes their consent back ends it at any time.

    Raises
    ------
    NotAllowed
    """
    if not isinstance(event, _GIVING):
        return
    standing = consent_standing_of(scope, stream.person_id, at, protocol=picture.protocol.id)
    has_begun = picture.state.dose.started_at is not None
    if has_begun and standing.message == f"consent.{ConsentState.SUPERSEDED}":
        return
    if standing.verdict is not Verdict.MET:
        raise NotAllowed("there is no current consent: nothing more is given; stop what runs, and ask")


def _target_of(scope: Scope, person_id: UUID, protocol: str | None = None) -> Target:
    named = protocol or courses.running_protocol(scope, person_id)
    return consent_target(load_release(), named, screenings.target_in_brief(scope, person_id))


def programme_of(scope: Scope, person_id: UUID) -> UUID:
    """Return the programme a person is enrolled in.

    Raises
    ------
    Missing    not enrolled, or not within the scope
    """
    enrolments = people.enrolments_of(scope, person_id)
    if not enrolments:
        raise Missing("this person is not there, or not within your programmes")
    return enrolments[0].programme_id
