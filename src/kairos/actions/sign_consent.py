"""Sign the consent document, once every part of it was acknowledged and answered."""

import hashlib
from datetime import datetime
from uuid import UUID

import msgspec

from kairos.actions.consents import document_read, programme_of
from kairos.domain.evidence import consent
from kairos.domain.evidence.consent_reading import check_complete, read_so_far
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import consent_readings, consents
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("sign_consent", Permission.GIVE_CONSENT)
def sign_consent(
    *, person_id: UUID, version: str, name: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep a signature by the name as it was written, and return its id.

    On a clinic's tablet the person signs and whoever handed it over is the witness.

    Raises
    ------
    InvalidInput    parts are still open, no name was written, or another version is in force by now
    Missing         no such person within the scope
    """
    document = document_read(by.scope, person_id, version, now)
    programme_id = programme_of(by.scope, person_id)
    reading = consent_readings.reading_of(by.scope, programme_id, person_id, document)
    steps = consent_readings.steps_of(by.scope, reading)
    parts = check_complete(document, read_so_far(document, steps))
    if not name.strip():
        raise InvalidInput(Problem("name", "write your full name; that is the signature"))
    is_witness = by.may(Permission.TAKE_CONSENT)
    signature = consents.ConsentSignature(
        id=new_id(),
        programme_id=programme_id,
        person_id=person_id,
        document_id=_registered(document),
        sections=parts,
        words={"name": name.strip()},
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


def _registered(document: consent.ConsentDocument) -> UUID:
    digest = hashlib.sha256(msgspec.json.encode(document, order="deterministic")).hexdigest()
    row = consents.ConsentDocument(new_id(), document.id, document.version, document.language, digest)
    return consents.register_document(row).id
