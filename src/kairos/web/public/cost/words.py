"""The words of prices: items, amounts, and what is not known."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.evidence.price_list import VISIT, PriceItem

ITEM_WORDS: dict[str, Promise] = {
    PriceItem.EVALUATION: gettext_lazy("First talk and check with the clinic"),
    PriceItem.TESTS: gettext_lazy("Tests before the start"),
    PriceItem.PREPARATION: gettext_lazy("A meeting before a session"),
    PriceItem.INTEGRATION: gettext_lazy("A meeting after a session"),
    PriceItem.FOLLOW_UP: gettext_lazy("A later check"),
    PriceItem.MISSED_VISIT: gettext_lazy("A session you miss"),
}
VISIT_WORDS: dict[str, Promise] = {
    "iv_racemic_clinic": gettext_lazy("One session: a drip in the clinic"),
    "im_racemic_clinic": gettext_lazy("One session: a shot in the clinic"),
    "esketamine_clinic": gettext_lazy("One session: esketamine nose spray in the clinic"),
    "nasal_racemic_clinic": gettext_lazy("One session: ketamine nose spray in the clinic"),
    "sublingual_clinic": gettext_lazy("One session: a lozenge in the clinic"),
    "sublingual_home": gettext_lazy("One session: a lozenge at home"),
    "oral_clinic": gettext_lazy("One session: by mouth in the clinic"),
    "oral_home": gettext_lazy("One session: by mouth at home"),
}


def item_words(item: str) -> str:
    """Return what an item of a price list is called; a protocol without words goes by its own name."""
    if item in ITEM_WORDS:
        return str(ITEM_WORDS[item])
    protocol = item.removeprefix(VISIT)
    known = VISIT_WORDS.get(protocol)
    return str(known) if known else _("One session: %(way)s") % {"way": protocol.replace("_", " ")}


def money(amount: Decimal | None, currency: str = "") -> str:
    """Return an exact amount in the reader's numbers, with its currency; or that it is not known."""
    if amount is None:
        return _("not known")
    is_whole = amount == amount.to_integral_value()
    shown = number_format(amount, decimal_pos=0 if is_whole else 2, use_l10n=True, force_grouping=True)
    return f"{shown} {currency}".strip()
