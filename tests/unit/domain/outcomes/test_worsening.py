from datetime import timedelta

import pytest

from kairos.content.release import load_release
from kairos.domain.outcomes.change import Change, deterioration
from kairos.domain.outcomes.worsening import task_for
from kairos.vocab.people import Role
from tests.support.outcomes import START, the_definitions

BOOK = load_release().parameters


def test_a_worsening_opens_a_task_with_an_owner_and_a_time():
    task = task_for(deterioration(Change(10, 15), the_definitions("phq9")), now=START, book=BOOK)
    assert (task.owner, task.due_at - START) == (Role.CLINICIAN, timedelta(hours=48))
    assert f"task.{task.kind}" in load_release().texts
    assert task.sources


@pytest.mark.parametrize("change", [Change(10, 14), Change(10, None), Change(None, 20)])
def test_what_is_not_known_to_be_worse_opens_nothing(change):
    assert task_for(deterioration(change, the_definitions("phq9")), now=START, book=BOOK) is None
