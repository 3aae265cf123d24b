"""In which language a page speaks: the person's own choice, else this browser's, else what it asks for.

Pages for staff are in English for now; pages for patients, support persons and strangers are in every
language of ``LANGUAGES``.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request

from kairos.content.languages import in_language
from kairos.content.release import ContentRelease, load_release

FOR_STAFF = ("kairos.web.clinic.", "kairos.web.cds_hooks.", "kairos.web.devices.", "kairos.web.design.")


def read_in(release: ContentRelease) -> ContentRelease:
    """Return a release in the words of the language that this page speaks."""
    return in_language(release, get_language())


def spoken_release() -> ContentRelease:
    """Return the release that ships, in the words of the language that this page speaks."""
    return read_in(load_release())


class LanguageMiddleware:
    """Speaks the language of the person for the length of a request; English on the pages for staff."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_for(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
        patch_vary_headers(response, ("Accept-Language",))
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Speak English where the page is one for staff."""
        if view.__module__.startswith(FOR_STAFF):
            translation.activate(settings.LANGUAGE_CODE)
        return None


def language_for(request: HttpRequest) -> str:
    """Return the language to speak: the account's, else this browser's choice, else what it asks for."""
    known = dict(settings.LANGUAGES)
    own = getattr(request.user, "language", "")
    return own if own in known else get_language_from_request(request)
