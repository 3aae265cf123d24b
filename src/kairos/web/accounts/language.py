"""The switch of languages: a choice for this browser, and for one's own account."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kairos.actions.choose_language import choose_language
from kairos.web.access import ActingRequest, allow
from kairos.web.accounts.entry import A_YEAR_S, where_next
from kairos.web.forms import new_id


@allow(public=True, reason="a choice of language, kept in this browser and in one's own account")
@require_POST
def switch_language(request: ActingRequest) -> HttpResponse:
    """Remember the language for this browser, and for the person who is signed in."""
    answer, code = HttpResponseRedirect(where_next(request)), request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        return answer
    if request.actor is not None:
        choose_language(language=code, command_id=new_id(), by=request.actor, now=timezone.now())
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR_S,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return answer
