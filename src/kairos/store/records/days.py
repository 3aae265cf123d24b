"""The clinic's day: when a site opened and closed, and who of those expected came. Never changed."""

from django.db import models

from kairos.store.records.base import PatientRecord, ProgrammeRecord


class ClinicDayEntry(ProgrammeRecord):
    """That a site's day was opened or closed; the newest entry of a day holds."""

    site = models.ForeignKey("store.Site", models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    state = models.TextField()
    details = models.JSONField(default=dict)
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [models.Index(fields=["site", "on", "recorded_at"], name="clinic_day_of_a_site")]


class ArrivalNote(PatientRecord):
    """That somebody who was expected came, came late, or did not come; the newest one holds."""

    planned_session = models.ForeignKey("store.PlannedSession", models.PROTECT, related_name="+")
    arrival = models.TextField()
    by = models.UUIDField()
    true_at = models.DateTimeField()


class AppointmentDuty(PatientRecord):
    """Who is to watch, prescribe or accompany at an appointment; the newest holds, nobody is null."""

    planned_session = models.ForeignKey("store.PlannedSession", models.PROTECT, related_name="+")
    duty = models.TextField()
    who = models.UUIDField(null=True)
    by = models.UUIDField()
    true_at = models.DateTimeField()


class ReadinessStatement(ProgrammeRecord):
    """That an item of a programme's readiness was checked, or that it went live; the newest one holds."""

    item = models.TextField()
    state = models.TextField()
    until = models.DateField(null=True)
    evidence = models.ForeignKey("store.StoredFile", models.PROTECT, null=True, related_name="+")
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [models.Index(fields=["programme", "recorded_at"], name="readiness_of_a_programme")]
