"""Answer a person who says that an entry of their record is not right, and forget one who asked for it."""

from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kairos.actions.answer_contested_entry import answer_contested_entry
from kairos.actions.erase_person import erase_person
from kairos.actions.record_access import record_access
from kairos.domain.eligibility.contested import identity_field
from kairos.domain.eligibility.objections import LONGEST
from kairos.domain.instruments.task_outcomes import ENTRY_STANDS, RECORD_CORRECTED
from kairos.queries.inbox import task_page
from kairos.queries.own_facts import contested_entry
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm, new_id


class AnswerForm(CommandForm):
    """What came of it, in words that the person reads."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What comes of it?"),
        choices=[
            (
                RECORD_CORRECTED,
                gettext_lazy("The entry is wrong: it counts no more, and stays beside what was said"),
            ),
            (ENTRY_STANDS, gettext_lazy("The entry stands, and I say why")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what comes of it")},
    )
    corrected = forms.CharField(
        label=gettext_lazy("What stands there from now on"),
        help_text=gettext_lazy("For a name or a birth date (as 1980-02-03). The version before is kept."),
        required=False,
        max_length=200,
    )
    words = forms.CharField(
        label=gettext_lazy("Your answer; the person reads it with your name"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@allow(Permission.SIGN_ELIGIBILITY)
@require_http_methods(["GET", "POST"])
def answer(request: ActingRequest, task_id: UUID) -> HttpResponse:
    """Show what was said of an entry, and answer it."""
    by, now = cast(Actor, request.actor), timezone.now()
    page, said = task_page(task_id=task_id, by=by, now=now), contested_entry(task_id=task_id, by=by)
    record_access(person_id=page.entry.task.person_id, what="task", command_id=new_id(now), by=by, now=now)
    form = AnswerForm(request.POST or None)
    if not identity_field(said.about):
        del form.fields["corrected"]
    if request.method == "POST" and form.is_valid():
        try:
            answer_contested_entry(task_id=task_id, by=by, now=now, **form.cleaned_data)
            messages.info(request, _("Answered. The person reads it with your name."))
            return redirect("inbox")
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, str(error))
    found = {"page": page, "entry": page.entry, "said": said, "form": form}
    return render(request, "clinic/inbox/contested.html", found, status=400 if form.errors else 200)


@allow(Permission.ERASE_PERSON)
@require_http_methods(["GET", "POST"])
def forget(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Forget a person who asked for it: who they are and their key, for good."""
    form = CommandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"person_id": person_id, "why": "asked_by_person", **form.cleaned_data}
        erase_person(by=cast(Actor, request.actor), now=timezone.now(), **given)
        messages.info(request, _("Forgotten. Names, contacts, log-ins and the key are gone."))
        return redirect("home")
    return render(request, "clinic/inbox/forget.html", {"form": form, "person_id": person_id})
