"""Forms of the sign-off: the values of one chapter, and the signature."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.evidence.review import ParameterDecision, ReleaseReview, ReviewItem
from kairos.vocab.errors import InvalidInput
from kairos.web.accounts.forms import OwnProofForm
from kairos.web.clinic.words import unit_words
from kairos.web.forms import CommandForm


class ChapterForm(CommandForm):
    """The values of one chapter: which were looked at, and which the programme sets itself."""

    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, review: ReleaseReview, items: Iterable[ReviewItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review = review
        self.items = {item.id: item for item in items}
        for item in self.items.values():
            self._add(item)

    def _add(self, item: ReviewItem) -> None:
        if item.wants_decision and item.id not in self.review.decided:
            self.fields[f"{item.id}.seen"] = forms.BooleanField(
                label=gettext_lazy("I have looked at this value"), required=False
            )
        if item.offered.range is None:
            return
        wished, decided = self.review.wished(item), self.review.decided.get(item.id)
        self.fields[item.id] = forms.FloatField(
            label=_("Our own value, %(low)s to %(high)s") % _ends(item),
            required=False,
            initial=None if wished is None else f"{wished.value:g}",
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )
        self.fields[f"{item.id}.reason"] = forms.CharField(
            label=_("Why this programme differs"),
            required=False,
            max_length=500,
            initial=decided.reason if decided else "",
            widget=forms.TextInput(),
        )

    def rows(self) -> "Iterator[tuple[ReviewItem, BoundField | None, BoundField | None, BoundField | None]]":
        """Yield each value with its fields: looked at, own value, reason."""
        for name, item in self.items.items():
            names = (f"{name}.seen", name, f"{name}.reason")
            seen, own, reason = (self[each] if each in self.fields else None for each in names)
            yield item, seen, own, reason

    def decisions(self) -> tuple[ParameterDecision, ...]:
        """Return what was decided here and is not kept yet."""
        found = (self._decision(item) for item in self.items.values())
        return tuple(each for each in found if each is not None)

    def _decision(self, item: ReviewItem) -> ParameterDecision | None:
        given = self.cleaned_data
        value, reason = given.get(item.id), given.get(f"{item.id}.reason", "")
        kept, wished = self.review.decided.get(item.id), self.review.wished(item)
        is_same = value == (None if wished is None else wished.value)
        is_same = is_same and (value is None or reason == (kept.reason if kept else ""))
        if is_same and not given.get(f"{item.id}.seen"):
            return None
        return ParameterDecision(item.id, value, reason if value is not None else "")

    def take_problems(self, error: InvalidInput) -> None:
        """Show each problem beside its value, and keep what was typed."""
        super().take_problems(error)


class SignForm(OwnProofForm, CommandForm):
    """The signature: what was on the screen, and the proof of who signs."""

    seen = forms.CharField(widget=forms.HiddenInput)


def _ends(item: ReviewItem) -> dict[str, str]:
    ends, unit = item.offered.range, unit_words(item.offered.quantity.unit)
    assert ends is not None
    return {"low": f"{ends.low:g}", "high": f"{ends.high:g} {unit}".strip()}
