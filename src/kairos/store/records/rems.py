"""Certification of a site and enrolment of a person in the REMS, as dated statements. Never changed."""

from django.db import models

from kairos.store.records.base import PatientRecord, ProgrammeRecord


class SiteCertification(ProgrammeRecord):
    """That a site is certified from a day on, or no longer; the newest statement holds."""

    site = models.ForeignKey("store.Site", models.PROTECT, related_name="+", db_index=False)
    state = models.TextField()
    on = models.DateField()
    until = models.DateField(null=True)
    reference = models.TextField()
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [models.Index(fields=["site", "recorded_at"], name="certification_of_a_site")]


class RemsEnrolment(PatientRecord):
    """That a person is enrolled from a day on, or no longer; the reference under the person's key."""

    state = models.TextField()
    on = models.DateField()
    until = models.DateField(null=True)
    words = models.BinaryField()
    by = models.UUIDField()
    true_at = models.DateTimeField()
