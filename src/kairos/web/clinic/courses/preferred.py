"""What a person would prefer, at home or in a clinic, as the course page shows it."""

from kairos.content.release import load_release
from kairos.domain.evidence.preference import PlacePreference
from kairos.web.portal.choosing.views import PLACES


def place_shown(told: PlacePreference | None) -> tuple[str, list[str]] | None:
    """Return the place in words, and what matters to the person; None where nothing was said."""
    if told is None:
        return None
    words = {choice.id: choice.text for choice in load_release().aid["en"].values}
    return str(dict(PLACES)[told.place.value]), [words[each] for each in told.matters if each in words]
