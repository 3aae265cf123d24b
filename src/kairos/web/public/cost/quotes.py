"""Two quotes side by side: the form, and what each comes to over the whole course."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kairos.domain.evidence.quotes import Offered, OfferedItem, Quote, QuoteItem, total_over
from kairos.web.public.cost.words import money

SPANS = (
    (0, _("The first weeks")),
    (12, _("With one year of going on")),
    (36, _("With three years of going on")),
)
QUOTE_WORDS: dict[QuoteItem, Any] = {
    QuoteItem.EVALUATION: _("First talk and check"),
    QuoteItem.TESTS: _("Tests before the start"),
    QuoteItem.MEDICINE: _("The medicine, each session"),
    QuoteItem.WATCHING: _("Someone who watches, each session"),
    QuoteItem.PREPARATION: _("A meeting before each session"),
    QuoteItem.INTEGRATION: _("A meeting after each session"),
    QuoteItem.CALLS: _("Calls and questions between sessions"),
    QuoteItem.TRAVEL: _("Your way there and back, each session"),
}
OFFERED_WORDS: dict[Offered, Any] = {
    Offered.UNKNOWN: _("Not told"),
    Offered.INCLUDED: _("In the price"),
    Offered.EXTRA: _("On top"),
    Offered.EXCLUDED: _("Not offered"),
}
_MOST = Decimal(1_000_000)


def _number(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=_MOST, max_digits=9, decimal_places=2
    )


class QuoteForm(forms.Form):
    """What one provider offers; every field may stay empty, and empty is not told."""

    use_required_attribute = False
    name = forms.CharField(label=_("Who"), max_length=80, required=False)
    price = _number(_("Price of one session"))
    visits = forms.IntegerField(
        label=_("Sessions in the first weeks"), required=False, min_value=0, max_value=1000
    )
    later_a_month = _number(_("Sessions a month after that"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item, word in QUOTE_WORDS.items():
            self.fields[item.value] = forms.TypedChoiceField(
                label=word,
                coerce=Offered,
                choices=OFFERED_WORDS.items(),
                required=False,
                empty_value=Offered.UNKNOWN,
            )
            self.fields[f"{item.value}_extra"] = _number(_("What it costs on top"))

    def quote(self, otherwise: str) -> Quote:
        """Return what was filled in; a quote without a name goes by its place."""
        told = self.cleaned_data
        items = {item: OfferedItem(told[item.value], told[f"{item.value}_extra"]) for item in QuoteItem}
        named = told["name"].strip() or otherwise
        return Quote(named, told["price"], told["visits"], told["later_a_month"], items)


def quotes_page(given: QueryDict) -> dict[str, Any]:
    """Return both forms, and the comparison once they are filled in."""
    bound = given if given.get("compare") else None
    filled = [QuoteForm(bound, prefix=prefix) for prefix in ("a", "b")]
    names = (_("First offer"), _("Second offer"))
    shown: dict[str, Any] = {"forms": list(zip(names, filled, strict=True)), "filled": filled}
    if bound is None or not all(form.is_valid() for form in filled):
        return shown
    return shown | compared([f.quote(str(name)) for f, name in zip(filled, names, strict=True)])


def compared(quotes: list[Quote]) -> dict[str, Any]:
    """Return the rows of the comparison, and what each quote comes to over each span."""
    rows = [
        {"word": word, "cells": [_cell(quote.item(item)) for quote in quotes]}
        for item, word in QUOTE_WORDS.items()
    ]
    totals = [
        {"word": word, "cells": [total_over(quote, months) for quote in quotes]} for months, word in SPANS
    ]
    priced = [money(quote.price) for quote in quotes]
    return {"names": [quote.name for quote in quotes], "prices": priced, "rows": rows, "totals": totals}


def _cell(told: OfferedItem) -> dict[str, Any]:
    is_extra = told.offered is Offered.EXTRA
    return {"word": OFFERED_WORDS[told.offered], "extra": money(told.extra) if is_extra else ""}
