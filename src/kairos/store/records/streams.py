"""Streams of events: what happened, in order, never rewritten."""

from django.db import models

from kairos.store.records.base import PatientRecord, id_field, recorded_field


class Stream(PatientRecord):
    """One thing that happens over time, such as a dosing session."""

    kind = models.TextField()


class StreamEvent(models.Model):
    """One event: its place in the stream, its type and version, when it was true and when recorded."""

    id = id_field()
    programme = models.ForeignKey("store.Programme", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+", db_index=False)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="+", db_index=False)
    seq = models.IntegerField()
    type = models.TextField()
    version = models.IntegerField()
    payload = models.JSONField()
    words = models.BinaryField(null=True)
    true_at = models.DateTimeField()
    device_clock_error_s = models.FloatField(null=True)
    recorded_at = recorded_field()
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="one_event_in_each_place")]


class SessionSummary(PatientRecord):
    """What the board shows of a running session; a projection of its stream, rebuilt at will."""

    site = models.ForeignKey("store.Site", models.PROTECT, related_name="+", null=True)
    place = models.ForeignKey("store.Place", models.PROTECT, related_name="+", null=True)
    state = models.TextField()
    is_open = models.BooleanField()
    seq = models.IntegerField()
    details = models.JSONField(default=dict)

    class Meta(PatientRecord.Meta):
        indexes = [models.Index(fields=["programme", "is_open"])]
