"""What a person would prefer, kept as a stream: the newest counts, and none is lost."""

from datetime import datetime
from uuid import UUID, uuid5

from kairos.domain.evidence.preference import PlacePreference, PreferredPlace
from kairos.store import streams
from kairos.store.streams import NewEvent, Stream
from kairos.vocab.people import Scope

KIND = "preference"
_TYPE, _VERSION = "place_preferred", 1


def preference_stream(programme_id: UUID, person_id: UUID) -> Stream:
    """Return the stream of a person's preferences in a programme."""
    return Stream(uuid5(person_id, f"{programme_id}/preference"), KIND, programme_id, person_id)


def keep_preference(scope: Scope, stream: Stream, said: PlacePreference, *, by: UUID, now: datetime) -> None:
    """Keep what is preferred from now on."""
    streams.ensure_stream(scope, stream)
    payload = {"place": said.place.value, "matters": list(said.matters)}
    event = NewEvent(_TYPE, _VERSION, payload, said.at, {"said": said.said} if said.said else {})

    def attempt() -> int:
        return streams.append(scope, stream, len(streams.read(scope, stream.id)), [event], by=by)

    streams.retrying(attempt)


def newest_preference(scope: Scope, stream: Stream) -> PlacePreference | None:
    """Return what is preferred now; None where nothing was said."""
    held = streams.read(scope, stream.id)
    if not held:
        return None
    last = held[-1]
    return PlacePreference(
        PreferredPlace(last.payload["place"]),
        tuple(last.payload["matters"]),
        last.words.get("said", ""),
        last.true_at,
    )
