"""The form of a price list: an amount, what is in it and its code for each thing the programme gives."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from kairos.domain.evidence.price_list import VISIT, PriceItem, PriceLine, PriceList, Provider
from kairos.web.clinic.courses.forms import DATE
from kairos.web.forms import CommandForm
from kairos.web.public.cost.words import item_words

_DIGITS, _PLACES = 11, 2


class PriceListForm(CommandForm):
    """Who asks, in which money, from which day; three fields for each item, all of which may stay empty."""

    newest = forms.IntegerField(widget=forms.HiddenInput)
    from_day = forms.DateField(label=_("From which day it holds"), widget=DATE)
    currency = forms.CharField(label=_("Money, as three letters"), min_length=3, max_length=3)
    name = forms.CharField(label=_("Who asks the money, as on a bill"), max_length=200, required=False)
    address = forms.CharField(label=_("Address, with the state"), max_length=300, required=False)
    national_number = forms.CharField(
        label=_("National provider number (NPI)"), max_length=20, required=False
    )
    tax_number = forms.CharField(label=_("Tax number (TIN)"), max_length=20, required=False)

    def __init__(self, *args: Any, protocols: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = [*(item.value for item in PriceItem), *(VISIT + protocol for protocol in protocols)]
        for item in self.items:
            self.fields[item] = forms.DecimalField(
                label=_("Price"), required=False, min_value=0, max_digits=_DIGITS, decimal_places=_PLACES
            )
            self.fields[f"{item}.includes"] = forms.CharField(
                label=_("What is in it"), required=False, max_length=200
            )
            self.fields[f"{item}.code"] = forms.CharField(
                label=_("Code on the bill"), required=False, max_length=20
            )

    @property
    def rows(self) -> Iterator[tuple[str, BoundField, BoundField, BoundField]]:
        """The words of each item with its three fields."""
        for item in self.items:
            yield item_words(item), self[item], self[f"{item}.includes"], self[f"{item}.code"]

    def given(self) -> PriceList:
        """Return the list that was filled in; an empty price is not on it."""
        told = self.cleaned_data
        lines = tuple(
            PriceLine(item, told[item], told[f"{item}.code"].strip(), told[f"{item}.includes"].strip())
            for item in self.items
            if told[item] is not None
        )
        names = ("name", "address", "national_number", "tax_number")
        provider = Provider(**{name: told[name].strip() for name in names})
        return PriceList(told["currency"].upper(), told["from_day"], lines, provider)


def initial_of(prices: PriceList | None, newest: int) -> dict[str, Any]:
    """Return what the form begins with: the newest list, without its day."""
    if prices is None:
        return {"newest": newest}
    provider = prices.provider
    found = {
        "newest": newest,
        "currency": prices.currency,
        "name": provider.name,
        "address": provider.address,
        "national_number": provider.national_number,
        "tax_number": provider.tax_number,
    }
    for line in prices.lines:
        found |= {
            line.item: line.amount,
            f"{line.item}.includes": line.includes,
            f"{line.item}.code": line.code,
        }
    return found
