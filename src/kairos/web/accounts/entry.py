"""Going on after a lock, taking a screen over, and who am I."""

from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib.auth import login, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.take_over_screen import hand_screen_over, take_over_screen
from kairos.queries.accounts import actor_for
from kairos.vocab.people import Actor
from kairos.web import lock
from kairos.web.access import ActingRequest, allow
from kairos.web.accounts.forms import TakeOverForm, UnlockForm
from kairos.web.forms import new_id
from kairos.web.frames import THEME_COOKIE, THEMES

BACKEND = "kairos.web.accounts.backends.ByPassword"
A_YEAR_S = 365 * 24 * 3600


def where_next(request: HttpRequest) -> str:
    """Return the page to go on to: one of ours, or home."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else reverse("home")


@allow(signed_in=True, while_locked=True, reason="opens the lock for the person it belongs to")
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def show_unlock(request: ActingRequest) -> HttpResponse:
    """Ask the same person for the password, or the next person for theirs."""
    wants_code = lock.is_sign_in_over(request.session, timezone.now())
    form = UnlockForm(request.POST or None, request=request, wants_code=wants_code)
    if request.method == "POST" and form.is_valid():
        (lock.start_clocks if wants_code else lock.unlock)(request.session, timezone.now())
        return HttpResponseRedirect(where_next(request))
    return _entry(request, form, TakeOverForm(request=request))


@allow(signed_in=True, while_locked=True, reason="the next person takes a screen over with their own proof")
@sensitive_post_parameters()
@never_cache
@require_POST
def take_over(request: ActingRequest) -> HttpResponse:
    """Sign the next person in on this screen and go back to it; the one before is signed out."""
    form = TakeOverForm(request.POST, request=request)
    if form.is_valid() and form.user is not None:
        next_page = where_next(request)
        _pass_on(request, form.user, screen_of(next_page))
        return HttpResponseRedirect(next_page)
    wants_code = lock.is_sign_in_over(request.session, timezone.now())
    return _entry(request, UnlockForm(request=request, wants_code=wants_code), form)


def _pass_on(request: ActingRequest, user: AbstractBaseUser, screen: str) -> None:
    """Sign one person out and the next one in, and record it for both."""
    left, comes, now = cast(Actor, request.actor), actor_for(user.pk), timezone.now()
    hand_screen_over(next_user_id=comes.id, screen=screen, command_id=new_id(), by=left, now=now)
    logout(request)
    login(request, cast(Any, user), backend=BACKEND)
    take_over_screen(left_user_id=left.id, screen=screen, command_id=new_id(), by=comes, now=now)


def screen_of(address: str) -> str:
    """Return which kind of screen an address of ours shows: the name of its route, without what is on it."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def _entry(request: ActingRequest, unlock: UnlockForm, take: TakeOverForm) -> HttpResponse:
    status = 400 if unlock.is_bound or take.is_bound else 200
    found = {
        "unlock": unlock,
        "take": take,
        "next": where_next(request),
        "failed": take if take.is_bound else unlock,
    }
    return render(request, "accounts/unlock.html", found, status=status)


@allow(signed_in=True, while_locked=True, reason="locking is always allowed")
@require_POST
def lock_now(request: ActingRequest) -> HttpResponse:
    """Lock this screen at once; what may be watched stays in sight."""
    lock.lock(request.session, timezone.now())
    return HttpResponseRedirect(where_next(request))


@allow(signed_in=True, reason="says that someone is still at this screen")
@require_POST
def say_here(request: ActingRequest) -> HttpResponse:
    """Take note that someone is here: the door has moved the clock."""
    return HttpResponse(status=204)


@allow(signed_in=True, reason="shows people their own account")
@require_GET
def show_me(request: ActingRequest) -> HttpResponse:
    """Show who is signed in and what they can change."""
    return render(request, "accounts/me.html")


@allow(public=True, reason="a choice of colours; nothing about anyone")
@require_POST
def choose_display(request: ActingRequest) -> HttpResponse:
    """Remember light or dark for this browser, or follow the device again."""
    answer = HttpResponseRedirect(where_next(request))
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        answer.delete_cookie(THEME_COOKIE, samesite="Lax")
        return answer
    answer.set_cookie(
        THEME_COOKIE, theme, max_age=A_YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return answer
