"""Registers the release that this program ships with, once in a process."""

from functools import cache

from django.utils import timezone

from kairos.actions.register_content_release import register_content_release
from kairos.content.loader import read_source
from kairos.content.packing import registration_id
from kairos.queries.accounts import installation_actor


@cache
def register_installed_content() -> str:
    """Register the installed release, whichever process comes first, and return its version."""
    command_id = registration_id(read_source().version)
    return register_content_release(command_id=command_id, by=installation_actor(), now=timezone.now())
