"""What a device is given to open a journal with: closed keys and entries, and who of the team may read."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse

from kairos.content.release import load_release
from kairos.domain.evidence.texts import Audience
from kairos.domain.integration.journal import ITERATIONS, NOTICE
from kairos.queries.journal import OwnJournal
from kairos.web.frames import ROLE_WORDS

ANY_ENTRY = UUID(int=0)
"""Stands in an address for the entry that the device puts there."""
PROMPTS = "journal.prompt"


def data_of(journal: OwnJournal) -> dict[str, Any]:
    """Return what the page's script reads; nothing of it can be read without the patient's key."""
    names = {str(each.id): each.name for each in journal.team}
    return {
        "person": str(journal.person_id),
        "key": str(journal.key) if journal.key else "",
        "zone": journal.zone.key,
        "iterations": ITERATIONS,
        "ways": {
            str(key): {way.value: dict(kept.words) for way, kept in ways.items()}
            for key, ways in journal.ways().items()
        },
        "entries": [
            {"entry": str(each.entry), "key": str(each.key), "at": each.true_at.isoformat(), **each.words}
            for each in journal.entries
        ],
        "shared": {
            str(entry): {
                "at": share.true_at.isoformat(),
                "version": share.version,
                "names": [names.get(each, "") for each in share.with_whom],
            }
            for entry, share in journal.shared_now().items()
        },
    }


def page_of(journal: OwnJournal) -> dict[str, Any]:
    """Return what the templates show."""
    return {
        "data": data_of(journal),
        "is_set_up": journal.key is not None,
        "notice": NOTICE,
        "team": [
            {"id": each.id, "name": each.name, "roles": [ROLE_WORDS[role] for role in each.roles]}
            for each in journal.team
        ],
        "prompts": list(_prompts()),
        "share_url": reverse("portal_journal_share", args=[ANY_ENTRY]),
        "take_back_url": reverse("portal_journal_take_back", args=[ANY_ENTRY]),
    }


def _prompts() -> Iterator[str]:
    texts, number = load_release().texts, 1
    while ("en", f"{PROMPTS}.{number}", Audience.PATIENT) in texts.templates:
        yield texts.template(f"{PROMPTS}.{number}", audience=Audience.PATIENT)
        number += 1
