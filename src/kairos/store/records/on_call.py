"""The on-call roster: duties, and those that were withdrawn. Never changed."""

from django.db import models

from kairos.store.records.base import ProgrammeRecord


class OnCallDuty(ProgrammeRecord):
    """That somebody is on call for a step on these weekdays, between two times of day."""

    site = models.ForeignKey("store.Site", models.PROTECT, related_name="+", null=True, db_index=False)
    step = models.TextField()
    who = models.UUIDField()
    weekdays = models.JSONField()
    starts = models.TimeField()
    ends = models.TimeField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [models.Index(fields=["programme", "recorded_at"], name="on_call_of_a_programme")]


class OnCallWithdrawal(ProgrammeRecord):
    """That a duty holds no longer, from this moment."""

    duty = models.OneToOneField(OnCallDuty, models.PROTECT, related_name="withdrawal")
    by = models.UUIDField()
    true_at = models.DateTimeField()
