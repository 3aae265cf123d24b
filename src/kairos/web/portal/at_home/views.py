"""The pages of a session at home. The link is who one is: its kind says which screen, and what it may say."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.agree_to_support import agree_to_support
from kairos.actions.answer_home_check import answer_home_check
from kairos.actions.answer_morning import answer_morning
from kairos.actions.answer_support_quiz import answer_support_quiz
from kairos.actions.check_in import check_in
from kairos.actions.confirm_home_dose import confirm_home_dose
from kairos.actions.end_home_hold import end_home_hold
from kairos.actions.end_support_access import end_support_access
from kairos.actions.note_contact import note_contact
from kairos.actions.record_home_reading import record_home_reading
from kairos.actions.verify_emergency_plan import verify_emergency_plan
from kairos.domain.sessions.home_links import HomeLink
from kairos.domain.sessions.next_morning import needs_a_call
from kairos.queries.home_links import HomeHolder
from kairos.queries.home_sessions import HomePage, home_page, own_papers, training_of
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed, Problem
from kairos.web.access import allow
from kairos.web.forms import CommandForm
from kairos.web.offline.standing import standing_for
from kairos.web.portal.at_home.by_link import acting, by_home_link
from kairos.web.portal.at_home.forms import (
    CheckInForm,
    ItemForm,
    MorningForm,
    MouthForm,
    QuizForm,
    ReadingForm,
)
from kairos.web.portal.at_home.shown import dose_shown, said, shared, support_shown

REASON = "whoever holds the link to one session at home; it names no diagnosis, expires, and can be ended"
HERE = "portal/at_home/"
BESIDE = (HomeLink.PATIENT, HomeLink.SUPPORT)


@allow(public=True, reason=REASON)
@require_http_methods(["GET", "POST"])
@by_home_link(*HomeLink)
def show_home(request: HttpRequest, holder: HomeHolder, address: str) -> HttpResponse:
    """Show the screen of whoever holds the link."""
    if holder.kind is HomeLink.TRAINING:
        return _draw_training(request, holder, address)
    if holder.kind is HomeLink.MORNING:
        return ask_morning(request, holder, address)
    return _draw(request, holder, address, f"{holder.kind.value}.html")


@allow(public=True, reason=REASON)
@require_GET
@by_home_link(*BESIDE)
def show_part(request: HttpRequest, holder: HomeHolder, address: str) -> HttpResponse:
    """Return the changing part of a screen."""
    return _draw(request, holder, address, f"{holder.kind.value}_part.html")


@allow(public=True, reason=REASON)
@require_GET
@by_home_link(*HomeLink)
def show_standing(request: HttpRequest, holder: HomeHolder, address: str) -> HttpResponse:
    """Answer the queue of this telephone: whose entries go out from here."""
    return standing_for(request, str(holder.actor.id))


@allow(public=True, reason=REASON)
@require_POST
@by_home_link(*BESIDE)
def be_here(request: HttpRequest, holder: HomeHolder, address: str) -> HttpResponse:
    """Note that this telephone is in reach."""
    page, form = _page(holder), CommandForm(request.POST)
    if page.planned.stream is not None and form.is_valid():
        expires = {"link_id": holder.actor.id, "session_id": page.planned.stream}
        note_contact(**expires, **form.cleaned_data, by=holder.actor, now=timezone.now())
    return HttpResponse(status=204)


@allow(public=True, reason=REASON)
@require_POST
@by_home_link(*BESIDE)
@acting
def say_how(request: HttpRequest, holder: HomeHolder) -> None:
    """Say how the person is."""
    _do(check_in, holder, CheckInForm(request.POST))
    messages.info(request, _("The team has it."))


@allow(public=True, reason=REASON)
@require_POST
@by_home_link(*BESIDE)
@acting
def answer_item(request: HttpRequest, holder: HomeHolder, item: str) -> None:
    """Answer one item of the check."""
    page, form = _page(holder), ItemForm(request.POST)
    _check(form)
    told = form.given(page.zone)
    answer_home_check(session_id=_session(page), item=item, by=holder.actor, now=timezone.now(), **told)


@allow(public=True, reason=REASON)
@require_POST
@by_home_link(*BESIDE)
@acting
def enter_reading(request: HttpRequest, holder: HomeHolder) -> None:
    """Record what the cuff shows."""
    form = ReadingForm(request.POST)
    _check(form)
    about = {"session_id": _session(_page(holder)), "command_id": form.cleaned_data["command_id"]}
    record_home_reading(values=form.values(), by=holder.actor, now=timezone.now(), **about)
    messages.info(request, _("Recorded."))


@allow(public=True, reason=REASON)
@require_POST
@by_home_link(HomeLink.PATIENT)
@acting
def verify_plan(request: HttpRequest, holder: HomeHolder) -> None:
    """Say that every line of the emergency plan still holds."""
    form = CommandForm(request.POST)
    _check(form)
    planned = _page(holder).planned
    verify_emergency_plan(
        planned_session_id=planned.id, by=holder.actor, now=timezone.now(), **form.cleaned_data
    )


@allow(public=True, reason=REASON)
@require_POST
@by_home_link(HomeLink.PATIENT)
@acting
def take_dose(request: HttpRequest, holder: HomeHolder) -> None:
    """Say that the dose was taken."""
    _do(confirm_home_dose, holder, CommandForm(request.POST))


@allow(public=True, reason=REASON)
@require_POST
@by_home_link(HomeLink.PATIENT)
@acting
def end_hold(request: HttpRequest, holder: HomeHolder) -> None:
    """Say what became of it."""
    _do(end_home_hold, holder, MouthForm(request.POST))


@allow(public=True, reason=REASON)
@require_POST
@by_home_link(HomeLink.PATIENT)
@acting
def end_support(request: HttpRequest, holder: HomeHolder) -> None:
    """End the support person's access, at once."""
    form, subject = CommandForm(request.POST), _page(holder).papers.standing.subject
    _check(form)
    if subject is None:
        raise NotAllowed(_("Nobody has access."))
    about = {"person_id": holder.person_id, "subject": subject}
    end_support_access(by=holder.actor, now=timezone.now(), **about, **form.cleaned_data)


