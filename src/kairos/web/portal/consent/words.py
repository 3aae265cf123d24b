"""Words of the consent pages: who helped to read, in which language, what was noted of capacity."""

from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from kairos.domain.evidence.consent_reading import Capacity, Helper
from kairos.queries.consents import SignedOnce

CAPACITY: dict[str, Promise] = {
    Capacity.ABLE: _("Able to decide about this"),
    Capacity.NOT_NOW: _("Not able to decide about this now"),
    Capacity.UNSURE: _("Not sure; looked at again"),
}
_HELPERS: dict[str, Promise] = {
    Helper.NOBODY: _("nobody"),
    Helper.INTERPRETER: _("an interpreter"),
    Helper.CLOSE: _("somebody close"),
    Helper.TEAM: _("somebody of the team"),
}


def capacity_words(noted: str) -> str:
    """Return a note on capacity in words; empty where there is none."""
    return str(CAPACITY.get(noted, ""))


def helper_words(signed: SignedOnce) -> str:
    """Return who helped to read, by kind and name; empty where it was not asked."""
    kind = str(_HELPERS.get(signed.helper, ""))
    return f"{kind}: {signed.helper_name}" if kind and signed.helper_name else kind


def language_words(language: str) -> str:
    """Return the name of a language in that language."""
    try:
        return str(get_language_info(language)["name_local"])
    except KeyError:
        return language
