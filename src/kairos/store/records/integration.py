"""The days after a session: the plan, what is said of it, and the hours that coaches offer. Never changed."""

from django.db import models

from kairos.store.records.base import PatientRecord, ProgrammeRecord
from kairos.store.records.courses import PlannedSession


class IntegrationPlan(PatientRecord):
    """That a plan for the days after one dosing session is open; one for each."""

    dosing = models.OneToOneField(PlannedSession, models.PROTECT, related_name="+")
    template = models.TextField()
    content_version = models.TextField()
    anchored_at = models.DateTimeField()


class IntegrationStatement(PatientRecord):
    """What is so from now on of one thing around a session; the newest about a subject holds.

    ``kind`` says what the subject is: a step, an insight, a habit, a summary, a visit and so on. A private
    row is shown by the database itself to nobody but the patient.
    """

    kind = models.TextField()
    subject = models.UUIDField()
    plan = models.ForeignKey(IntegrationPlan, models.PROTECT, related_name="+", null=True, db_index=False)
    state = models.TextField()
    is_private = models.BooleanField(default=False)
    details = models.JSONField(default=dict)
    words = models.BinaryField(null=True)
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(PatientRecord.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["person", "kind", "recorded_at"], name="statements_of_a_kind"),
            models.Index(fields=["subject"], name="statements_of_a_subject"),
        ]


class CoachingHour(ProgrammeRecord):
    """An hour that somebody of the team offers for talking, a seat of it that was taken, or its end.

    Who took a seat stands in a statement about that person and not here: every patient of the programme
    reads which seats are left.
    """

    hour = models.UUIDField()
    user = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    way = models.TextField()
    seats = models.IntegerField()
    state = models.TextField()
    seat = models.IntegerField(default=0)
    words = models.BinaryField(null=True)
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [models.Index(fields=["programme", "starts_at"], name="hours_of_a_programme")]
        constraints = [
            models.UniqueConstraint(
                fields=["hour", "seat"], condition=models.Q(state="taken"), name="seat_taken_once"
            )
        ]
