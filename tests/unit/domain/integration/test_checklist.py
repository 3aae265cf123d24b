"""A checklist before a session: silence is unknown, what was said of another day is silence."""

from datetime import UTC, datetime

import pytest

from kairos.content.release import load_release
from kairos.domain.integration.checklist import (
    LONGEST,
    Answer,
    Group,
    ItemSaid,
    PreparationItem,
    check_said,
    readiness,
    standings,
    unmet,
)
from kairos.domain.rules.target import Setting
from kairos.vocab.errors import InvalidInput
from kairos.vocab.verdict import Verdict

DAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
LATER = datetime(2026, 3, 9, 10, tzinfo=UTC)
BOTH = frozenset(Setting)
ESCORT = PreparationItem("escort", Group.LOGISTICS, frozenset({Setting.CLINIC}), True, True, True, ())
FOOD = PreparationItem("food", Group.LOGISTICS, BOTH, True, False, False, ())
MUSIC = PreparationItem("music", Group.SETTING, BOTH, False, False, False, ())


def found(said, *, starts_at=DAY, setting=Setting.CLINIC):
    return standings([ESCORT, FOOD, MUSIC], said, setting=setting, starts_at=starts_at)


def test_silence_is_unknown_and_never_done():
    assert [each.verdict for each in found({})] == [Verdict.UNKNOWN] * 3
    assert [each.item.id for each in unmet(found({}))] == ["escort", "food", "music"]


def test_what_is_said_of_a_day_counts_for_that_day_alone():
    said = {name: ItemSaid(Answer.READY, DAY) for name in ("escort", "food")}
    assert [each.verdict for each in found(said)] == [Verdict.MET, Verdict.MET, Verdict.UNKNOWN]
    moved = found(said, starts_at=LATER)
    assert [each.verdict for each in moved] == [Verdict.UNKNOWN, Verdict.MET, Verdict.UNKNOWN]


def test_an_item_counts_where_it_belongs():
    assert [each.item.id for each in found({}, setting=Setting.HOME)] == ["food", "music"]


def test_what_is_not_ready_holds_the_session_and_silence_only_where_asked():
    silent = found({})
    assert readiness(silent, needs_answers=False).verdict is Verdict.MET
    held = readiness(silent, needs_answers=True)
    assert held.verdict is Verdict.UNKNOWN
    assert held.unknown == ("escort", "food")
    said = {"escort": ItemSaid(Answer.NOT_READY, DAY), "music": ItemSaid(Answer.NOT_READY, DAY)}
    held = readiness(found(said), needs_answers=False)
    assert held.verdict is Verdict.NOT_MET
    assert held.not_ready == ("escort",)
    done = {name: ItemSaid(Answer.NOT_NEEDED, DAY) for name in ("escort", "food")}
    assert readiness(found(done), needs_answers=True).verdict is Verdict.MET


def test_words_are_kept_where_they_are_asked_for():
    assert check_said(ESCORT, " my sister ") == "my sister"
    assert check_said(FOOD, "ignored") == ""
    with pytest.raises(InvalidInput, match="shorten"):
        check_said(ESCORT, "x" * (LONGEST + 1))


def test_the_content_has_each_list_and_the_hazards_of_a_home():
    items = load_release().preparation
    assert {each.group for each in items} == set(Group)
    home = {each.id for each in items if each.group is Group.HOME}
    assert home == {"falls", "bathroom", "children_pets", "stove_bath", "phone_quiet"}
    assert all(each.is_gate for each in items if each.group is Group.HOME)
    assert all(Setting.HOME in each.settings for each in items if each.group is Group.HOME)
