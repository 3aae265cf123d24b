"""What the entries of a register are called."""

from django.utils.translation import gettext_lazy as _

from kairos.domain.stock.ledger import EntryKind
from kairos.web.clinic.stock.forms import REASON_WORDS, WASTE_WORDS

KIND_WORDS = {
    EntryKind.RECEIVED.value: _("Received"),
    EntryKind.DISPENSED.value: _("Taken out for a dose"),
    EntryKind.ADMINISTERED.value: _("Given"),
    EntryKind.WASTED.value: _("Destroyed"),
    EntryKind.RETURNED.value: _("Put back unopened"),
    EntryKind.SENT_BACK.value: _("Sent back"),
    EntryKind.ADJUSTED.value: _("Book brought to the count"),
    EntryKind.REVERSED.value: _("Correction"),
}
WASTE_REASONS = dict(WASTE_WORDS) | {reason.value: words for reason, words in REASON_WORDS}
