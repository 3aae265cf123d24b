"""What figures need of an alarm beside its row: under which protocol it was raised, and what became of it."""

from collections.abc import Sequence

from kairos.domain.sessions.alarm_ledger import alarm_lives
from kairos.domain.sessions.events import AlarmClosed, AlarmRaised, Event, SessionEntry
from kairos.domain.sessions.picture import Picture
from kairos.store.repositories import alarms
from kairos.vocab.people import Actor


def note_lives(entries: Sequence[SessionEntry], new: Sequence[Event], picture: Picture, *, by: Actor) -> None:
    """Note the protocol of alarms that are new, and of those that ended whether they were acted on."""
    for event in new:
        if isinstance(event, AlarmRaised):
            alarms.note_alarm(by.scope, event.alarm_id, protocol=picture.protocol.id)
        elif isinstance(event, AlarmClosed):
            life = next(each for each in alarm_lives(entries) if each.raised.alarm_id == event.alarm_id)
            alarms.note_alarm(by.scope, event.alarm_id, end=str(event.end), acted_on=life.is_acted_on)
