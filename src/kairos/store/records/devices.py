"""Devices with keys of their own, what they sent, and what became of a reading that waited. Never changed."""

from django.db import models

from kairos.store.records.base import ProgrammeRecord


class Device(ProgrammeRecord):
    """A device of a site, and the place it stands at. The newest row of a device counts; no key: closed."""

    device = models.UUIDField()
    site = models.ForeignKey("store.Site", models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey("store.Place", models.PROTECT, related_name="+", db_index=False, null=True)
    name = models.TextField()
    key_digest = models.TextField(blank=True)
    sender = models.TextField(blank=True)
    put_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["device", "recorded_at"], name="newest_of_a_device"),
            models.Index(fields=["key_digest"], name="device_of_a_key"),
        ]


class DeviceReading(ProgrammeRecord):
    """A reading as a device sent it: its values, its time by the device's clock and by ours."""

    device = models.UUIDField()
    site = models.ForeignKey("store.Site", models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey("store.Place", models.PROTECT, related_name="+", db_index=False, null=True)
    key = models.UUIDField(unique=True)
    identifier = models.TextField(blank=True)
    values = models.JSONField()
    device_at = models.DateTimeField()
    true_at = models.DateTimeField()
    ahead_s = models.FloatField(null=True)

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["programme", "recorded_at"], name="readings_in_order"),
            models.Index(fields=["device", "identifier"], name="reading_of_an_identifier"),
        ]


class DeviceReadingEnd(ProgrammeRecord):
    """That a reading went to a session, or was set aside for a reason. Without one it waits."""

    reading = models.OneToOneField(DeviceReading, models.PROTECT, related_name="end")
    session = models.UUIDField(null=True)
    reason = models.TextField(blank=True)
    by = models.UUIDField()
    true_at = models.DateTimeField()
