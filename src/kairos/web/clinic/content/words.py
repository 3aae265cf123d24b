"""What marks and weights mean, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kairos.domain.evidence.citations import Basis, Certainty
from kairos.vocab.verdict import Severity

CERTAINTY_WORDS: dict[str, Promise] = {
    Certainty.VERIFIED: _("Read in this source"),
    Certainty.SECONDARY: _("Read where this source is quoted"),
    Certainty.MEMORY: _("From memory, not read again"),
    Certainty.DEFAULT: _("Our own proposal, no authority"),
}
BASIS_WORDS: dict[str, Promise] = {
    Basis.LABEL: _("Label"),
    Basis.TRIAL: _("Trial"),
    Basis.GUIDELINE: _("Guideline"),
    Basis.CONSENSUS: _("Consensus"),
    Basis.DEFAULT: _("Our own proposal"),
}
SEVERITY_WORDS: dict[str, Promise] = {
    Severity.ABSOLUTE: _("Excludes"),
    Severity.RELATIVE: _("Needs a reason"),
    Severity.DEFER: _("Not yet"),
    Severity.CAUTION: _("Caution"),
}
SEVERITY_LEVELS: dict[str, str] = {
    Severity.ABSOLUTE: "emergency",
    Severity.RELATIVE: "caution",
    Severity.DEFER: "urgent",
    Severity.CAUTION: "info",
}
NOT_READ = frozenset({Certainty.MEMORY, Certainty.DEFAULT})
"""Marks that are drawn dashed: nobody read an authority for this."""
