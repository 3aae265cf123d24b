"""What a programme publishes, fees it waives, licences looked at, sheets of patients. Newest holds."""

from django.db import models

from kairos.store.records.base import PatientRecord, ProgrammeRecord


class Publication(ProgrammeRecord):
    """One version of something that a programme shows to anyone: its price list, or its own figures."""

    kind = models.TextField()
    version = models.IntegerField()
    from_day = models.DateField()
    details = models.JSONField()
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind", "version"], name="publication_once")
        ]


class FeeWaiver(PatientRecord):
    """That somebody's fee is waived, in whole or in part, or no longer."""

    state = models.TextField()
    by = models.UUIDField()
    true_at = models.DateTimeField()


class KeptSheet(PatientRecord):
    """A sheet that a patient wished to keep, under their key; without words it was taken away."""

    kind = models.TextField()
    words = models.BinaryField(null=True)
    by = models.UUIDField()
    true_at = models.DateTimeField()


class Credential(ProgrammeRecord):
    """That somebody's licence for a role was looked at, where and on which day, and until when it holds."""

    user = models.UUIDField()
    role = models.TextField()
    source = models.TextField()
    words = models.BinaryField()
    checked_on = models.DateField()
    until = models.DateField()
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [models.Index(fields=["user", "recorded_at"], name="credentials_of_a_user")]
