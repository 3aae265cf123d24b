"""Consent documents by version, signatures section by section, withdrawals."""

from django.db import models

from kairos.store.records.base import PatientRecord, id_field, recorded_field


class ConsentDocument(models.Model):
    """One version of a consent text in one language; the text itself lives in the content."""

    id = id_field()
    document = models.TextField()
    version = models.TextField()
    language = models.TextField()
    digest = models.TextField()
    recorded_at = recorded_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "version", "language"], name="consent_version_once")
        ]


class ConsentSignature(PatientRecord):
    """A signature, with the sections that were acknowledged one by one."""

    document = models.ForeignKey(ConsentDocument, models.PROTECT, related_name="+")
    sections = models.JSONField()
    words = models.BinaryField()
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()
    witnessed_by = models.UUIDField(null=True)


class ConsentWithdrawal(PatientRecord):
    """The end of a signature's force, with who said so and when."""

    signature = models.OneToOneField(ConsentSignature, models.PROTECT, related_name="withdrawal")
    words = models.BinaryField()
    withdrawn_by = models.UUIDField()
    withdrawn_at = models.DateTimeField()
