"""The routes of the page, in its order and in plain words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

ROUTES: dict[str, Promise] = {
    "iv": gettext_lazy("Into a vein"),
    "im": gettext_lazy("Into a muscle"),
    "nasal": gettext_lazy("Nose"),
    "sl": gettext_lazy("Under the tongue"),
    "oral": gettext_lazy("Swallowed"),
    "rectal": gettext_lazy("Rectum"),
}
