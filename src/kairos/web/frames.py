"""What the frame around every page needs: ways on, theme, lock, demonstration."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kairos.queries.complaints import complaints_waiting
from kairos.vocab.people import Actor, Permission, Role
from kairos.web.lock import LOCKED

THEMES = ("light", "dark")
THEME_COOKIE = "kairos_theme"


@dataclass(frozen=True, slots=True)
class Way:
    """One item of a frame, shown to whom its permission names."""

    word: Promise
    route: str
    permission: Permission
    icon: str = ""


STAFF_WAYS = (
    Way(gettext_lazy("Board"), "board", Permission.SEE_BOARD),
    Way(gettext_lazy("Day"), "day", Permission.SEE_PEOPLE),
    Way(gettext_lazy("People"), "people", Permission.SEE_PEOPLE),
    Way(gettext_lazy("Caseload"), "caseload", Permission.HOLD_THERAPY),
    Way(gettext_lazy("Inbox"), "inbox", Permission.SEE_INBOX),
    Way(gettext_lazy("Stock"), "stock", Permission.SEE_STOCK),
    Way(gettext_lazy("Safety"), "incidents", Permission.REPORT_INCIDENT),
    Way(gettext_lazy("Programme"), "programme", Permission.SEE_PROGRAMME),
    Way(gettext_lazy("Audit"), "audit", Permission.SEE_AUDIT),
    Way(gettext_lazy("Complaints"), "complaints", Permission.ANSWER_COMPLAINT),
    Way(gettext_lazy("Content"), "content", Permission.SEE_CONTENT),
    Way(gettext_lazy("Accounts"), "accounts", Permission.MANAGE_ACCOUNTS),
)
PATIENT_WAYS = (
    Way(gettext_lazy("Today"), "portal_today", Permission.SEE_OWN_RECORD, "home"),
    Way(gettext_lazy("Sessions"), "portal_sessions", Permission.SEE_OWN_RECORD, "cal"),
    Way(gettext_lazy("Journal"), "portal_journal", Permission.SEE_OWN_RECORD, "pen"),
    Way(gettext_lazy("My team"), "portal_team", Permission.SEE_OWN_RECORD, "people"),
)

ROLE_WORDS: dict[Role, Promise] = {
    Role.PATIENT: gettext_lazy("Patient"),
    Role.SUPPORT_PERSON: gettext_lazy("Support person"),
    Role.CLINICIAN: gettext_lazy("Prescriber"),
    Role.NURSE: gettext_lazy("Nurse"),
    Role.THERAPIST: gettext_lazy("Therapist"),
    Role.COACH: gettext_lazy("Coach"),
    Role.COORDINATOR: gettext_lazy("Front desk"),
    Role.PHARMACIST: gettext_lazy("Pharmacist"),
    Role.MEDICAL_DIRECTOR: gettext_lazy("Medical director"),
    Role.PROGRAMME_LEAD: gettext_lazy("Programme lead"),
    Role.CONTENT_EDITOR: gettext_lazy("Content editor"),
    Role.RESEARCHER: gettext_lazy("Researcher"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
}

# Which page a person opens on; the first that exists and that they may open.
FIRST_SCREENS: dict[Role, tuple[str, ...]] = {
    Role.CLINICIAN: ("people", "board"),
    Role.MEDICAL_DIRECTOR: ("people", "board"),
    Role.NURSE: ("board", "people"),
    Role.PROGRAMME_LEAD: ("programme", "board"),
    Role.AUDITOR: ("audit", "programme"),
    Role.COORDINATOR: ("people", "board"),
    Role.THERAPIST: ("people",),
    Role.COACH: ("caseload", "people"),
    Role.PHARMACIST: ("people",),
    Role.CONTENT_EDITOR: ("content",),
    Role.RESEARCHER: ("content",),
    Role.ADMINISTRATOR: ("accounts",),
    Role.PATIENT: ("portal_today",),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A way that exists, ready to be drawn."""

    word: str
    url: str
    is_here: bool
    icon: str = ""
    count: int = 0


def address_of(route: str) -> str:
    """Return the address of a named route, or nothing where that area does not exist."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def ways_for(actor: Actor, ways: tuple[Way, ...], here: str) -> list[Item]:
    """Return the items this person may use, the present one marked."""
    found = [(way, address_of(way.route)) for way in ways if actor.may(way.permission)]
    return [Item(str(w.word), url, here.startswith(url), w.icon) for w, url in found if url]


def first_screen(actor: Actor) -> str:
    """Return the address this person opens on; nothing where none exists yet."""
    wanted = (route for role in FIRST_SCREENS if role in actor.roles for route in FIRST_SCREENS[role])
    return next((url for route in wanted if (url := address_of(route))), "")


def theme_of(request: HttpRequest) -> str:
    """Return the theme this browser chose; nothing follows the device."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def other_languages() -> list[tuple[str, str]]:
    """Return the languages that a page can be read in beside its own: code, and name in its own words."""
    return [(code, word) for code, word in settings.LANGUAGES if code != get_language()]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template its frame (a context processor)."""
    actor: Actor | None = getattr(request, "actor", None)
    is_locked = bool(getattr(request, "is_locked", False))
    found: dict[str, Any] = {
        "theme": theme_of(request),
        "languages": other_languages(),
        "now": timezone.now(),
        "is_demo": settings.KAIROS_IS_DEMO,
        "is_locked": is_locked,
        "signed_in": actor is not None,
    }
    if actor is not None:
        found |= _personal(request, actor, is_locked=is_locked)
    return {"frame": found}


def _counted(items: list[Item], actor: Actor) -> list[Item]:
    """Return the items with how much waits behind the one for complaints, for whoever answers them."""
    if not actor.may(Permission.ANSWER_COMPLAINT):
        return items
    there = address_of("complaints")
    return [
        replace(item, count=complaints_waiting(by=actor)) if item.url == there else item for item in items
    ]


def _personal(request: HttpRequest, actor: Actor, *, is_locked: bool) -> dict[str, Any]:
    locked_at = request.session.get(LOCKED, "")
    return {
        "nav": _counted(ways_for(actor, STAFF_WAYS, request.path), actor),
        "tabs": ways_for(actor, PATIENT_WAYS, request.path),
        "role_words": _(", ").join(str(ROLE_WORDS[role]) for role in ROLE_WORDS if role in actor.roles),
        "locked_at": datetime.fromisoformat(locked_at) if locked_at else None,
        "owner": "" if is_locked else str(actor.id),
        "watches": actor.may(Permission.RUN_SESSION),
        "idle_seconds": 0 if is_locked else int(settings.KAIROS_IDLE_LOCK.total_seconds()),
    }
