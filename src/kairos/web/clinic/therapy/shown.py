"""Notes of the therapist beside what was seen of the person, on one clock."""

from typing import Any

from kairos.domain.sessions.events import (
    DissociationRated,
    NoteAdded,
    NoteKind,
    SedationRated,
    SessionEntry,
    SymptomNoted,
    VitalsRecorded,
)
from kairos.queries.dosing_sessions import SessionPage
from kairos.web.clinic.sessions.record_page import entry_words
from kairos.web.clinic.sessions.words import who

_BESIDE = (VitalsRecorded, SedationRated, DissociationRated, SymptomNoted)


def stream_of(page: SessionPage) -> list[dict[str, Any]]:
    """Return notes of the therapist and what was seen, on one clock, the newest first."""
    kept = [entry for entry in page.entries if _is_shown(entry)]
    return [
        {
            "at": entry.true_at,
            "is_note": isinstance(entry.event, NoteAdded),
            "what": "" if isinstance(entry.event, NoteAdded) else entry_words(page, entry.event),
            "words": page.words.get(entry.seq, {}).get("note", ""),
            "by": who(entry.by, page.names),
        }
        for entry in sorted(kept, key=lambda entry: (entry.true_at, entry.seq), reverse=True)
    ]


def _is_shown(entry: SessionEntry) -> bool:
    is_therapy = isinstance(entry.event, NoteAdded) and entry.event.kind is NoteKind.THERAPY
    return is_therapy or isinstance(entry.event, _BESIDE)
