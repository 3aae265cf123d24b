"""The copy of a consent to take away: the whole document, its signatures and what was told, as a PDF."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kairos.interop.paper.document import Document, Sheet, Words, as_pdf
from kairos.queries.consents import ConsentPage, SignedOnce
from kairos.web.design.dates import dated
from kairos.web.portal.consent.words import capacity_words, helper_words, language_words


def copy_of(page: ConsentPage) -> HttpResponse:
    """Return the copy as a file; nobody but the person and their team is given one."""
    found = HttpResponse(as_pdf(document_of(page)), content_type="application/pdf")
    found["Content-Disposition"] = 'attachment; filename="consent.pdf"'
    found["Cache-Control"] = "no-store"
    return found


def document_of(page: ConsentPage) -> Document:
    """Return every word that was read, and what was signed, for paper."""
    text = page.document
    parts = [Words(words) for words in text.introduction]
    for section in text.sections:
        parts += [Words(section.heading, strong=True), *(Words(words) for words in section.paragraphs)]
        parts.append(Words(f"{_tick(page, section.id)} {section.acknowledgement}"))
    return Document(
        title=text.title,
        language=text.language,
        author="Kairos",
        footer=_("%(title)s, version %(version)s") % {"title": text.title, "version": text.version},
        sheets=(Sheet(text.title, tuple(parts)), Sheet(_("Signature"), tuple(_signatures(page)))),
    )


def _tick(page: ConsentPage, section: str) -> str:
    is_read = section in page.reading.acknowledged or page.is_current
    return _("Acknowledged:") if is_read else _("Not acknowledged:")


def _signatures(page: ConsentPage) -> list[Words]:
    found = [Words(page.document.signature)]
    for question, answer in page.expected:
        found.append(Words(f"{question} {answer}"))
    for each in page.signed:
        found += _signature(each, page.zone)
    return found if page.signed else [*found, Words(_("Not signed"))]


def _signature(each: SignedOnce, zone: ZoneInfo) -> list[Words]:
    said = {"name": each.name, "at": _at(each.signed_at, zone), "version": each.version}
    found = [Words(_("%(name)s, %(at)s, version %(version)s") % said, strong=True)]
    told = [(_("Language"), language_words(each.language)), (_("Help with reading"), helper_words(each))]
    told += [(_("Witness"), each.witness), (_("Able to decide"), capacity_words(each.capacity))]
    found += [Words(f"{label}: {words}") for label, words in told if words]
    if each.withdrawn_at is not None:
        found.append(Words(_("Taken back on %(at)s") % {"at": _at(each.withdrawn_at, zone)}))
    return found


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return dated(moment.astimezone(zone), "j F Y, H:i")
