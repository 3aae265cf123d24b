"""The monitoring form as a file: the same lines as on its page, for a fax or a portal that takes files."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kairos.domain.sessions.form_fields import LEFT
from kairos.interop.paper.document import Document, Sheet, Table, Words, as_pdf
from kairos.queries.dosing_sessions import session_page
from kairos.queries.monitoring_forms import FormPage
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import actor
from kairos.web.clinic.sessions.rems_form import rows_of, rows_of_signed
from kairos.web.clinic.sessions.rems_form_views import form_opened
from kairos.web.clinic.sessions.words import who

WIDTHS = (5, 4, 3)


@allow(Permission.SEE_CHART)
@require_GET
def show_file(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Return the form as a PDF: as it was signed, else as a draft that says so."""
    form = form_opened(request, session_id)
    zone = session_page(session_id=session_id, by=actor(request), now=timezone.now()).zone
    with timezone.override(zone):
        document = document_of(form)
    answer = HttpResponse(as_pdf(document), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="form-{form.session_id}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def document_of(form: FormPage) -> Document:
    """Return the form as a document of one sheet."""
    signed = form.signed
    rows = rows_of_signed(signed.words) if signed else rows_of(form.fields)
    title = _("Patient Monitoring Form")
    fields = Table(_header(), tuple(_cells(rows)), WIDTHS)
    return Document(
        title=title,
        language=get_language() or "en",
        author="Kairos",
        footer=_footer(form),
        sheets=(Sheet(title, (*_said(form), fields)),),
    )


def _said(form: FormPage) -> Iterable[Words]:
    signed = form.signed
    if signed is None:
        yield Words(_("Not signed: a draft"), strong=True)
    else:
        at = date_format(timezone.localtime(signed.signed_at), "j F Y H:i")
        name = who(signed.signed_by, form.names)
        yield Words(_("Signed by {name}, {at}").format(name=name, at=at), strong=True)
    if any(each.value == LEFT for each in form.fields):
        yield Words(_("This person left against advice, before time and criteria were met."), strong=True)


def _header() -> tuple[str, ...]:
    return (_("Field"), _("Value"), _("Where it comes from"))


def _cells(rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, ...]]:
    for row in rows:
        where = str(row["source"])
        if row["entry"]:
            where += _(", entry {seq}").format(seq=row["entry"])
        yield str(row["label"]), str(row["value"]) or _("Missing"), where


def _footer(form: FormPage) -> str:
    signed = form.signed
    if signed is None:
        return _("A draft of session {id}").format(id=form.session_id)
    return _("Form {id}, after entry {seq} of the session. Content {content}.").format(
        id=signed.id, seq=signed.seq, content=signed.content_version[:12]
    )
