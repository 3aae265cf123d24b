"""Invented people, the same ones for the same seed: who they are and what their record says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

_SEED = 20260101
_ALSO = ((), ("generalised_anxiety",), ("ptsd",), ("generalised_anxiety",), ("hypertension",))
_SEXES = ("female", "male", "female", "male", "female", "other", "male")


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who does not exist. ``number`` tells them apart."""

    number: int
    given: str
    family: str
    sex: str
    born_on: date
    weight_kg: int
    height_cm: int
    trials: tuple[str, str]
    phq9: int
    gad7: int
    conditions: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    vitals: Mapping[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name on the chart."""
        return f"{self.given} {self.family}"

    @property
    def username(self) -> str:
        """The name of their log-in, where they have one."""
        return f"{self.given}.{self.family}".lower()

    def dice(self, about: str) -> Random:
        """Return dice that fall the same for this person and subject every time."""
        return Random(f"{_SEED} {self.number} {about}")


@cache
def stock() -> dict[str, Any]:
    """Return names, codes and ranges that people are made of."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "people.yaml").read_text("utf-8"))
    return found


def between(dice: Random, limits: Sequence[float]) -> float:
    """Return a number from the range, as fine as the range is written."""
    low, high = limits
    if isinstance(low, int) and isinstance(high, int):
        return dice.randint(low, high)
    return round(dice.uniform(low, high), 1)


def invent(number: int, *, today: date) -> Invented:
    """Return the person of a number; no two have one name."""
    names = list(stock()["family"])
    Random(_SEED).shuffle(names)
    again, place = divmod(number - 1, len(names))
    family = "-".join([names[place], *([names[(place + again) % len(names)]] if again else [])])
    sex = _SEXES[number % len(_SEXES)]
    pool = stock()["given"][sex]
    return _made(number, pool[number % len(pool)], family, sex, today, Random(f"{_SEED} {number}"))


def _made(number: int, given: str, family: str, sex: str, today: date, dice: Random) -> Invented:
    known = stock()
    years = between(dice, known["age_years"])
    first, second = dice.choice(known["trials"])
    extra = dice.choice(
        ((), ("generalised_anxiety",), ("ptsd",), ("generalised_anxiety",), ("hypertension",))
    )
    return Invented(
        number=number,
        given=given,
        family=family,
        sex=sex,
        born_on=today - timedelta(days=int(years * 365.25) + dice.randint(1, 360)),
        weight_kg=int(between(dice, known["weight_kg"][sex])),
        height_cm=int(between(dice, known["height_cm"][sex])),
        trials=(first, second),
        phq9=int(between(dice, known["scores"]["phq9"])),
        gad7=int(between(dice, known["scores"]["gad7"])),
        conditions=(dice.choice(("major_depression", "recurrent_depression")), *extra),
        medicines=("lisinopril",) if "hypertension" in extra else (),
        vitals={name: between(dice, limits) for name, limits in known["vitals"].items()},
    )
