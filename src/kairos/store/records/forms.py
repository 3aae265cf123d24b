"""Monitoring forms as they were signed, and proof that they were sent. Never changed."""

from django.db import models
from django.db.models import Q

from kairos.store.records.base import PatientRecord


class MonitoringForm(PatientRecord):
    """A signed form: every field under the person's key, bound to the session's entries and the content."""

    session_id = models.UUIDField()
    seq = models.IntegerField()
    content_version = models.TextField()
    overlay_version = models.TextField(default="")
    due_on = models.DateField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    words = models.BinaryField()
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()

    class Meta(PatientRecord.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["session_id"],
                condition=Q(supersedes__isnull=True),
                name="monitoring_form_one_first_of_a_session",
            )
        ]


class FormSending(PatientRecord):
    """Proof that a form was sent: how, on which day, by whom; the reference under the person's key."""

    form = models.ForeignKey(MonitoringForm, models.PROTECT, related_name="+")
    way = models.TextField()
    sent_on = models.DateField()
    words = models.BinaryField()
    recorded_by = models.UUIDField()
    true_at = models.DateTimeField()
