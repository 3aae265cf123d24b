"""The changelog of the content: what is found of a rule names it."""

from kairos.content.changes import changes_of


def test_entries_are_found_by_the_rule_they_name():
    found = changes_of("eligibility.liver_enzymes")
    assert found and all("liver_enzymes" in entry and "**" not in entry for entry in found)
    assert changes_of("eligibility.no_such_rule") == ()
