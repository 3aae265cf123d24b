"""Organisations, their programmes, the sites of a programme and the places (chairs) of a site."""

from django.db import models

from kairos.store.records.base import ProgrammeRecord, id_field, recorded_field


class Organisation(models.Model):
    """Whoever answers for the people treated; nothing crosses from one to another."""

    id = id_field()
    name = models.TextField()
    time_zone = models.TextField(default="UTC")
    recorded_at = recorded_field()


class Programme(models.Model):
    """One ketamine programme of an organisation: the wall that staff see to."""

    id = id_field()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.TextField()
    is_demo = models.BooleanField(default=False)
    recorded_at = recorded_field()


class Site(ProgrammeRecord):
    """A building where a programme treats, with its own time zone."""

    name = models.TextField()
    time_zone = models.TextField(default="UTC")


class Place(ProgrammeRecord):
    """A chair or bed of a site."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    name = models.TextField()
