"""What the consent document says depends on what is given, how, where, for what and under whose law.

The items are computed from the regulatory table on the day: nobody writes them into a document by hand, and
nobody can forget one.
"""

from dataclasses import replace
from datetime import date

import pytest

from kairos.content.consent_in_force import consent_in_force, consent_target, languages_of
from kairos.content.release import load_release
from kairos.domain.evidence.grades import Grade
from kairos.domain.evidence.regulation import RegulatoryStatus
from kairos.domain.rules.target import DEFAULT_TARGET, Indication, Route, Setting, Target
from kairos.vocab.errors import NotInForce

RELEASE = load_release()
TODAY = date(2026, 11, 24)
COMPUTED = ("approved_use", "not_approved", "fda_warning", "made_up", "status_not_known", "at_home")
ITEMS = (
    ("route", "setting", "indication", "law", "items"),
    ("esketamine", "clinic", "trd", "us", {"approved_use"}),
    ("esketamine", "clinic", "trd", "eu", {"approved_use"}),
    ("esketamine", "clinic", "trd", "gb", {"approved_use"}),
    ("esketamine", "clinic", "mdsi", "us", {"approved_use"}),
    ("esketamine", "clinic", "mdsi", "gb", {"status_not_known"}),
    ("esketamine", "clinic", "anxiety", "us", {"not_approved"}),
    ("iv", "clinic", "trd", "us", {"not_approved", "fda_warning"}),
    ("iv", "clinic", "anxiety", "us-ca", {"not_approved", "fda_warning"}),
    ("im", "clinic", "ptsd", "us", {"not_approved", "fda_warning"}),
    ("in", "clinic", "trd", "us", {"not_approved", "fda_warning", "made_up"}),
    ("oral", "clinic", "trd", "us", {"not_approved", "fda_warning", "made_up"}),
    ("oral", "home", "trd", "us", {"not_approved", "fda_warning", "made_up", "at_home"}),
    ("sl", "home", "anxiety", "us", {"not_approved", "fda_warning", "made_up", "at_home"}),
    ("sl", "home", "trd", "eu", {"status_not_known", "made_up", "at_home"}),
)


def target(route: str, setting: str, indication: str, law: str) -> Target:
    return Target(Route(route), Setting(setting), Indication(indication), law)


def document(asked: Target = DEFAULT_TARGET):
    return consent_in_force(RELEASE, on=TODAY, target=asked)


@pytest.mark.parametrize(ITEMS[0], ITEMS[1:])
def test_s_031_the_table_decides_which_warnings_stand(route, setting, indication, law, items):
    """Esketamine for what it is approved for omits the off-label item; racemic ketamine always has it."""
    found = document(target(route, setting, indication, law))
    assert {section.id for section in found.sections} & set(COMPUTED) == items
    asked = {"q_approval"} if "not_approved" in items else set()
    asked |= {"q_made_up"} if "made_up" in items else set()
    asked |= {"q_at_home"} if "at_home" in items else set()
    assert asked <= {question.id for question in found.questions}


@pytest.mark.parametrize("protocol", sorted(RELEASE.protocols))
def test_s_030_every_protocol_has_a_document_of_its_own(protocol):
    """Each says how to stop, what else there is, what may get worse, and where its words come from."""
    asked = consent_target(RELEASE, protocol, None)
    found = document(asked)
    assert (found.route, found.setting) == (asked.route, asked.setting)
    assert {"stopping", "data", "alternatives", "worse", "pregnancy"} <= set(found.section_ids)
    assert len(found.section_ids) == len(set(found.section_ids))
    assert len({q.id for q in found.questions}) == len(found.questions)
    assert not [words for s in found.sections for words in s.paragraphs if "{" in words]
    assert all(section.sources for section in found.sections)


def test_a_signature_holds_for_one_use_and_its_words_alone():
    """Another indication, route or place of giving, and any change of what is read, is another version."""
    uses = [target(*row[:4]) for row in ITEMS[1:]]
    assert len({(document(use).id, document(use).version) for use in uses}) == len(uses)
    section = RELEASE.consents.items["en"][1]
    changed = replace(section, section=replace(section.section, heading="Otherwise"))
    items = tuple(changed if each is section else each for each in RELEASE.consents.items["en"])
    other = replace(RELEASE, consents=replace(RELEASE.consents, items={"en": items}))
    assert consent_in_force(other, on=TODAY).version != document().version


def test_when_the_table_changes_who_signed_is_asked_again():
    """A use that becomes approved has another document, with another version."""
    rows = tuple(
        replace(row, status=RegulatoryStatus.APPROVED, conditions=())
        if row.row.id == "us_racemic_injection"
        else row
        for row in RELEASE.regulation.statuses
    )
    other = replace(RELEASE, regulation=replace(RELEASE.regulation, statuses=rows))
    found = consent_in_force(other, on=TODAY)
    assert "approved_use" in found.section_ids
    assert "not_approved" not in found.section_ids
    assert found.version != document().version


def test_how_sure_anyone_is_comes_from_the_evidence_for_that_route():
    """What was found of one way of giving is not said of another."""
    im, nasal = document(target("im", "clinic", "trd", "us")), document(target("in", "clinic", "ocd", "us"))
    grades = {d.route: s.grade for d in (im, nasal) for s in d.sections if s.id == "use_evidence"}
    assert grades == {"im": Grade.VERY_LOW, "in": Grade.NONE}


def test_without_a_document_nothing_can_be_signed():
    """A place or a way of giving that the content does not know has no document, and so no session."""
    with pytest.raises(NotInForce, match="no consent document for iv, clinic, in ca"):
        document(replace(DEFAULT_TARGET, jurisdiction="ca"))
    with pytest.raises(NotInForce, match="no consent document for iv, home"):
        document(replace(DEFAULT_TARGET, setting=Setting.HOME))


def test_what_cannot_be_had_is_not_consented_to():
    """Where the table says that a product cannot be had, there is no document."""
    rows = tuple(replace(row, status=RegulatoryStatus.NOT_AVAILABLE) for row in RELEASE.regulation.statuses)
    other = replace(RELEASE, regulation=replace(RELEASE.regulation, statuses=rows))
    with pytest.raises(NotInForce, match="cannot be had on"):
        consent_in_force(other, on=TODAY)


def test_a_language_without_documents_is_read_in_english():
    """The document says in which language it stands; that is kept with the signature."""
    assert consent_in_force(RELEASE, on=TODAY, language="tlh").language == "en"
    assert languages_of(RELEASE)[0] == "en"


def test_the_decision_names_the_use_where_no_course_runs():
    """A course names route and setting; indication and law are those of the signed decision."""
    decided = target("esketamine", "clinic", "mdsi", "us")
    assert consent_target(RELEASE, None, decided) == decided
    assert consent_target(RELEASE, None, None) == DEFAULT_TARGET
    assert consent_target(RELEASE, "sublingual_home", decided) == target("sl", "home", "mdsi", "us")
