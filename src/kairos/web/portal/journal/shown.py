"""What a device is given to open a journal with: closed keys and entries, and who of the team may read."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse

from kairos.domain.evidence.texts import Audience
from kairos.domain.integration.journal import ITERATIONS, NOTICE
from kairos.domain.safety.danger_words import Concern
from kairos.queries.journal import OwnJournal
from kairos.web.frames import ROLE_WORDS
from kairos.web.languages import spoken_release

ANY_ENTRY = UUID(int=0)
"""Stands in an address for the entry that the device puts there."""
PROMPTS = "journal.prompt"


def data_of(journal: OwnJournal) -> dict[str, Any]:
    """Return what the page's script reads; nothing of it can be read without the patient's key."""
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
                "names": [journal.names.get(UUID(each), "") for each in share.with_whom],
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
        "offered_at": list(_offered_at()),
        "share_url": reverse("portal_journal_share", args=[ANY_ENTRY]),
        "take_back_url": reverse("portal_journal_take_back", args=[ANY_ENTRY]),
    }


def _prompts() -> Iterator[str]:
    texts, number = spoken_release().texts, 1
    while ("en", f"{PROMPTS}.{number}", Audience.PATIENT) in texts.templates:
        yield texts.template(f"{PROMPTS}.{number}", audience=Audience.PATIENT)
        number += 1


def _offered_at() -> Iterator[str]:
    """Yield the phrases at which the device itself offers a way to somebody; nobody hears of it."""
    for book in spoken_release().danger_words.values():
        for sign in book.signs:
            if sign.concern is Concern.LIFE and sign.says is not None:
                yield from sign.says.phrases
