"""Finding an instrument by the name people write: ``PHQ-9``, ``phq-9``, ``phq9``."""

from collections.abc import Mapping

from kairos.domain.instruments.questionnaire import Instrument
from kairos.vocab.errors import InvalidInput, Problem


def find_instrument(name: str, instruments: Mapping[str, Instrument]) -> Instrument:
    """Return the instrument of a name, whatever its capitals, hyphens and spaces.

    Raises
    ------
    InvalidInput    no instrument is called so; the message lists those there are
    """
    wanted = _plain(name)
    for instrument in instruments.values():
        names = (instrument.id, instrument.short_title, *instrument.known_as)
        if wanted in {_plain(one) for one in names}:
            return instrument
    known = ", ".join(sorted(instruments))
    raise InvalidInput(Problem("instrument", f"{name!r} is not known; expected one of {known}"))


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
