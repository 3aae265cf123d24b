"""Sign the consent document, once every part of it was acknowledged and answered."""

import hashlib
from datetime import datetime
from uuid import UUID

import msgspec

from kairos.actions.consents import document_read, programme_of
from kairos.domain.evidence import consent
from kairos.domain.evidence.consent_reading import ConsentReading, Helper, check_complete, read_so_far
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import consent_readings, consents
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission, Scope


@command("sign_consent", Permission.GIVE_CONSENT)
def sign_consent(
    *,
    person_id: UUID,
    version: str,
    name: str,
    helper: Helper = Helper.NOBODY,
    helper_name: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a signature by the name as it was written, and return its id.

    On a clinic's tablet the person signs and whoever handed it over is the witness. With the name are kept
    the language it was read in, who helped to read it, and what a clinician noted on the person's capacity.

    Raises
    ------
    InvalidInput    parts are still open, no name was written, an interpreter has no name, the person cannot
                    decide now, or another version is in force by now
    NotAllowed      it is signed already, and not taken back
    Missing         no such person within the scope
    """
    document = document_read(by.scope, person_id, version, now)
    programme_id = programme_of(by.scope, person_id)
    reading = consent_readings.reading_of(by.scope, programme_id, person_id, document)
    _check_unsigned(by.scope, person_id, document)
    so_far = read_so_far(document, consent_readings.steps_of(by.scope, reading))
    parts = check_complete(document, so_far)
    words = _words(name.strip(), document.language, helper, helper_name.strip(), so_far)
    is_witness = by.may(Permission.TAKE_CONSENT)
    signature = consents.ConsentSignature(
        id=new_id(),
        programme_id=programme_id,
        person_id=person_id,
        document_id=_registered(document),
        sections=parts,
        words=words,
        signed_by=person_id if is_witness else by.id,
        signed_at=now,
        witnessed_by=by.id if is_witness else None,
    )
    consents.sign(by.scope, signature)
    changed(programme_id=programme_id, topic="consent", subject=person_id)
    note = AuditNote(
        f"consent:{signature.id}",
        programme_id,
        person_id,
        details={"document": document.id, "version": version, "witnessed": is_witness},
    )
    return signature.id, note


def _check_unsigned(scope: Scope, person_id: UUID, document: consent.ConsentDocument) -> None:
    """Refuse a second signature beside one that is in force. Raises NotAllowed."""
    signed = consents.newest_signature(scope, person_id, document.id)
    if signed is not None and signed.version == document.version and signed.withdrawn_at is None:
        raise NotAllowed("this document is signed already, and the signature is in force")


def _words(
    name: str, language: str, helper: Helper, helper_name: str, reading: ConsentReading
) -> dict[str, str]:
    """Return what is kept with a signature, or refuse one without a name, or with a nameless interpreter."""
    problems = [] if name else [Problem("name", "write your full name; that is the signature")]
    if helper is Helper.INTERPRETER and not helper_name:
        problems.append(Problem("helper_name", "write the interpreter's name"))
    if problems:
        raise InvalidInput(*problems)
    words = {"name": name, "language": language, "helper": helper.value, "helper_name": helper_name}
    noted = reading.capacity
    if noted is None:
        return words
    return words | {"capacity": noted.answer, "capacity_by": noted.by, "capacity_note": noted.words["note"]}


def _registered(document: consent.ConsentDocument) -> UUID:
    digest = hashlib.sha256(msgspec.json.encode(document, order="deterministic")).hexdigest()
    row = consents.ConsentDocument(new_id(), document.id, document.version, document.language, digest)
    return consents.register_document(row).id
