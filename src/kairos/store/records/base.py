"""What the records of one programme, and of one person in it, have in common."""

from django.db import models
from django.db.models.functions import Now

from kairos.store.ids import new_id


def id_field() -> models.UUIDField:
    """Return the primary key every table has: a UUIDv7 made by whoever creates the row."""
    return models.UUIDField(primary_key=True, default=new_id, editable=False)


def recorded_field() -> models.DateTimeField:
    """Return the instant of recording, by the database's clock."""
    return models.DateTimeField(db_default=Now(), editable=False)


class ProgrammeRecord(models.Model):
    """A row that belongs to one programme; row-level security reads ``programme_id``."""

    id = id_field()
    programme = models.ForeignKey("store.Programme", models.PROTECT, related_name="+", db_index=False)
    recorded_at = recorded_field()

    class Meta:
        abstract = True


class PatientRecord(ProgrammeRecord):
    """A row about one patient of one programme; row-level security reads both ids."""

    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["person", "recorded_at"])]


def both_or_neither(first: str, second: str, name: str) -> models.CheckConstraint:
    """Return the constraint that two columns (who and when) are set together."""
    both = models.Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    neither = models.Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=name)
