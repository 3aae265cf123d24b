"""The preparation of a session as patient and team see it: lists of items with how each stands."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kairos.domain.evidence.texts import Audience
from kairos.domain.integration.checklist import Answer, Group, ItemStanding
from kairos.queries.preparation import SessionPreparation
from kairos.vocab.verdict import Verdict
from kairos.web.forms import CommandForm
from kairos.web.therapy_words import said

GROUPS: dict[Group, Promise] = {
    Group.LOGISTICS: gettext_lazy("The way there and home"),
    Group.HOME: gettext_lazy("Your home"),
    Group.SET: gettext_lazy("Yourself"),
    Group.SETTING: gettext_lazy("The place"),
}
ANSWERS: dict[Answer, Promise] = {
    Answer.READY: gettext_lazy("Ready"),
    Answer.NOT_READY: gettext_lazy("Not ready yet"),
    Answer.NOT_NEEDED: gettext_lazy("I do not need it"),
}
LOOKS = {Verdict.MET: "done", Verdict.NOT_MET: "caution", Verdict.UNKNOWN: "plain"}
STANDS = {
    Verdict.MET: gettext_lazy("Ready"),
    Verdict.NOT_MET: gettext_lazy("Not ready"),
    Verdict.UNKNOWN: gettext_lazy("Nobody said"),
}


class ReadyForm(CommandForm):
    """An answer for each item of a session; what is left open stays unknown."""

    def __init__(self, *args: Any, page: SessionPreparation, audience: Audience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        for each in page.items:
            name = each.item.id
            self.fields[name] = forms.ChoiceField(
                label=item_words(each, audience),
                choices=list(ANSWERS.items()),
                widget=forms.RadioSelect,
                required=False,
                initial=each.said.answer.value if each.said and each.verdict is not Verdict.UNKNOWN else None,
            )
            if each.item.has_words:
                self.fields[f"{name}_words"] = forms.CharField(
                    label=gettext_lazy("Who or how"),
                    required=False,
                    initial=each.said.words if each.said else "",
                )

    @property
    def lists(self) -> list[tuple[Promise, list[tuple[forms.BoundField, forms.BoundField | None]]]]:
        """The fields by list, each with the one for its words."""
        found = []
        for group, heading in GROUPS.items():
            rows = [self._row(each) for each in self.page.items if each.item.group is group]
            if rows:
                found.append((heading, rows))
        return found

    def given(self) -> dict[str, Any]:
        """Return what the action is given: only what was answered."""
        told = self.cleaned_data
        names = [each.item.id for each in self.page.items]
        return {
            "command_id": told["command_id"],
            "answers": {name: Answer(told[name]) for name in names if told[name]},
            "words": {name: told.get(f"{name}_words", "") for name in names},
        }

    def _row(self, each: ItemStanding) -> tuple[forms.BoundField, forms.BoundField | None]:
        words = f"{each.item.id}_words"
        return self[each.item.id], self[words] if words in self.fields else None


def item_words(each: ItemStanding, audience: Audience = Audience.CLINICIAN) -> str:
    """Return what an item is called."""
    return said(f"preparation.item.{each.item.id}", audience)


def shown_items(page: SessionPreparation, audience: Audience = Audience.CLINICIAN) -> list[dict[str, Any]]:
    """Return the items by list, each with its state."""
    return [
        {
            "heading": heading,
            "rows": [
                {
                    "words": item_words(each, audience),
                    "look": LOOKS[each.verdict],
                    "state": STANDS[each.verdict],
                    "is_gate": each.item.is_gate,
                    "said": each.said.words if each.said and each.verdict is not Verdict.UNKNOWN else "",
                }
                for each in page.items
                if each.item.group is group
            ],
        }
        for group, heading in GROUPS.items()
    ]
