"""What patients and strangers read goes over the line compressed: a phone may have little of it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

READ_ON_PHONES = ("kairos.web.portal.", "kairos.web.public.", "allauth.")


class PhonePagesMiddleware(GZipMiddleware):
    """Compress the pages of patients and strangers, padded by chance, so that their length tells nothing."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the answer where its page is one of theirs."""
        match = request.resolver_match
        if match is None or not match.func.__module__.startswith(READ_ON_PHONES):
            return response
        return super().process_response(request, response)
