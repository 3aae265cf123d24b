"""Consent documents by version, signatures, withdrawals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.domain.evidence import consent
from kairos.store.records.consents import ConsentDocument as DocumentRecord
from kairos.store.records.consents import ConsentSignature as SignatureRecord
from kairos.store.records.consents import ConsentWithdrawal as WithdrawalRecord
from kairos.store.repositories.patient_rows import add, values_of
from kairos.store.repositories.rows import to_value
from kairos.store.scope import within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class ConsentDocument:
    """One version of a consent text in one language; the text lives in the content."""

    id: UUID
    document: str
    version: str
    language: str
    digest: str


@dataclass(frozen=True, slots=True)
class ConsentSignature:
    """A signature. ``sections`` are the ids of what was acknowledged and of the questions answered rightly.

    ``words`` hold the name as it was written.
    """

    id: UUID
    programme_id: UUID
    person_id: UUID
    document_id: UUID
    sections: tuple[str, ...]
    words: Mapping[str, Any]
    signed_by: UUID
    signed_at: datetime
    witnessed_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class ConsentWithdrawal:
    """The end of a signature's force; ``words`` may hold what the person said."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    signature_id: UUID
    words: Mapping[str, Any]
    withdrawn_by: UUID
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True)
class Consent:
    """A signature, what was signed, and whether it still counts."""

    document: ConsentDocument
    signature: ConsentSignature
    withdrawn_at: datetime | None

    @property
    def is_in_force(self) -> bool:
        """Whether nobody has withdrawn it."""
        return self.withdrawn_at is None


def register_document(document: ConsentDocument) -> ConsentDocument:
    """Register a version of a text once, and return it with the id it has."""
    names = {"document": document.document, "version": document.version, "language": document.language}
    DocumentRecord.objects.get_or_create(**names, defaults={"id": document.id, "digest": document.digest})
    return to_value(ConsentDocument, DocumentRecord.objects.get(**names))


def sign(scope: Scope, signature: ConsentSignature) -> None:
    """Keep a signature."""
    add(SignatureRecord, scope, signature, sections=list(signature.sections))


def withdraw(scope: Scope, withdrawal: ConsentWithdrawal) -> None:
    """Keep the withdrawal of a signature; only one can be."""
    add(WithdrawalRecord, scope, withdrawal, words=withdrawal.words or {"said": ""})


def consents_of(scope: Scope, person_id: UUID) -> tuple[Consent, ...]:
    """Return all signatures of a person, newest first, withdrawn ones among them."""
    rows = within(SignatureRecord.objects.filter(person_id=person_id), scope)
    found = list(rows.select_related("document", "withdrawal").order_by("-recorded_at", "-id"))
    signatures = values_of(ConsentSignature, found)
    return tuple(
        Consent(to_value(ConsentDocument, row.document), signature, _withdrawn_at(row))
        for row, signature in zip(found, signatures, strict=True)
    )


def newest_signature(scope: Scope, person_id: UUID, document: str) -> consent.ConsentSignature | None:
    """Return a person's newest signature of a document, as ``consent_standing`` reads it."""
    found = next((c for c in consents_of(scope, person_id) if c.document.document == document), None)
    if found is None:
        return None
    parts = frozenset(found.signature.sections)
    return consent.ConsentSignature(
        document=document,
        version=found.document.version,
        acknowledged=parts,
        answered=parts,
        signed_at=found.signature.signed_at,
        withdrawn_at=found.withdrawn_at,
        language=found.document.language,
    )


def _withdrawn_at(row: SignatureRecord) -> datetime | None:
    withdrawal: WithdrawalRecord | None = getattr(row, "withdrawal", None)
    return withdrawal.withdrawn_at if withdrawal else None
