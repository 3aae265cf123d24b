"""Which pages stay in reach without a network: the one place where they are listed."""

from django.urls import NoReverseMatch, reverse

OPEN_PAGES = ("help_now", "red_flags", "exercises", "crisis_card")
"""Pages that know nobody; each device keeps them from its first visit on. One not there is left out."""
OWN_PAGES = (
    *("portal_today", "portal_preparation", "portal_practices", "portal_home_sessions", "portal_medicines"),
    "portal_exercises",
)
"""A patient's own pages. Their device keeps them for a while, for them alone, until they log out."""


def open_pages() -> list[str]:
    """Return the addresses of the pages that know nobody."""
    return _addresses(OPEN_PAGES)


def own_pages() -> list[str]:
    """Return the addresses of a patient's own pages that are kept."""
    return _addresses(OWN_PAGES)


def _addresses(names: tuple[str, ...]) -> list[str]:
    found = []
    for name in names:
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found
