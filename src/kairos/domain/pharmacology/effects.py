"""Concentrations at which studies saw an effect: what was measured beside what, never a target."""

from collections.abc import Iterable
from dataclasses import dataclass

from kairos.domain.evidence.citations import Certainty


@dataclass(frozen=True, slots=True)
class EffectRange:
    """Concentrations of one analyte at which a study saw one effect.

    Parameters
    ----------
    name : str               "dissociation", "antidepressant", ...
    analyte : str            "ketamine", "esketamine"
    low_ng_ml, high_ng_ml    ng/mL; equal where one value is reported
    blood : str              "venous", "arterial" or "not said"
    text : str               id of the sentence about it
    """

    name: str
    analyte: str
    low_ng_ml: float
    high_ng_ml: float
    blood: str
    text: str
    certainty: Certainty
    sources: tuple[str, ...]


def ranges_around(ng_ml: float, ranges: Iterable[EffectRange], *, analyte: str) -> tuple[EffectRange, ...]:
    """Return the ranges of an analyte that a concentration lies in, the ends included.

    Parameters
    ----------
    ng_ml : float      ng/mL in plasma
    """
    return tuple(
        each for each in ranges if each.analyte == analyte and each.low_ng_ml <= ng_ml <= each.high_ng_ml
    )
