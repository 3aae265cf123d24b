"""PD rows of the clinical specification, on the affinities that the content holds."""

import pytest

from kairos.content.release import load_release
from kairos.domain.pharmacology.occupancy import occupancy


def _percent(analyte, ng_ml, unbound):
    release = load_release()
    part = occupancy({analyte: ng_ml}, release.receptors["nmda"], release.substances, unbound=unbound)
    return 100 * float(part)


@pytest.mark.parametrize(("unbound", "percent"), [(1, 61.2), (0.55, 46.4)])
def test_pd_01_racemate_at_the_level_of_the_antidepressant_infusion(unbound, percent):
    """At 185 ng/mL of the racemate, all of it counted or the unbound part alone."""
    assert _percent("ketamine", 185, unbound) == pytest.approx(percent, abs=0.2)


@pytest.mark.parametrize(("unbound", "percent"), [(1, 58.6), (0.56, 44.2)])
def test_pd_02_esketamine_at_the_peak_of_84_mg_by_nose(unbound, percent):
    """At 101 ng/mL of esketamine, all of it counted or the unbound part alone."""
    assert _percent("esketamine", 101, unbound) == pytest.approx(percent, abs=0.2)
