"""Questionnaires by one-tap link: one question a page, saved at each step, an answer acted on when given."""

from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.record_crisis_shown import record_crisis_shown
from kairos.actions.save_answer import save_answer
from kairos.actions.start_questionnaire import start_questionnaire
from kairos.actions.submit_questionnaire import submit_questionnaire
from kairos.domain.instruments.answer_link import LinkState
from kairos.domain.instruments.asking import next_question
from kairos.queries.answering import Holder, answering_page
from kairos.web.access import allow
from kairos.web.forms import CommandForm
from kairos.web.portal.questionnaires.by_link import by_link, closed_page, while_open
from kairos.web.portal.questionnaires.care import cards_of, care_card
from kairos.web.portal.questionnaires.forms import AnswerForm
from kairos.web.portal.questionnaires.pages import QuestionPage, review_rows
from kairos.web.portal.questionnaires.sitting import BrowserSitting, keep_sitting, read_sitting

REASON = "whoever holds the link may answer; it names nobody, expires, and shows no answer of another sitting"
HERE = "portal/questionnaires/"


@allow(public=True, reason=REASON)
@require_http_methods(["GET", "POST"])
@by_link
def show_landing(request: HttpRequest, holder: Holder, address: str) -> HttpResponse:
    """Say what the link is for; opening it changes nothing, pressing Start begins."""
    if holder.state is not LinkState.OPEN:
        return closed_page(request, holder.state)
    page = answering_page(by=holder.actor)
    form = CommandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        start_questionnaire(by=holder.actor, now=timezone.now(), **form.cleaned_data)
        sitting = read_sitting(request, holder.actor.id) or BrowserSitting(holder.actor.id)
        following = next_question(page.questions, page.given)
        place = redirect("link_question", address, following.number) if following else None
        return keep_sitting(request, place or redirect("link_review", address), sitting)
    return render(request, HERE + "landing.html", {"form": CommandForm(), "count": len(page.questions)})


@allow(public=True, reason=REASON)
@require_http_methods(["GET", "POST"])
@by_link
@while_open
def show_question(
    request: HttpRequest, holder: Holder, address: str, *, number: int, sitting: BrowserSitting
) -> HttpResponse:
    """Ask one question; its answer is saved, and acted on, before the next one is shown."""
    page = QuestionPage(answering_page(by=holder.actor), number, sitting, address, "review" in request.GET)
    form = AnswerForm(request.POST or None, item=page.item, initial=page.initial)
    if request.method == "POST" and form.is_valid():
        given = {"instrument": page.question.instrument, "item_id": page.item.id}
        saved = save_answer(
            **given,
            value=form.cleaned_data["answer"],
            command_id=form.cleaned_data["command_id"],
            by=holder.actor,
            now=timezone.now(),
        )
        place = redirect(page.care_url if saved.crisis_card else page.next_url)
        return keep_sitting(request, place, sitting.with_item(page.item.id))
    status = 400 if form.errors else 200
    return render(request, HERE + "question.html", {"form": form, "page": page}, status=status)


@allow(public=True, reason=REASON)
@require_GET
@by_link
@while_open
def show_care(
    request: HttpRequest, holder: Holder, address: str, *, number: int, sitting: BrowserSitting
) -> HttpResponse:
    """Show the ways to reach a human being where the answer was given; the rest stays open."""
    page = QuestionPage(answering_page(by=holder.actor), number, sitting, address, "review" in request.GET)
    response = page.safety
    if response is None or not page.is_own:
        return redirect(page.url)
    record_crisis_shown(
        item_id=page.item.id,
        crisis_card=response.crisis_card,
        command_id=uuid5(holder.actor.id, f"{page.item.id}/{response.finding.rule}"),
        by=holder.actor,
        now=timezone.now(),
    )
    card = care_card(response, page.request_id, holder.actor)
    return render(request, HERE + "care.html", {"card": card, "page": page})


@allow(public=True, reason=REASON)
@require_http_methods(["GET", "POST"])
@by_link
@while_open
def show_review(
    request: HttpRequest, holder: Holder, address: str, *, sitting: BrowserSitting
) -> HttpResponse:
    """Show what was answered in this sitting and what was left out, before it is sent."""
    form = CommandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        submit_questionnaire(by=holder.actor, now=timezone.now(), **form.cleaned_data)
        return redirect("link_thanks", address)
    page = answering_page(by=holder.actor)
    found = {"form": CommandForm(), "rows": review_rows(page, sitting), "address": address}
    return render(request, HERE + "review.html", found)


@allow(public=True, reason=REASON)
@require_GET
@by_link
def show_thanks(request: HttpRequest, holder: Holder, address: str) -> HttpResponse:
    """Thank the person, and say who reads this and when; the ways to reach somebody stay."""
    if read_sitting(request, holder.actor.id) is None or holder.state is LinkState.OPEN:
        return redirect("link", address)
    page = answering_page(by=holder.actor)
    return render(request, HERE + "thanks.html", {"cards": cards_of(page, holder.actor)})
