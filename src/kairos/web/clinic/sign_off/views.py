"""Review a release, set the programme's own values, see for whom it changes something, and sign."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.review_parameters import review_parameters
from kairos.actions.sign_content import sign_content
from kairos.queries.sign_off import SignOffPage, sign_off
from kairos.queries.what_changes import what_changes
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sign_off.forms import ChapterForm, SignForm
from kairos.web.clinic.sign_off.shown import chapter_of, chapter_shown, page_shown, whom_shown


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)


def _programme(request: ActingRequest) -> UUID | None:
    """Return the programme the address names, where it names one."""
    try:
        return UUID(request.GET.get("programme", ""))
    except ValueError:
        return None


def _page(request: ActingRequest) -> SignOffPage:
    return sign_off(by=_actor(request), now=timezone.now(), programme_id=_programme(request))


def _address(page: SignOffPage) -> str:
    return f"{reverse('sign_off')}?programme={page.programme.id}"


@allow(Permission.SEE_PROGRAMME)
@require_GET
def show_sign_off(request: ActingRequest) -> HttpResponse:
    """Show what is in force, what is on offer, and what is left before it can be signed."""
    page = _page(request)
    form = SignForm(request=request, initial={"seen": page.review.fingerprint})
    return render(request, "clinic/sign_off/sign_off.html", page_shown(page, form, _actor(request)))


@allow(Permission.SIGN_CONTENT)
@require_http_methods(["GET", "POST"])
def show_chapter(request: ActingRequest, chapter: str) -> HttpResponse:
    """Show the values of one chapter, and keep what is decided about them."""
    page = _page(request)
    items = [item for item in page.review.items if chapter_of(item) == chapter]
    if not items:
        raise Http404
    initial = {"version": page.offered.version}
    form = ChapterForm(request.POST or None, review=page.review, items=items, initial=initial)
    if request.method == "POST" and form.is_valid() and _keep(request, page, form):
        return HttpResponseRedirect(_address(page))
    shown = chapter_shown(page, chapter, form)
    return render(request, "clinic/sign_off/chapter.html", shown, status=400 if form.errors else 200)


def _keep(request: ActingRequest, page: SignOffPage, form: ChapterForm) -> bool:
    """Keep the decisions of a form; where that is refused, say why beside the values."""
    given = {name: form.cleaned_data[name] for name in ("command_id", "version")}
    who: dict[str, Any] = {"by": _actor(request), "now": timezone.now(), "programme_id": page.programme.id}
    try:
        left = review_parameters(decisions=form.decisions(), **given, **who)
    except InvalidInput as error:
        form.take_problems(error)
        return False
    except NotAllowed:
        form.add_error(None, _("A newer release is on offer by now. Open the page again."))
        return False
    kept = ngettext("Kept. One value is left.", "Kept. %(left)s values are left.", left) % {"left": left}
    messages.info(request, kept if left else _("Kept. Every value is looked at."))
    return True


@allow(Permission.SIGN_CONTENT)
@require_GET
def show_whom(request: ActingRequest) -> HttpResponse:
    """Show for whom a signature would change something; a part of the people at once."""
    start = request.GET.get("start", "")
    part = int(start) if start.isdecimal() else 0
    found = what_changes(by=_actor(request), now=timezone.now(), programme_id=_programme(request), start=part)
    shown = whom_shown(found) | {"programme": request.GET.get("programme", "")}
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, f"clinic/sign_off/{'_whom' if is_part else 'whom'}.html", shown)


@allow(Permission.SIGN_CONTENT)
@sensitive_post_parameters()
@never_cache
@require_POST
def sign(request: ActingRequest) -> HttpResponse:
    """Sign, or show what still stands before it."""
    page = _page(request)
    form = SignForm(request.POST, request=request)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("command_id", "seen")}
        who: dict[str, Any] = {
            "by": _actor(request),
            "now": timezone.now(),
            "programme_id": page.programme.id,
        }
        try:
            sign_content(**given, **who)
            messages.info(
                request, _("Signed. It is in force from now on; running sessions keep what they began with.")
            )
            return redirect(_address(page))
        except NotAllowed:
            form.add_error(
                None, _("This is not ready to sign, or it has changed. See what is left, then sign.")
            )
    shown = page_shown(page, form, _actor(request))
    return render(request, "clinic/sign_off/sign_off.html", shown, status=400)
