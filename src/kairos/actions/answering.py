"""What the actions of an answering person share: the link they came by, and what it still takes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kairos.content.release import load_release
from kairos.domain.instruments.answer_link import LinkPurpose, LinkState, link_state
from kairos.domain.instruments.asking import Asking, Given
from kairos.domain.instruments.questionnaire import Instrument
from kairos.store.ids import new_id
from kairos.store.repositories import links
from kairos.store.repositories.askings import as_answer_link, asking_of_link
from kairos.store.repositories.links import OneTapLink
from kairos.store.repositories.questionnaires import QuestionnaireDraft
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor

HOURLY_LIMIT = 150
"""Entries through one link in an hour; far above what a person makes, far below what a machine does."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """An open link, its asking and the questionnaires of it."""

    link: OneTapLink
    asking: Asking
    instruments: tuple[Instrument, ...]

    def instrument(self, name: str) -> Instrument:
        """Return one of its questionnaires.

        Raises
        ------
        NotAllowed    this link does not ask that one
        """
        for instrument in self.instruments:
            if instrument.id == name:
                return instrument
        raise NotAllowed("this link is for other questions; open it again from the message")


def sitting_of(by: Actor, *, now: datetime) -> Sitting:
    """Return what the acting link opens, or refuse it where it takes no answers any more.

    Raises
    ------
    NotAllowed    used, withdrawn, too late, for another purpose, or used more often than people can
    Missing       there is no such link
    """
    link = links.link_by_id(by.scope, by.id, lock=True)
    asking = asking_of_link(link)
    state = link_state(as_answer_link(link), LinkPurpose.ANSWER_QUESTIONNAIRE, now=now)
    if state is not LinkState.OPEN:
        raise NotAllowed("this link takes no more answers; open it again to see why")
    if links.commands_by(by.scope, link.id, since=now - timedelta(hours=1)) > HOURLY_LIMIT:
        raise NotAllowed("this link was used very often within an hour; wait a while, then go on")
    release = load_release()
    return Sitting(link, asking, tuple(release.instruments[name] for name in asking.instruments))


def draft_of(sitting: Sitting, instrument: Instrument, given: Given, *, now: datetime) -> QuestionnaireDraft:
    """Return the draft that keeps these answers."""
    return QuestionnaireDraft(
        id=new_id(),
        programme_id=sitting.link.programme_id,
        person_id=sitting.link.person_id,
        link=sitting.asking.request_id(instrument.id),
        instrument=instrument.id,
        version=instrument.version,
        language=instrument.language,
        changed_at=now,
        answers=given,
    )
