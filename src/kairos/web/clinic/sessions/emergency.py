"""Whom to call in an emergency, from the content of the country."""

from django.conf import settings
from django.utils.translation import gettext as _

from kairos.content.release import load_release


def emergency_line() -> str:
    """Return the second line of every emergency: the local number."""
    books = load_release().crisis
    country = getattr(settings, "KAIROS_COUNTRY", "")
    book = books.get(country) or next(iter(books.values()))
    numbers = [each.number for each in book.contacts.values() if each.kind == "emergency"]
    return _("Emergency services: %(number)s.") % {"number": _(" or ").join(numbers)}
