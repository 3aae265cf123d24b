"""See the price lists of one's programmes; put a new version in force from a day on."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kairos.actions.publish_prices import publish_prices
from kairos.content.release import load_release
from kairos.queries.prices import price_lists
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.prices.forms import PriceListForm, initial_of
from kairos.web.public.cost.shown import prices_page


@allow(Permission.SEE_PROGRAMME)
@require_safe
def show_own_prices(request: ActingRequest) -> HttpResponse:
    """Show every version of the reader's programmes, and where to put a new one in force."""
    by = cast(Actor, request.actor)
    shown = prices_page(price_lists(by=by), timezone.localdate())
    return render(
        request, "clinic/prices/prices.html", shown | {"may_change": by.may(Permission.KEEP_READINESS)}
    )


@allow(Permission.KEEP_READINESS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_prices(request: ActingRequest, programme_id: UUID) -> HttpResponse:
    """Put a new version in force; the form begins with the newest one."""
    lists = price_lists(by=cast(Actor, request.actor))
    found = next((each for each in lists if each.programme_id == programme_id), None)
    if found is None:
        raise Http404
    newest = found.lists[0] if found.lists else None
    form = PriceListForm(
        request.POST or None, protocols=load_release().protocols, initial=initial_of(newest, found.newest)
    )
    if request.method == "POST" and form.is_valid() and _publish(request, programme_id, form):
        return redirect("own_prices")
    status = 400 if form.errors else 200
    return render(request, "clinic/prices/change.html", {"form": form, "programme": found}, status=status)


def _publish(request: ActingRequest, programme_id: UUID, form: PriceListForm) -> bool:
    """Put it in force; where that is refused, say why beside the fields."""
    try:
        publish_prices(
            programme_id=programme_id,
            prices=form.given(),
            newest=form.cleaned_data["newest"],
            command_id=form.cleaned_data["command_id"],
            by=cast(Actor, request.actor),
            now=timezone.now(),
        )
    except InvalidInput as error:
        form.take_problems(error)
        return False
    except NotAllowed:
        form.add_error(None, _("Another price list came in between. Open the page again and look at it."))
        return False
    messages.info(request, _("The new price list is public. Earlier ones stay to be read."))
    return True
