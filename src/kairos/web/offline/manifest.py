"""What a phone is told when somebody puts these pages on its home screen.

Whoever takes up the phone reads the name: it says nothing of a medicine, an illness, a clinic or of Kairos.
"""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from kairos.web.access import allow

GROUND = "#F1F0EC"
"""The colour behind the pages while they open; the first one of tokens.css."""
_ICONS = (
    ("icons/day-192.png", "192x192", "image/png", "any"),
    ("icons/day-512.png", "512x512", "image/png", "any"),
    ("icons/day-whole-512.png", "512x512", "image/png", "maskable"),
)


@allow(public=True, reason="the name and the icons of the pages on a home screen; nothing about anyone")
@cache_control(max_age=3600)
@require_GET
def show_manifest(request: HttpRequest) -> JsonResponse:
    """Return the web app manifest."""
    icons = [
        {"src": static(name), "sizes": size, "type": kind, "purpose": purpose}
        for name, size, kind, purpose in _ICONS
    ]
    told = {
        "id": "/",
        "name": _("My day"),
        "short_name": _("My day"),
        "lang": get_language(),
        "start_url": reverse("portal_today"),
        "scope": "/",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")
