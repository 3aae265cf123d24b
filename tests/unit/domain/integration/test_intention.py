"""An intention: what may be written when."""

from datetime import UTC, datetime

import pytest

from kairos.domain.integration.intention import LONGEST, Intention, IntentionPart, check_intention
from kairos.vocab.errors import InvalidInput, NotAllowed

DOSED = datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_words_are_kept_without_space_around_them():
    assert check_intention("  to grieve \n", IntentionPart.BEFORE, dosed_at=None) == "to grieve"
    assert check_intention("it came", IntentionPart.AFTER, dosed_at=DOSED) == "it came"


@pytest.mark.parametrize("words", ["", "   ", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused(words):
    with pytest.raises(InvalidInput, match="words"):
        check_intention(words, IntentionPart.BEFORE, dosed_at=None)


@pytest.mark.parametrize(("part", "dosed_at"), [(IntentionPart.BEFORE, DOSED), (IntentionPart.AFTER, None)])
def test_each_part_has_its_time(part, dosed_at):
    with pytest.raises(NotAllowed):
        check_intention("words", part, dosed_at=dosed_at)


def test_nothing_written_is_not_shared():
    assert not Intention().is_written
    assert not Intention().is_shared
    assert Intention(after="it came").is_written
