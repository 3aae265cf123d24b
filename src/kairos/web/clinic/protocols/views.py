"""See the protocols of a programme; compare a copy that asks more, and put it in force."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from kairos.actions.put_own_protocol import put_own_protocol
from kairos.queries.own_protocols import Compared, compared_with_release, own_protocols
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.protocols.forms import OwnProtocolForm


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)


@allow(Permission.SEE_PROGRAMME)
@require_safe
def show_protocols(request: ActingRequest) -> HttpResponse:
    """Show every protocol in force, and what this programme's copies ask besides."""
    programme, rows = own_protocols(by=_actor(request))
    may_change = _actor(request).may(Permission.SIGN_CONTENT)
    shown = {"programme": programme, "rows": rows, "may_change": may_change}
    return render(request, "clinic/protocols/protocols.html", shown)


@allow(Permission.SIGN_CONTENT)
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_protocol(request: ActingRequest, protocol: str) -> HttpResponse:
    """Compare a copy with its protocol, and put it in force once it was looked at."""
    programme, rows = own_protocols(by=_actor(request))
    row = next((each for each in rows if each.id == protocol), None)
    if row is None:
        raise Http404
    newest = row.newest.version if row.newest else 0
    form = OwnProtocolForm(
        request.POST or None, request=request, initial={"text": row.text, "newest": newest}
    )
    compared = row.compared
    if request.method == "POST" and form.is_valid():
        compared = _compared(request, protocol, form, programme.id)
        if not form.only_looks and not compared.problems and _put(request, protocol, form, programme.id):
            return redirect("protocols")
    shown = {"programme": programme, "row": row, "form": form, "compared": compared}
    status = 400 if form.errors or compared.problems else 200
    return render(request, "clinic/protocols/own_protocol.html", shown, status=status)


def _compared(request: ActingRequest, protocol: str, form: OwnProtocolForm, programme_id: UUID) -> Compared:
    text = form.cleaned_data["text"]
    if not text.strip():
        return Compared()
    return compared_with_release(copies=protocol, text=text, by=_actor(request), programme_id=programme_id)


def _put(request: ActingRequest, protocol: str, form: OwnProtocolForm, programme_id: UUID) -> bool:
    """Put it in force; where that is refused, say why beside the fields."""
    names = ("command_id", "text", "reason", "newest")
    given: dict[str, Any] = {name: form.cleaned_data[name] for name in names}
    who: dict[str, Any] = {"by": _actor(request), "now": timezone.now(), "programme_id": programme_id}
    try:
        put_own_protocol(copies=protocol, **given, **who)
    except InvalidInput as error:
        form.take_problems(error)
        return False
    except NotAllowed:
        form.add_error(None, _("Another copy came in between. Open the page again and look at it."))
        return False
    messages.info(request, _("In force from now on; sessions that run keep what they began with."))
    return True
