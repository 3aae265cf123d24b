"""Signed plans for medicines around a session, and codes of drugs that somebody confirmed."""

from django.db import models

from kairos.store.records.base import PatientRecord, ProgrammeRecord


class MedicinePlan(PatientRecord):
    """What a prescriber agreed about every medicine, signed as a whole. Lines under the person's key."""

    route = models.TextField()
    content_version = models.TextField()
    words = models.BinaryField()
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()


class DrugCodeConfirmation(ProgrammeRecord):
    """That somebody looked a drug's code up where it is published, and it means what the content says."""

    system = models.TextField()
    code = models.TextField()
    concept = models.TextField()
    confirmed_by = models.UUIDField()
    confirmed_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "system", "code", "concept"], name="drug_code_confirmed_once"
            )
        ]
