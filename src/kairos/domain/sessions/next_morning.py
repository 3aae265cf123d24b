"""The morning after a session at home: whether somebody drove, and whether they slept. Row S-077.

No driving until the next day, after restful sleep: so both are asked, and a night without rest is not over.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo

from kairos.vocab.errors import InvalidInput, Problem

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "drove": ("no", "yes"),
    "rested": ("yes", "no", "not_sure"),
    "well": ("yes", "no"),
}
"""What is asked and what may be answered; the words stand under ``home.morning.`` in the content."""


def morning_after(ended_at: datetime, *, zone: tzinfo, hour: int) -> datetime:
    """Return an hour of the next day, by the clock of the home; after midnight that is still the next day."""
    local = ended_at.astimezone(zone)
    return datetime.combine(local.date() + timedelta(days=1), time(hour), tzinfo=zone)


def check_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers, or refuse each question that is open.

    Raises
    ------
    InvalidInput
    """
    open_ones = [name for name, offered in QUESTIONS.items() if answers.get(name) not in offered]
    if open_ones:
        raise InvalidInput(*(Problem(name, "choose one of the answers") for name in open_ones))
    return {name: answers[name] for name in QUESTIONS}


def needs_a_call(answers: Mapping[str, str]) -> bool:
    """Whether somebody of the team has to call: driven within the restriction, or not well."""
    return answers["drove"] == "yes" or answers["well"] == "no"


def may_drive(answers: Mapping[str, str]) -> bool:
    """Whether the restriction has ended: only restful sleep ends it; not sure is no."""
    return answers["rested"] == "yes"
