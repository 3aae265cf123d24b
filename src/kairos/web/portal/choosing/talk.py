"""A talk with a clinician, prepared: what one wants to tell and to ask, on a sheet of one's own.

Nothing of it is kept or sent: the sheet is made anew from what is ticked, and only the person has it.
"""

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kairos.interop.paper.document import Document, Sheet, Words, as_pdf
from kairos.queries.choosing import OwnHistory, own_history
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.design.dates import dated
from kairos.web.public.aid.reader import AidReader

MOST = 1000
_FIELDS = ("tell", "goals", "ask", "own")


@dataclass(frozen=True, slots=True)
class TalkPart:
    """One part of the sheet: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@allow(Permission.SEE_OWN_RECORD)
@require_http_methods(["GET", "POST"])
def show_talk(request: ActingRequest) -> HttpResponse:
    """Offer what can be taken along; put what was ticked on a sheet, to print or as a file."""
    reader = AidReader.now()
    history = _told(own_history(by=cast(Actor, request.actor), now=timezone.now()))
    if request.method != "POST":
        return render(request, "portal/choosing/talk.html", {"aid": reader.aid, "history": history})
    parts = sheet_of(request.POST, reader, history)
    if "pdf" in request.POST:
        found = HttpResponse(as_pdf(paper_of(parts)), content_type="application/pdf")
        found["Content-Disposition"] = 'attachment; filename="my-talk.pdf"'
        found["Cache-Control"] = "no-store"
        return found
    given = [
        (name, value) for name in ("tell", "goals", "ask", "own") for value in request.POST.getlist(name)
    ]
    return render(request, "portal/choosing/talk_sheet.html", {"parts": parts, "given": given})


def sheet_of(given: QueryDict, reader: AidReader, history: dict[str, TalkPart]) -> list[TalkPart]:
    """Return what was ticked and written, and nothing else."""
    parts = [history[name] for name in given.getlist("tell") if name in history]
    goals = given.get("goals", "").strip()[:MOST]
    if goals:
        parts.append(TalkPart(_("What I hope for"), (goals,)))
    ticked = set(given.getlist("ask"))
    asked = [q.text for group in reader.aid.questions.values() for q in group if q.id in ticked]
    own = given.get("own", "").strip()[:MOST]
    lines = (*asked, *([own] if own else []))
    return [*parts, TalkPart(_("What I want to ask"), lines)] if lines else parts


def paper_of(parts: list[TalkPart]) -> Document:
    """Return the sheet for paper."""
    words: list[Words] = []
    for part in parts:
        words += [Words(part.heading, strong=True), *(Words(line) for line in part.lines)]
    title = _("For my talk")
    sheet = Sheet(title, tuple(words or [Words(_("Nothing is ticked yet."))]))
    return Document(
        title=title, language=(get_language() or "en")[:2], author="Kairos", footer=title, sheets=(sheet,)
    )


def _told(history: OwnHistory) -> dict[str, TalkPart]:
    """Return what of the record can be taken along; what is not there is not offered."""
    found: dict[str, Any] = {}
    if history.medicines:
        found["medicines"] = TalkPart(_("Medicines I take, as my clinic knows them"), history.medicines)
    if history.held:
        words = _("Sessions I have had here: %(n)d") % {"n": history.held}
        found["sessions"] = TalkPart(_("My sessions"), (words,))
    if history.next_session:
        day = dated(history.next_session.starts_at, "j F Y")
        found["next"] = TalkPart(_("My next session"), (day,))
    return found
