"""Reading the consent document part by part: the same pages at home and on a clinic's tablet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from kairos.actions.acknowledge_section import acknowledge_section
from kairos.actions.answer_consent_question import answer_consent_question
from kairos.actions.decline_consent import decline_consent
from kairos.actions.sign_consent import sign_consent
from kairos.actions.tell_expectations import tell_expectations
from kairos.content.release import load_release
from kairos.domain.evidence.consent import ConsentSection, TeachBackQuestion
from kairos.domain.evidence.consent_reading import EXPECTATION, SIGN
from kairos.domain.evidence.expectations import replies
from kairos.queries.consents import ConsentPage, consent_page
from kairos.vocab.errors import InvalidInput, Missing
from kairos.vocab.people import Actor
from kairos.web.access import ActingRequest
from kairos.web.forms import CommandForm
from kairos.web.portal.consent.forms import ExpectationForm, QuestionForm, SectionForm, SignForm


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, on whose device: the addresses and the frame that go with it."""

    person_id: UUID
    by: Actor
    frame: str
    route: str
    arguments: tuple[object, ...] = ()

    def part_url(self, part: str) -> str:
        """Return the address of one part."""
        return reverse(f"{self.route}_part", args=[*self.arguments, part])

    @property
    def overview_url(self) -> str:
        """The address of the list of parts."""
        return reverse(self.route, args=self.arguments)

    @property
    def no_url(self) -> str:
        """The address where a no is kept."""
        return reverse(f"{self.route}_no", args=self.arguments)

    def page(self) -> ConsentPage:
        """Return the consent as it stands now, in the language of the screen where it has a document."""
        language = (get_language() or "en").partition("-")[0]
        return consent_page(person_id=self.person_id, by=self.by, now=timezone.now(), language=language)


def show_part(request: ActingRequest, reader: Reader, part: str) -> HttpResponse:
    """Show or keep one part; each is kept by itself, so that going back loses nothing."""
    page = reader.page()
    section = next((s for s in page.document.sections if s.id == part), None)
    question = next((q for q in page.document.questions if q.id == part), None)
    if section is not None:
        return _show_section(request, reader, page, section)
    if question is not None:
        return _show_question(request, reader, page, question)
    if part == EXPECTATION:
        return _show_expectation(request, reader, page)
    if part != SIGN:
        raise Missing("the document has no such part")
    return _show_signature(request, reader, page)


def _show_section(
    request: ActingRequest, reader: Reader, page: ConsentPage, section: ConsentSection
) -> HttpResponse:
    ticked = {"agreed": section.id in page.reading.acknowledged}
    form = SectionForm(request.POST or None, section=section, initial=ticked)
    if request.method == "POST" and form.is_valid():

        def keep(command_id: UUID) -> None:
            acknowledge_section(**_common(reader, page), section=section.id, command_id=command_id)

        if _kept(form, keep):
            return HttpResponseRedirect(reader.part_url(_after(page, section.id)))
    found = {"section": section, "sources": _titles(section.sources)}
    return _render(request, reader, page, section.id, form, "section.html", **found)


def _show_question(
    request: ActingRequest, reader: Reader, page: ConsentPage, question: TeachBackQuestion
) -> HttpResponse:
    chosen = page.reading.last_answers.get(question.id, "")
    form = QuestionForm(request.POST or None, question=question, initial={"chosen": chosen})
    if request.method == "POST" and form.is_valid():

        def keep(command_id: UUID) -> None:
            given = {"question": question.id, "chosen": form.cleaned_data["chosen"]}
            answer_consent_question(**_common(reader, page), **given, command_id=command_id)

        if _kept(form, keep):
            return HttpResponseRedirect(reader.part_url(question.id))
    said = next((a for a in question.answers if a.id == chosen), None)
    found = {"said": said, "after_url": reader.part_url(_after(page, question.id))}
    found["section_url"] = reader.part_url(question.section)
    return _render(request, reader, page, question.id, form, "question.html", **found)


def _show_expectation(request: ActingRequest, reader: Reader, page: ConsentPage) -> HttpResponse:
    """Ask what is expected; each answer is replied to, and none of them stops anybody."""
    told = {**page.reading.expected, "said": page.reading.hoped}
    form = ExpectationForm(request.POST or None, check=page.asked, initial=told)
    if request.method == "POST" and form.is_valid():

        def keep(command_id: UUID) -> None:
            tell_expectations(**_common(reader, page), **form.given(), command_id=command_id)

        if _kept(form, keep):
            return HttpResponseRedirect(reader.part_url(EXPECTATION))
    found: dict[str, Any] = {"replies": replies(page.asked, page.reading.expected)}
    found["after_url"] = reader.part_url(_after(page, EXPECTATION))
    return _render(request, reader, page, EXPECTATION, form, "expectation.html", **found)


def keep_no(request: ActingRequest, reader: Reader) -> HttpResponse:
    """Keep that the person says no, and show that it has no price."""
    form, page = CommandForm(request.POST), reader.page()
    if form.is_valid() and not page.is_current:
        decline_consent(**_common(reader, page), command_id=form.cleaned_data["command_id"])
    return HttpResponseRedirect(reader.overview_url)


def _show_signature(request: ActingRequest, reader: Reader, page: ConsentPage) -> HttpResponse:
    """Ask for the name, show it once more, and sign on the second look."""
    if page.next_part != SIGN or page.is_current:
        return HttpResponseRedirect(reader.overview_url)
    form = SignForm(request.POST or None)
    second_look = request.method == "POST" and form.is_valid()
    if second_look and "sure" in request.POST:

        def keep(command_id: UUID) -> None:
            sign_consent(**_common(reader, page), **form.given(), command_id=command_id)

        if _kept(form, keep):
            return HttpResponseRedirect(reader.overview_url)
    found = {"second_look": second_look and not form.errors, "today": timezone.now()}
    return _render(request, reader, page, SIGN, form, "sign.html", **found)


def _common(reader: Reader, page: ConsentPage) -> dict[str, Any]:
    return {
        "person_id": reader.person_id,
        "version": page.document.version,
        "by": reader.by,
        "now": timezone.now(),
    }


def _kept(form: Any, keep: Callable[[UUID], None]) -> bool:
    try:
        keep(form.cleaned_data["command_id"])
    except InvalidInput as error:
        form.take_problems(error)
        return False
    return True


def _after(page: ConsentPage, part: str) -> str:
    return page.parts[page.parts.index(part) + 1]


def _titles(keys: tuple[str, ...]) -> list[str]:
    citations = load_release().citations
    return [citations[key.removeprefix("cite:")].title for key in keys]


def _render(
    request: ActingRequest, reader: Reader, page: ConsentPage, part: str, form: Any, name: str, **found: Any
) -> HttpResponse:
    place = page.parts.index(part)
    found |= {
        "reader": reader,
        "page": page,
        "form": form,
        "frame_of_page": reader.frame,
        "number": place + 1,
        "of": len(page.parts),
        "before_url": reader.part_url(page.parts[place - 1]) if place else reader.overview_url,
    }
    return render(request, f"portal/consent/{name}", found, status=400 if form.errors else 200)
