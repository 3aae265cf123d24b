"""What a device sends: the key, entries, a share and its end. A refusal is said above the journal."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kairos.actions.change_journal_passphrase import change_journal_passphrase
from kairos.actions.end_journal_share import end_journal_share
from kairos.actions.keep_journal_entry import keep_journal_entry
from kairos.actions.set_up_journal import set_up_journal
from kairos.actions.share_journal_entry import share_journal_entry
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.portal.journal.forms import EntryForm, PassphraseForm, SetUpForm, ShareForm


@allow(Permission.KEEP_JOURNAL)
@require_POST
def set_up(request: ActingRequest) -> HttpResponse:
    """Keep a new key, closed in two ways."""
    form = SetUpForm(request.POST)
    return _done(request, form, lambda: set_up_journal(**_by(request), **form.cleaned_data), "")


@allow(Permission.KEEP_JOURNAL)
@require_POST
def change_passphrase(request: ActingRequest) -> HttpResponse:
    """Keep the key closed under a new passphrase."""
    form, said = PassphraseForm(request.POST), _("Your new passphrase opens the journal from now on.")
    return _done(request, form, lambda: change_journal_passphrase(**_by(request), **form.cleaned_data), said)


@allow(Permission.KEEP_JOURNAL)
@require_POST
def keep_entry(request: ActingRequest) -> HttpResponse:
    """Keep an entry as the device closed it."""
    form = EntryForm(request.POST)
    return _done(request, form, lambda: keep_journal_entry(**_by(request), **form.entry()), "")


@allow(Permission.KEEP_JOURNAL)
@require_POST
def share(request: ActingRequest, entry_id: UUID) -> HttpResponse:
    """Share an entry with those who were chosen."""
    form, said = ShareForm(request.POST), _("Shared. You can take it back at any time.")

    def act() -> object:
        return share_journal_entry(**_by(request), entry_id=entry_id, **form.cleaned_data)

    return _done(request, form, act, said)


@allow(Permission.KEEP_JOURNAL)
@require_POST
def take_back(request: ActingRequest, entry_id: UUID) -> HttpResponse:
    """End the sharing of an entry."""
    form, said = CommandForm(request.POST), _("Taken back. Only you can read it again.")

    def act() -> object:
        return end_journal_share(**_by(request), entry_id=entry_id, **form.cleaned_data)

    return _done(request, form, act, said)


def _by(request: ActingRequest) -> dict[str, Any]:
    return {"by": cast(Actor, request.actor), "now": timezone.now()}


def _done(request: ActingRequest, form: forms.Form, act: Callable[[], object], said: str) -> HttpResponse:
    """Act where the form is whole, say what became of it, and lead back to the journal."""
    try:
        if form.is_valid():
            act()
            if said:
                messages.info(request, said)
        else:
            messages.warning(
                request, "; ".join(str(each) for found in form.errors.values() for each in found)
            )
    except InvalidInput as error:
        messages.warning(request, "; ".join(problem.message for problem in error.problems))
    except (Missing, NotAllowed) as error:
        messages.warning(request, str(error))
    return redirect("portal_journal")
