"""Messages between a patient and the team: what each is about, and whose it is. Row S-127."""

from enum import StrEnum

from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Role

LONGEST = 4000


class MessageKind(StrEnum):
    """What a message is about. ``HARD_TO_SAY`` is for what people fear to be punished for; row S-126."""

    QUESTION = "question"
    HOW_I_AM = "how_i_am"
    MEDICINE = "medicine"
    APPOINTMENT = "appointment"
    HARD_TO_SAY = "hard_to_say"

    @property
    def owner(self) -> Role:
        """Whose task it is to answer."""
        return _OWNERS.get(self, Role.NURSE)


_OWNERS = {
    MessageKind.APPOINTMENT: Role.COORDINATOR,
    MessageKind.MEDICINE: Role.CLINICIAN,
    MessageKind.HARD_TO_SAY: Role.CLINICIAN,
}


def owner_of(kind: MessageKind, *, is_urgent: bool) -> Role:
    """Return whose task a message is: what is urgent is a clinician's, whatever it is about."""
    return Role.CLINICIAN if is_urgent else kind.owner


def message_words(text: str) -> str:
    """Return what was written.

    Raises
    ------
    InvalidInput    nothing was written, or more than can be kept
    """
    words = text.strip()
    if not words:
        raise InvalidInput(Problem("words", "write your message"))
    if len(words) > LONGEST:
        raise InvalidInput(Problem("words", f"{len(words)} letters are too many; at most {LONGEST} are kept"))
    return words
