"""The administrator's screens: who has an account, opening, closing, set-up links. No patient data."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.close_account import close_account, reopen_account
from kairos.actions.offer_set_up import offer_set_up
from kairos.actions.open_account import open_account
from kairos.queries.staff_accounts import list_programmes_to_staff, list_staff_accounts
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.accounts.forms import AccountForm
from kairos.web.forms import CommandForm
from kairos.web.frames import ROLE_WORDS


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)


@allow(Permission.MANAGE_ACCOUNTS)
@require_GET
def show_accounts(request: ActingRequest) -> HttpResponse:
    """List the staff's accounts."""
    rows = [
        {"account": a, "roles": [(ROLE_WORDS[held.role], held.programme) for held in a.roles]}
        for a in list_staff_accounts(by=_actor(request))
    ]
    found = {"rows": rows, "me": _actor(request).id}
    return render(request, "clinic/accounts/accounts.html", found)


@allow(Permission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def show_new_account(request: ActingRequest) -> HttpResponse:
    """Open an account and go on to its set-up link."""
    programmes = [(str(key), name) for key, name in list_programmes_to_staff(by=_actor(request))]
    form = AccountForm(request.POST or None, programmes=programmes)
    if request.method == "POST" and form.is_valid():
        try:
            given = {**form.cleaned_data, "programme_id": UUID(form.cleaned_data["programme_id"])}
            user_id = open_account(by=_actor(request), now=timezone.now(), **given)
            return HttpResponseRedirect(reverse("account_set_up_link", args=[user_id]))
        except InvalidInput as error:
            form.take_problems(error)
    return render(request, "clinic/accounts/new.html", {"form": form}, status=400 if form.errors else 200)


@allow(Permission.MANAGE_ACCOUNTS)
@require_POST
def close(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Close an account."""
    form = CommandForm(request.POST)
    if form.is_valid():
        close_account(by=_actor(request), now=timezone.now(), user_id=user_id, **form.cleaned_data)
        messages.info(request, _("The account is closed."))
    return redirect("accounts")


@allow(Permission.MANAGE_ACCOUNTS)
@require_POST
def reopen(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    form = CommandForm(request.POST)
    if form.is_valid():
        reopen_account(by=_actor(request), now=timezone.now(), user_id=user_id, **form.cleaned_data)
        messages.info(request, _("The account is open again."))
    return redirect("accounts")


@allow(Permission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def show_set_up_link(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Make a link by which its owner sets a password; it works once and is shown once."""
    form = CommandForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        offer_set_up(by=_actor(request), now=timezone.now(), user_id=user_id, **form.cleaned_data)
        user = get_user_model()._default_manager.get(pk=user_id)
        words = [urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
        link = request.build_absolute_uri(reverse("account_set_up", args=words))
    return render(request, "clinic/accounts/set_up_link.html", {"form": CommandForm(), "link": link})


set_up = allow(public=True, reason="a signed link that expires and works once; sets one's own password")(
    PasswordResetConfirmView.as_view(
        template_name="clinic/accounts/set_up.html", success_url=reverse_lazy("account_login")
    )
)
