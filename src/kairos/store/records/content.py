"""Which content is in force: releases by hash, and a programme's own values over them."""

import pghistory
from django.db import models

from kairos.store.records.base import ProgrammeRecord, recorded_field


class ContentRelease(models.Model):
    """A release of the content, named by the hash of its files. The newest row is in force."""

    version = models.TextField(primary_key=True)
    in_force_from = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = recorded_field()


@pghistory.track()
class ProgrammeValue(ProgrammeRecord):
    """A programme's own value over a parameter, dated, with who decided it."""

    parameter = models.TextField()
    in_force_from = models.DateField()
    value = models.JSONField()
    unit = models.TextField()
    basis = models.TextField()
    source = models.TextField()
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "parameter", "in_force_from"], name="own_value_once_a_day"
            )
        ]
