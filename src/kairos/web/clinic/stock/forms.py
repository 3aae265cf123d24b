"""Forms of controlled stock. A second person proves who they are in the same form, by their own password."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.content.release import load_release
from kairos.domain.stock.amounts import NOTHING
from kairos.domain.stock.counts import Counted, DiscrepancyReason
from kairos.domain.stock.delivery import Delivery
from kairos.domain.stock.dose_source import Keeping, Lot
from kairos.web.accounts.forms import PASSWORD, ProofForm
from kairos.web.clinic.courses.forms import DATE, SentenceForm
from kairos.web.clinic.stock.stock_amounts import mg

WASTE_WORDS = (
    ("expired", gettext_lazy("Past its date")),
    ("broken", gettext_lazy("Broken or spilled")),
    ("contaminated", gettext_lazy("Not clean, or opened and not used")),
    ("other", gettext_lazy("Another reason")),
)
KEEPING_WORDS = (
    (Keeping.HERE, gettext_lazy("Here: every dose is drawn from a lot in this ledger")),
    (Keeping.ELSEWHERE, gettext_lazy("At a pharmacy: every dose carries the reference of its label")),
)
REASON_WORDS = (
    (DiscrepancyReason.MISCOUNTED, gettext_lazy("The count was wrong; the book stays")),
    (DiscrepancyReason.NOT_RECORDED, gettext_lazy("An entry was missing; it is entered now")),
    (DiscrepancyReason.RECORDED_WRONGLY, gettext_lazy("An entry was wrong; it is corrected now")),
    (
        DiscrepancyReason.SPILLED_OR_BROKEN,
        gettext_lazy("Spilled or broken unseen; the book follows the count"),
    ),
    (
        DiscrepancyReason.OVERFILL,
        gettext_lazy("The containers held more or less; the book follows the count"),
    ),
    (DiscrepancyReason.LOST_OR_STOLEN, gettext_lazy("Lost or stolen; the book follows the count")),
    (DiscrepancyReason.NOT_EXPLAINED, gettext_lazy("Not explained; the book follows the count")),
)
MOMENT_WORDS = (
    ("opening", gettext_lazy("Opening of business")),
    ("close", gettext_lazy("Close of business")),
)


def _mg_field(label: Any, **more: Any) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    words = dict.fromkeys(
        ("invalid", "max_digits", "max_decimal_places", "max_whole_digits"),
        gettext_lazy("Enter an amount in mg like 16 or 16.125, with at most three digits after the point"),
    )
    return forms.DecimalField(
        label=label, max_digits=12, decimal_places=3, widget=widget, error_messages=words, **more
    )


def _whole(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=0, widget=widget, **more)


class KeepingForm(SentenceForm):
    """Where the programme keeps its controlled stock."""

    kept = forms.TypedChoiceField(
        label=gettext_lazy("Where is it kept?"),
        coerce=Keeping,
        choices=KEEPING_WORDS,
        widget=forms.RadioSelect,
    )
    pharmacy = forms.CharField(
        label=gettext_lazy("Name of the pharmacy, where one keeps it"), required=False, max_length=200
    )


class ReceiveForm(SentenceForm):
    """A delivery of one lot."""

    site_id = forms.TypedChoiceField(label=gettext_lazy("Site"), coerce=UUID)
    product = forms.ChoiceField(label=gettext_lazy("Medicine"))
    name = forms.CharField(label=gettext_lazy("As the label says it"), max_length=200)
    lot_number = forms.CharField(label=gettext_lazy("Lot number"), max_length=100)
    expires_on = forms.DateField(label=gettext_lazy("Use until"), widget=DATE)
    container_mg = _mg_field(gettext_lazy("In one container"))
    is_multidose = forms.BooleanField(
        label=gettext_lazy("One container serves several doses"), required=False
    )
    containers = _whole(gettext_lazy("How many containers came"))
    reference = forms.CharField(label=gettext_lazy("Invoice or order form"), max_length=200)

    def __init__(
        self, *args: Any, products: Iterable[str], sites: Iterable[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site_id"].choices = [(str(key), name) for key, name in sites]  # type: ignore[attr-defined]
        texts = load_release().texts
        named = [(each, texts.template(f"product.{each}")) for each in products]
        self.fields["product"].choices = named  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Return the delivery."""
        told = dict(self.cleaned_data)
        ids = {name: told.pop(name) for name in ("command_id", "site_id")}
        return ids | {"delivery": Delivery(**told)}


