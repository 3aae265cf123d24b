"""My whole record, to take away: a document, tables, or a bundle for another clinic. Each time is logged."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.take_record_away import FORMS, take_record_away
from kairos.interop.own_record.archive import Sheet, archive
from kairos.interop.own_record.bundle import bundle
from kairos.interop.own_record.paper import empty_sheet, sheet_of
from kairos.interop.paper.document import Document, as_pdf
from kairos.queries.own_record import OwnRecord, own_clinical, own_record
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.frames import address_of
from kairos.web.portal.mine.tables import TITLES


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_take_away(request: ActingRequest) -> HttpResponse:
    """Show in which forms my record can be taken away, and what each is good for."""
    return render(request, "portal/mine/take_away.html", {"journal": address_of("portal_journal_all")})


@allow(Permission.SEE_OWN_RECORD)
@require_POST
def take_away(request: ActingRequest, form: str) -> HttpResponse:
    """Send my whole record in one form; that it was taken stands in my log."""
    sent, by, now = CommandForm(request.POST), cast(Actor, request.actor), timezone.now()
    if form not in FORMS:
        raise Http404
    if not sent.is_valid():
        return redirect("portal_take_away")
    take_record_away(form=form, by=by, now=now, **sent.cleaned_data)
    name, kind, made = _MAKERS[form]
    reply = HttpResponse(made(by, now), content_type=kind)
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _as_pdf(by: Actor, now: datetime) -> bytes:
    record = own_record(by=by)
    day = f"{now.astimezone(record.zone):%Y-%m-%d %H:%M}"
    header = (_("When"), _("What"), _("All else that was kept"))
    told = [table for table in record.tables if table.rows]
    sheets = [
        sheet_of(str(TITLES[table.name]), table.columns, table.rows, header=header, zone=record.zone)
        for table in told
    ]
    title = _("My record")
    return as_pdf(
        Document(
            title=title,
            language=get_language() or "en",
            author="Kairos",
            footer=_("{name}, made on {day}").format(name=record.name, day=day),
            sheets=(empty_sheet(title, _about(record, day)), *sheets),
            size_pt=9,
        )
    )


def _as_csv(by: Actor, now: datetime) -> bytes:
    record = own_record(by=by)
    sheets = [Sheet(table.name, table.columns, table.rows) for table in record.tables]
    files = [(file.name, file.content) for file in record.files]
    day = f"{now.astimezone(record.zone):%Y-%m-%d %H:%M}"
    named = [f"{table.name}: {TITLES[table.name]}" for table in record.tables if table.rows]
    return archive(sheets, files, about="\n".join([*_about(record, day), "", *named, ""]), at=now)


def _as_fhir(by: Actor, now: datetime) -> bytes:
    return bundle(own_clinical(by=by), at=now)


def _about(record: OwnRecord, day: str) -> list[str]:
    """Return what the file is, what is not in it, and why."""
    return [
        _("This is the whole record of {name}, as it was on {day}.").format(name=record.name, day=day),
        _("It holds words, numbers and codes as they were kept. Codes are not put into plain words."),
        _("Not in it: your journal. Only you have its key. Take it away on its own page."),
        _("Keep this file where nobody reads it whom you would not let read your record."),
    ]


_MAKERS: dict[str, tuple[str, str, Callable[[Actor, datetime], bytes]]] = {
    "pdf": ("record.pdf", "application/pdf", _as_pdf),
    "csv": ("record.zip", "application/zip", _as_csv),
    "fhir": ("record.json", "application/fhir+json", _as_fhir),
}
