"""A dose whose exposure lies outside what studies speak of is flagged, whatever its route."""

from datetime import date

import pytest

from kairos.content.release import load_release
from kairos.domain.pharmacology.dose_band import Place, place_in_band

DAY = date(2026, 11, 22)


def _placed(mg_per_kg, route):
    release = load_release()
    arrives = release.absorption["ketamine"].routes[route].bioavailability
    lowest, highest = (
        release.parameters.quantity(f"exposure.published_{end}_per_kg", on=DAY).value
        for end in ("lowest", "highest")
    )
    return place_in_band(
        mg_per_kg,
        arrives=arrives.typical,
        arrives_low=arrives.low,
        arrives_high=arrives.high,
        lowest_per_kg=lowest,
        highest_per_kg=highest,
    )


def test_s_055_the_usual_infusion_lies_in_the_published_range():
    """0.5 mg/kg over 40 minutes lies in the range that studies speak of."""
    found = _placed(0.5, "iv")
    assert (found.place, found.is_flagged) == (Place.WITHIN, False)


@pytest.mark.parametrize(("mg_per_kg", "route"), [(1.0, "iv"), (5.0, "sl"), (7.0, "oral")])
def test_s_055_an_extreme_dose_is_flagged_above(mg_per_kg, route):
    """A dose far above what was studied is flagged, by any route."""
    found = _placed(mg_per_kg, route)
    assert found.place is Place.ABOVE
    assert found.is_flagged


def test_s_055_a_dose_that_hardly_arrives_is_flagged_below():
    """A dose by mouth of which hardly anything arrives is flagged as below the range."""
    assert _placed(0.25, "oral").place is Place.BELOW


def test_s_055_where_studies_disagree_about_what_arrives_the_doubt_is_flagged():
    """Where the part that arrives is in doubt, the answer says so."""
    found = _placed(0.5, "nasal")
    assert found.place is Place.WITHIN
    assert not found.is_sure
    assert found.is_flagged


def test_s_055_the_ends_of_the_range_are_inside():
    """Both ends of the range belong to it."""
    assert not _placed(0.1, "iv").is_flagged
    assert not _placed(0.75, "iv").is_flagged
