"""Substances: molar masses, and what a mass of salt or a concentration amounts to."""

from dataclasses import dataclass

from kairos.domain.evidence.citations import Certainty


@dataclass(frozen=True, slots=True)
class Substance:
    """A drug or a metabolite. Molar masses in g/mol; ``salt_molar_mass`` of its hydrochloride, 0 for none."""

    name: str
    molar_mass: float
    certainty: Certainty
    sources: tuple[str, ...]
    salt_molar_mass: float = 0.0

    def umol_per_l(self, ng_ml: float) -> float:
        """Return a concentration in umol/L for one in ng/mL (the same as ug/L)."""
        return ng_ml / self.molar_mass

    def ng_per_ml(self, umol_l: float) -> float:
        """Return a concentration in ng/mL for one in umol/L."""
        return umol_l * self.molar_mass

    def salt_mg(self, base_mg: float) -> float:
        """Return the mass of hydrochloride, mg, that holds a mass of base, mg."""
        return base_mg * self.salt_molar_mass / self.molar_mass

    def base_mg(self, salt_mg: float) -> float:
        """Return the mass of base, mg, in a mass of hydrochloride, mg."""
        return salt_mg * self.molar_mass / self.salt_molar_mass
