"""Sets of answers to questionnaires, and the shipped questionnaires themselves."""

from kairos.content.release import load_release
from kairos.domain.instruments.questionnaire import Instrument


def the_instrument(instrument_id: str) -> Instrument:
    """Return a questionnaire of the content that ships."""
    return load_release().instruments[instrument_id]


def answers_adding_up_to(total: int, *, instrument: Instrument) -> dict[str, int]:
    """Return a full set of answers with this total, highest answers first."""
    answers: dict[str, int] = {}
    for item_id in instrument.scored_ids:
        answers[item_id] = min(max(instrument.item(item_id).values), total)
        total -= answers[item_id]
    assert total == 0, "no set of answers has this total"
    return answers


def yes_to(*numbers: str, instrument: Instrument) -> dict[str, int]:
    """Return a full C-SSRS screener: yes to these questions (``"2"``, ``"6b"``), no to the others."""
    yes = {f"cssrs.{number}" for number in numbers}
    opened = {"cssrs.1", "cssrs.2", "cssrs.6"}
    opened |= {"cssrs.3", "cssrs.4", "cssrs.5"} if "cssrs.2" in yes else set()
    opened |= {"cssrs.6b"} if "cssrs.6" in yes else set()
    return {item: int(item in yes) for item in instrument.item_ids if item in opened | yes}
