"""The cookie of one sitting: which answers this browser gave itself, and may therefore show again.

Somebody else who opens the same link goes on at the next open question and sees no answer.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse

NAME = "kairos_sitting"
SALT = "kairos.sitting"
LASTS = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class BrowserSitting:
    """A browser that pressed Start on a link, and the items it answered since."""

    link_id: UUID
    items: tuple[str, ...] = ()

    def with_item(self, item_id: str) -> "BrowserSitting":
        """Return the sitting with one more answered item."""
        return BrowserSitting(self.link_id, tuple(dict.fromkeys((*self.items, item_id))))


def read_sitting(request: HttpRequest, link_id: UUID) -> BrowserSitting | None:
    """Return the sitting of this browser on this link, if it has begun one."""
    value = request.get_signed_cookie(NAME, "", salt=SALT, max_age=int(LASTS.total_seconds()))
    of, _, items = str(value).partition("|")
    if of != str(link_id):
        return None
    return BrowserSitting(link_id, tuple(item for item in items.split(",") if item))


def keep_sitting(request: HttpRequest, response: HttpResponse, sitting: BrowserSitting) -> HttpResponse:
    """Have the browser keep its sitting, for these pages only."""
    response.set_signed_cookie(
        NAME,
        f"{sitting.link_id}|{','.join(sitting.items)}",
        salt=SALT,
        max_age=int(LASTS.total_seconds()),
        path="/l/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response