@allow(public=True, reason=REASON)
@require_POST
@by_home_link(HomeLink.TRAINING)
def answer_quiz(request: HttpRequest, holder: HomeHolder, address: str) -> HttpResponse:
    """Keep the answers of the quiz; what was wrong is explained and asked again."""
    training = training_of(person_id=holder.person_id, by=holder.actor, language=get_language() or "en")
    form = QuizForm(request.POST, training=training)
    if not form.is_valid():
        return _draw_training(request, holder, address, form=form)
    about: dict[str, Any] = {"person_id": holder.person_id, "subject": holder.support_id}
    command_id = form.cleaned_data["command_id"]
    try:
        wrong = answer_support_quiz(
            answers=form.answers(), command_id=command_id, by=holder.actor, now=timezone.now(), **about
        )
    except InvalidInput as error:
        form.take_problems(error)
        return _draw_training(request, holder, address, form=form)
    return _draw_training(request, holder, address, wrong=wrong)


@allow(public=True, reason=REASON)
@require_POST
@by_home_link(HomeLink.TRAINING)
@acting
def agree(request: HttpRequest, holder: HomeHolder) -> None:
    """Keep that the support person will be there."""
    form = CommandForm(request.POST)
    _check(form)
    about: dict[str, Any] = {"person_id": holder.person_id, "subject": holder.support_id}
    agree_to_support(by=holder.actor, now=timezone.now(), **about, **form.cleaned_data)


def ask_morning(request: HttpRequest, holder: HomeHolder, address: str) -> HttpResponse:
    """Ask about driving and rest on the morning after; what is answered is kept, and acted on."""
    form, found = MorningForm(request.POST or None), {"address": address, "owner": ""}
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"planned_session_id": holder.planned_id, "answers": form.answers()}
        command_id = form.cleaned_data["command_id"]
        try:
            may = answer_morning(command_id=command_id, by=holder.actor, now=timezone.now(), **told)
            words = [said("home.morning.may_drive" if may else "home.morning.not_yet")]
            words += [said("home.morning.call")] if needs_a_call(form.answers()) else []
            return render(request, HERE + "morning.html", {**found, "words": words})
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, str(error))
    status = 400 if form.errors else 200
    return render(request, HERE + "morning.html", {**found, "form": form}, status=status)


def _do(action: Any, holder: HomeHolder, form: CommandForm) -> None:
    _check(form)
    action(session_id=_session(_page(holder)), by=holder.actor, now=timezone.now(), **form.cleaned_data)


def _check(form: CommandForm) -> None:
    if not form.is_valid():
        raise InvalidInput(*(Problem(name, str(said[0])) for name, said in form.errors.items()))


def _page(holder: HomeHolder) -> HomePage:
    if holder.planned_id is None:
        raise Missing("this link opens no session")
    return home_page(planned_session_id=holder.planned_id, by=holder.actor, now=timezone.now())


def _session(page: HomePage) -> UUID:
    if page.planned.stream is None:
        raise NotAllowed(_("The team has not opened this session yet. Wait for their call."))
    return page.planned.stream


def _draw(request: HttpRequest, holder: HomeHolder, address: str, template: str) -> HttpResponse:
    page, now = _page(holder), timezone.now()
    found = shared(page, holder, address, now)
    found |= dose_shown(page) if holder.kind is HomeLink.PATIENT else {}
    found |= support_shown(page, now) | {"reading_form": ReadingForm(auto_id="r-%s")}
    with timezone.override(page.zone):
        return render(request, HERE + template, found)


def _draw_training(
    request: HttpRequest,
    holder: HomeHolder,
    address: str,
    *,
    form: QuizForm | None = None,
    wrong: tuple[str, ...] = (),
) -> HttpResponse:
    training = training_of(person_id=holder.person_id, by=holder.actor, language=get_language() or "en")
    papers = own_papers(person_id=holder.person_id, by=holder.actor, now=timezone.now())
    explained = [question for question in training.questions if question.id in wrong]
    found = {
        "training": training,
        "form": form or QuizForm(training=training),
        "standing": papers.standing,
        "explained": explained,
        "address": address,
        "owner": "",
        "until": papers.standing.trained_until,
        "thanks": said("home.support_until_morning"),
    }
    return render(request, HERE + "training.html", found, status=400 if form is not None else 200)
