"""Which pages stay in reach without a network: the one place where they are listed."""

from django.urls import reverse

OPEN_PAGES = ("help_now", "red_flags", "exercises")
"""Pages that know nobody; each device keeps them from its first visit on."""
OWN_PAGES = (
    "portal_today",
    "portal_preparation",
    "portal_practices",
    "portal_home_sessions",
    "portal_medicines",
)
"""A patient's own pages. Their device keeps them for a while, for them alone, until they log out."""


def open_pages() -> list[str]:
    """Return the addresses of the pages that know nobody."""
    return [reverse(each) for each in OPEN_PAGES]


def own_pages() -> list[str]:
    """Return the addresses of a patient's own pages that are kept."""
    return [reverse(each) for each in OWN_PAGES]
