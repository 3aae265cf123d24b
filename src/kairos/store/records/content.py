"""Which content is in force: releases by hash, a programme's own values over them, and who signed both."""

import pghistory
from django.db import models

from kairos.store.records.base import ProgrammeRecord, recorded_field


class ContentRelease(models.Model):
    """A release of the content, named by the hash of its files, with the files themselves."""

    version = models.TextField(primary_key=True)
    in_force_from = models.DateTimeField()
    by = models.UUIDField()
    files = models.BinaryField(null=True)
    recorded_at = recorded_field()


@pghistory.track()
class ProgrammeValue(ProgrammeRecord):
    """A programme's own value over a parameter, dated, with who decided it and why.

    Without a value the release's own holds again from that day on.
    """

    parameter = models.TextField()
    in_force_from = models.DateField()
    value = models.JSONField(null=True)
    unit = models.TextField()
    basis = models.TextField()
    source = models.TextField()
    reason = models.TextField(default="")
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "parameter", "in_force_from"], name="own_value_once_a_day"
            )
        ]


class OwnProtocol(ProgrammeRecord):
    """A programme's own copy of a protocol, in force from its row on; with no text the release's holds again.

    ``text`` is what the copy changes, as it was checked under ``release``.
    """

    copies = models.TextField()
    version = models.IntegerField()
    release = models.TextField()
    text = models.TextField(default="")
    reason = models.TextField()
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "copies", "version"], name="own_protocol_version_once"
            )
        ]


class ContentReview(ProgrammeRecord):
    """What a medical director decided about one parameter of a release on the way to a signature.

    The newest row of a parameter counts; a change of mind is another row.
    """

    version = models.TextField()
    parameter = models.TextField()
    value = models.FloatField(null=True)
    reason = models.TextField(default="")
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["programme", "version", "recorded_at"], name="review_of_version")]


class ContentSignature(ProgrammeRecord):
    """A medical director's signature under a release and the programme's values over it.

    ``values`` are those values as they were signed, so that a past overlay can be read by its version.
    """

    version = models.TextField()
    overlay_version = models.TextField()
    values = models.JSONField(default=list)
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["programme", "recorded_at"], name="newest_signature")]
