"""The session sheets of a day as one file for paper: what to do when no screen works."""

from collections.abc import Iterable
from string import Formatter
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kairos.actions.record_access import record_access
from kairos.content.release import load_release
from kairos.domain.protocols.dose_rules import CountsFrom
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.order_details import to_details
from kairos.interop.paper.document import Document, Sheet, Table, Words, as_pdf
from kairos.queries.session_sheets import SessionSheet, SheetsOfDay, session_sheets
from kairos.vocab.people import Permission
from kairos.vocab.quantities import Quantity
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import actor
from kairos.web.clinic.sessions.check_page import order_words
from kairos.web.clinic.sessions.words import text, who
from kairos.web.clinic.words import unit_words
from kairos.web.forms import new_id

LINES = 12
SIZE_PT = 9
EMERGENCY = "emergency"
_WIDTHS = (3, 3, 4, 3, 3, 3, 3, 3, 3)


@allow(Permission.SEE_CHART)
@require_GET
def show_sheets(request: ActingRequest, site_id: UUID) -> HttpResponse:
    """Return the sheets of today's sessions at a site as one PDF, a page for each."""
    by, now = actor(request), timezone.now()
    day = session_sheets(site_id=site_id, by=by, now=now)
    for sheet in day.sheets:
        person_id = sheet.planned.person_id
        record_access(person_id=person_id, what="session_sheet", command_id=new_id(now), by=by, now=now)
    with timezone.override(day.zone):
        made = as_pdf(document_of(day))
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="session-sheets.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def document_of(day: SheetsOfDay) -> Document:
    """Return the sheets as a document; a day without sessions has one sheet that says so."""
    at = date_format(timezone.localtime(day.at), "j F Y H:i")
    footer = _("{site}, printed {at}. Content {content}. Copy it into Kairos: session, Copy from paper.")
    sheets = tuple(_sheet(each, day) for each in day.sheets)
    nobody = Sheet(_("Session sheets"), (Words(_("Nobody is planned here today.")),))
    return Document(
        title=_("Session sheets"),
        language=get_language() or "en",
        author="Kairos",
        footer=footer.format(site=day.site, at=at, content=day.content_version[:12]),
        sheets=sheets or (nobody,),
        size_pt=SIZE_PT,
    )


def _sheet(sheet: SessionSheet, day: SheetsOfDay) -> Sheet:
    starts = date_format(timezone.localtime(sheet.planned.starts_at), "H:i")
    heading = ", ".join(part for part in (sheet.identity.shown_name, starts, sheet.place) if part)
    above: list[Words | Table] = [*_person(sheet), *_order(sheet, day), _limits(sheet)]
    below: list[Words | Table] = [_readings(sheet), _release(sheet), *_emergency(sheet), Words(_pen())]
    return Sheet(heading, (*above, *below))


def _person(sheet: SessionSheet) -> Iterable[Words]:
    numbers = ", ".join(each["value"] for each in sheet.identity.identifiers)
    born = str(sheet.identity.born_on or _("not on record"))
    yield Words(_("Born {born}. Number {numbers}.").format(born=born, numbers=numbers or "-"))


def _order(sheet: SessionSheet, day: SheetsOfDay) -> Iterable[Words]:
    order = sheet.order
    if order is None:
        yield Words(_("No order stands: nothing is given by this sheet."), strong=True)
        return
    said = f"{text(sheet.protocol.name)}. {order_words(to_details(order))}."
    if order.verified_by is None:
        yield Words(_("{said} Not verified: nothing is given by this sheet.").format(said=said), strong=True)
        return
    placed, verified = who(order.placed_by, day.names), who(order.verified_by, day.names)
    signed = _("Ordered by {placed}, verified by {verified}.").format(placed=placed, verified=verified)
    yield Words(f"{said} {signed}", strong=True)
    yield Words(_("Given at ____:____  lot ____________  expiry ________   ended at ____:____"))


def _limits(sheet: SessionSheet) -> Words:
    listed = "; ".join(f"{each.description}: {_amount(each.quantity)}" for each in sheet.stated)
    return Words(_("Limits. {listed}.").format(listed=listed))


def _readings(sheet: SessionSheet) -> Table:
    minutes = sorted({minute for asked in sheet.asked.values() for minute in asked})
    rows = [(_("before"), *[""] * 8), *(_line(sheet, minute) for minute in minutes)]
    rows += [("", *[""] * 8)] * (LINES - len(rows))
    header = (
        _("Minute"),
        _("Time"),
        _("Pressure"),
        _("Pulse"),
        _("Oxygen"),
        _("Breaths"),
        _("Awake 0-5"),
        _("Detached 0-10"),
        _("Who"),
    )
    return Table(header, tuple(rows), _WIDTHS, heading=_("Readings"), tall=True)


def _line(sheet: SessionSheet, minute: int) -> tuple[str, ...]:
    """Return a line of the timetable: a dash where the protocol asks for nothing then."""
    signs, awake, detached = (
        "" if minute in sheet.asked[what] else "-" for what in ("vitals", "sedation", "dissociation")
    )
    return (f"{minute}", "", *[signs] * 4, awake, detached, "")


def _release(sheet: SessionSheet) -> Table:
    is_first = sheet.protocol.time_gate.counts_from is CountsFrom.FIRST
    needed = ["release.time.needed.first" if is_first else "release.time.needed"]
    needed += [f"{rule}.needed" for rule in sheet.protocol.computed]
    needed += [f"{item.text}.needed" for item in sheet.protocol.release]
    rows = [(_filled(message, sheet.limits), "", "") for message in needed]
    header = (_("Before going home, all of these"), _("Time"), _("Who"))
    return Table(header, tuple(rows), (8, 2, 2))


def _filled(message: str, limits: LimitsInForce) -> str:
    """Return what is needed with the limits of the protocol in it."""
    named = {name.split(".")[0] for _said, name, _form, _way in Formatter().parse(text(message)) if name}
    values = {name: limits.quantity(f"release.{name}") for name in named}
    return load_release().texts.render(message, values)


def _amount(quantity: Quantity) -> str:
    return f"{quantity.value:g} {unit_words(quantity.unit)}".strip()


def _emergency(sheet: SessionSheet) -> Iterable[Words]:
    card = sheet.protocol.cards.get(EMERGENCY) or next(iter(sheet.protocol.cards.values()))
    steps = " ".join(f"{place}. {text(step.text)}." for place, step in enumerate(card.steps, start=1))
    yield Words(f"{text(card.title)}. {text(card.emergency_if)}", strong=True)
    yield Words(steps)


def _pen() -> str:
    return _("Who held the pen: ______________________    Who watched: ______________________")