class WitnessForm(ProofForm, SentenceForm):
    """What a second person sees and signs with their own password."""

    username = forms.CharField(
        label=gettext_lazy("Witness: user name"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Witness: password"), widget=PASSWORD, strip=False, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Check the proof of the witness, second factor included."""
        given = super().clean() or {}
        if given.get("username") and given.get("password"):
            self.user = self.prove(
                given["username"], given["password"], given.get("code", ""), wants_code=True
            )
        elif self.wants_witness():
            self.add_error("username", _("A second person sees it and signs here with their own password."))
        return given

    def wants_witness(self) -> bool:
        """Whether a second person has to sign."""
        return True

    @property
    def witness_id(self) -> UUID | None:
        """The witness, once proved."""
        return self.user.pk if self.user is not None else None

    @property
    def proof(self) -> list[forms.BoundField]:
        """The fields of the witness."""
        return [self[name] for name in ("username", "password", "code")]


class AccountForm(WitnessForm):
    """What became of what is out for a dose; what was given stands in the chart."""

    wasted_mg = _mg_field(gettext_lazy("Destroyed"))
    returned_mg = _mg_field(gettext_lazy("Put back unopened"))

    def wants_witness(self) -> bool:
        """Only where something is destroyed."""
        return bool(self.cleaned_data.get("wasted_mg"))

    def given(self) -> dict[str, Any]:
        """Return what the action is given."""
        told = self.cleaned_data
        names = ("command_id", "wasted_mg", "returned_mg")
        return {name: told[name] for name in names} | {"witness_id": self.witness_id}


class WasteForm(WitnessForm):
    """Stock destroyed out of the cabinet."""

    amount_mg = _mg_field(gettext_lazy("Destroyed"))
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=WASTE_WORDS, widget=forms.RadioSelect)

    def given(self) -> dict[str, Any]:
        """Return what the action is given."""
        told = self.cleaned_data
        names = ("command_id", "amount_mg", "reason")
        return {name: told[name] for name in names} | {"witness_id": self.witness_id}


class SendBackForm(SentenceForm):
    """Stock that leaves for the supplier."""

    amount_mg = _mg_field(gettext_lazy("How much goes"))
    reference = forms.CharField(label=gettext_lazy("To whom, and under which paper"), max_length=200)


class CorrectForm(SentenceForm):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("What was wrong with the entry?"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
    )


class ReviewForm(SentenceForm):
    """What was found behind a difference."""

    reason = forms.TypedChoiceField(
        label=gettext_lazy("What was behind it?"),
        coerce=DiscrepancyReason,
        choices=REASON_WORDS,
        widget=forms.RadioSelect,
    )
    account = forms.CharField(
        label=gettext_lazy("What you looked at and found, without a patient's name"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


class CountForm(SentenceForm):
    """What lies in the cabinet, lot by lot. It knows nothing of the book."""

    def __init__(self, *args: Any, lots: Iterable[Lot], with_moment: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lots = tuple(lots)
        if with_moment:
            self.fields["at_moment"] = forms.ChoiceField(
                label=_("Taken at"), choices=MOMENT_WORDS, widget=forms.RadioSelect
            )
        for lot in self.lots:
            said = {"lot": lot.lot_number, "mg": mg(lot.container_mg)}
            self.fields[f"{lot.id}.closed"] = _whole(
                _("Lot %(lot)s: closed containers of %(mg)s mg") % said, required=with_moment
            )
            self.fields[f"{lot.id}.opened"] = _mg_field(
                _("Lot %(lot)s: in opened containers") % said, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a count of nothing."""
        given = super().clean() or {}
        if not self.errors and all(given.get(f"{lot.id}.closed") is None for lot in self.lots):
            self.add_error(None, _("Nothing is counted yet. Enter how many closed containers there are."))
        return given

    def rows(self) -> list[tuple[Lot, forms.BoundField, forms.BoundField]]:
        """Return each lot with its two fields."""
        return [(lot, self[f"{lot.id}.closed"], self[f"{lot.id}.opened"]) for lot in self.lots]

    def counted(self) -> tuple[Counted, ...]:
        """Return what was counted; a lot left empty was not counted."""
        told = self.cleaned_data
        return tuple(
            Counted(lot.id, told[f"{lot.id}.closed"], told[f"{lot.id}.opened"] or NOTHING)
            for lot in self.lots
            if told.get(f"{lot.id}.closed") is not None
        )
