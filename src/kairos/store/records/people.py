"""People: who they are stands apart from what happened to them, so that it can be forgotten."""

import pghistory
from django.db import models

from kairos.store.records.base import PatientRecord, both_or_neither, id_field, recorded_field


class Person(models.Model):
    """Someone an organisation knows. Holds no name; after erasure it is the tombstone."""

    id = id_field()
    organisation = models.ForeignKey("store.Organisation", models.PROTECT, related_name="+")
    recorded_at = recorded_field()
    erased_at = models.DateTimeField(null=True)
    erased_by = models.UUIDField(null=True)

    class Meta:
        constraints = [both_or_neither("erased_at", "erased_by", "person_erased_by_and_at")]


@pghistory.track()
class PersonIdentity(models.Model):
    """Names, birth date, contacts and outside identifiers of a person. Deleted at erasure."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    family_name = models.TextField(blank=True)
    given_names = models.TextField(blank=True)
    preferred_name = models.TextField(blank=True)
    born_on = models.TextField(blank=True)
    sex = models.TextField(blank=True)
    language = models.TextField(blank=True)
    time_zone = models.TextField(blank=True)
    contacts = models.JSONField(default=list)
    identifiers = models.JSONField(default=list)
    recorded_at = recorded_field()

    class Meta:
        indexes = [models.Index(fields=["born_on", "family_name"])]


class PersonKey(models.Model):
    """The data key of a person, wrapped by the master key. Deleted at erasure."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    wrapped = models.BinaryField()
    recorded_at = recorded_field()


@pghistory.track()
class Enrolment(PatientRecord):
    """A person in a programme, and the stage they have reached there."""

    site = models.ForeignKey("store.Site", models.PROTECT, related_name="+", null=True)
    stage = models.TextField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "programme"], name="enrolled_once_in_a_programme")
        ]
        indexes = [models.Index(fields=["programme", "stage"])]
