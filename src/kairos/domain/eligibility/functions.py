"""The named functions that eligibility rules may call, where an expression alone cannot say it."""

from collections.abc import Mapping

from kairos.domain.eligibility.blood_pressure import mean_pressure_beyond
from kairos.domain.eligibility.body import body_mass_index_at_least, tests_missing
from kairos.domain.eligibility.life import age_at_least, age_below, has_died, is_not_male
from kairos.domain.eligibility.resistance import no_treatment_tried, not_resistant
from kairos.domain.rules.evaluation import NamedFunction

FUNCTIONS: Mapping[str, NamedFunction] = {
    "age_at_least": age_at_least,
    "age_below": age_below,
    "body_mass_index_at_least": body_mass_index_at_least,
    "has_died": has_died,
    "is_not_male": is_not_male,
    "mean_pressure_beyond": mean_pressure_beyond,
    "no_treatment_tried": no_treatment_tried,
    "not_resistant": not_resistant,
    "tests_missing": tests_missing,
}
