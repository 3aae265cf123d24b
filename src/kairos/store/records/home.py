"""Sessions at home: the programme's switch, and what was stated of a person's home. Never changed."""

from django.db import models

from kairos.store.records.base import PatientRecord, ProgrammeRecord


class HomeSwitch(ProgrammeRecord):
    """That sessions at home were switched on or off; the newest holds."""

    state = models.TextField()
    agreed = models.JSONField(default=list)
    phone = models.TextField(blank=True)
    content_version = models.TextField(blank=True)
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [models.Index(fields=["programme", "recorded_at"], name="home_switch_of_a_programme")]


class HomeStatement(PatientRecord):
    """One statement about a support person or an emergency plan; its words under the person's key."""

    kind = models.TextField()
    subject = models.UUIDField()
    session = models.UUIDField(null=True)
    until = models.DateTimeField(null=True)
    details = models.JSONField(default=dict)
    words = models.BinaryField(null=True)
    by = models.UUIDField()
    true_at = models.DateTimeField()


class PhoneContact(PatientRecord):
    """When the telephone that holds a link was last heard from; the last word only, not its history."""

    link = models.UUIDField(unique=True)
    session = models.UUIDField()
    who = models.TextField()
    seen_at = models.DateTimeField()
