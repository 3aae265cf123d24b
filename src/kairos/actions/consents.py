"""What the actions about consent, and the gate of a session, ask of a person's consent."""

from datetime import datetime
from uuid import UUID

from kairos.content.consent_in_force import consent_in_force
from kairos.content.release import load_release
from kairos.domain.evidence.consent import ConsentDocument, consent_standing
from kairos.domain.evidence.consent_reading import check_version
from kairos.store.repositories import consents, people
from kairos.vocab.errors import Missing
from kairos.vocab.finding import Finding
from kairos.vocab.people import Scope


def consent_standing_of(scope: Scope, person_id: UUID, now: datetime) -> Finding:
    """Return whether this person's consent stands now; only a finding that is MET lets a session open."""
    document = consent_in_force(load_release(), on=now.date())
    return consent_standing(document, consents.newest_signature(scope, person_id, document.id), now=now)


def document_read(version: str, now: datetime) -> ConsentDocument:
    """Return the document in force, if that is the version the person has before them.

    Raises
    ------
    InvalidInput    another version is in force by now
    """
    document = consent_in_force(load_release(), on=now.date())
    check_version(document, version)
    return document


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
