"""What somebody says of a medicine: what follows on the list, on the same day and later."""

from datetime import UTC, datetime

import pytest

from kairos.content.release import load_release
from kairos.domain.protocols.medicine_entries import (
    Informant,
    Said,
    ToldMedicine,
    fact_of_still_taken,
    fact_of_stopped,
    facts_of_correction,
    facts_of_told,
)
from kairos.domain.protocols.medicine_list import MedicineState
from kairos.vocab.codes import Code
from kairos.vocab.errors import InvalidInput, Missing
from kairos.vocab.facts import FactKind
from kairos.vocab.instants import PartialDate
from tests.support.facts import drug, no, not_sure, unread, yes
from tests.support.medicines import listed

CONCEPTS = load_release().concepts
SAID = Said("medicine/1", "nurse", datetime(2026, 6, 1, 10, tzinfo=UTC))
LATER = Said("medicine/2", "nurse", datetime(2026, 6, 1, 11, tzinfo=UTC))


def told(name, **more):
    return ToldMedicine(name, Informant.PERSON, **more)


def states(*facts):
    return {m.key: m.state for m in listed(*facts).medicines}


def test_a_medicine_told_is_taken():
    stated = facts_of_told(told("Sertraline 50 mg", dosage="in the morning"), CONCEPTS, said=SAID)
    (found,) = listed(*stated).medicines
    assert (found.key, found.state, found.name) == ("sertraline", MedicineState.TAKING, "Sertraline 50 mg")
    assert stated[0].details == {
        "product": "Sertraline 50 mg",
        "dosage_text": "in the morning",
        "told_by": "person",
    }


def test_a_combination_is_one_line_for_each_drug():
    stated = facts_of_told(told("Contrave"), CONCEPTS, said=SAID)
    assert states(*stated) == dict.fromkeys(("bupropion", "naltrexone"), MedicineState.TAKING)


def test_a_name_nobody_knows_is_kept_as_not_understood():
    (found,) = listed(*facts_of_told(told("Frobnicatol"), CONCEPTS, said=SAID)).medicines
    assert (found.state, found.name) == (MedicineState.UNREAD, "Frobnicatol")


@pytest.mark.parametrize("given", [told("  "), told("sertraline", since=PartialDate.parse("2026-07"))])
def test_no_name_and_a_start_ahead_are_refused(given):
    with pytest.raises(InvalidInput):
        facts_of_told(given, CONCEPTS, said=SAID)


def test_what_was_said_today_gives_way_to_what_is_said_later_today():
    stated = facts_of_told(told("lorazepam", since=PartialDate.parse("2026-05")), CONCEPTS, said=SAID)
    ended = fact_of_stopped(listed(*stated).find("lorazepam"), Informant.PERSON, said=LATER)
    assert states(*stated, ended) == {"lorazepam": MedicineState.ENDED}


def test_an_old_entry_gives_way_to_a_later_word_without_being_taken_back():
    record = drug("lorazepam")
    ended = fact_of_stopped(listed(record).find("lorazepam"), Informant.RELATIVE, said=SAID)
    assert "refutes" not in ended.details
    assert states(record, ended) == {"lorazepam": MedicineState.ENDED}


def test_still_taken_outweighs_an_end_on_record():
    record = drug("lorazepam", status="completed", until="2026-03-01", code=Code("", "", "Ativan 1 mg"))
    line = listed(record).find("lorazepam")
    assert line.state is MedicineState.ENDED
    again = fact_of_still_taken(line, Informant.LABEL, said=SAID)
    assert states(record, again) == {"lorazepam": MedicineState.TAKING}
    assert again.code == record.code


def test_an_entry_nobody_could_read_is_settled_by_name():
    odd = unread(FactKind.MEDICATION)
    line = listed(odd).find(odd.id)
    assert states(odd, fact_of_stopped(line, Informant.PERSON, said=SAID)) == {}
    corrected = facts_of_correction(line, told("lithium"), CONCEPTS, said=SAID)
    assert states(odd, *corrected) == {"lithium": MedicineState.TAKING}


def test_a_correction_to_another_drug_takes_the_old_entries_back():
    record = drug("lamotrigine")
    line = listed(record).find("lamotrigine")
    corrected = facts_of_correction(line, told("lisinopril"), CONCEPTS, said=SAID)
    assert states(record, *corrected) == {
        "lisinopril": MedicineState.TAKING,
        "lamotrigine": MedicineState.ENDED,
    }


def test_a_correction_of_the_dose_leaves_the_old_entries():
    record = drug("lamotrigine")
    corrected = facts_of_correction(
        listed(record).find("lamotrigine"), told("lamotrigine 100 mg"), CONCEPTS, said=SAID
    )
    assert len(corrected) == 1
    assert listed(record, *corrected).find("lamotrigine").name == "lamotrigine 100 mg"


def test_a_line_that_is_gone_is_missing():
    with pytest.raises(Missing):
        listed().find("lamotrigine")


def test_a_bare_no_is_named_by_its_drug():
    assert listed(no("st_johns_wort")).medicines[0].name == "st johns wort"


def test_the_fingerprint_changes_with_the_list():
    assert listed(drug("lithium")).fingerprint != listed(drug("lithium"), drug("sertraline")).fingerprint


def test_other_facts_are_passed_over_and_what_was_taken_back_is_gone():
    record = drug("lithium")
    taken_back = no("lithium", details={"refutes": record.id})
    other = no("pregnancy")
    assert states(record, other) == {"lithium": MedicineState.TAKING}
    assert states(record, taken_back) == {"lithium": MedicineState.ENDED}


def test_what_begins_later_is_not_on_the_list_yet():
    assert states(drug("lithium", since="2026-07-01")) == {}


def test_lines_in_doubt_are_told_apart():
    odd = unread(FactKind.MEDICATION)
    assert [m.key for m in listed(drug("lithium"), odd).open_lines] == [odd.id]


def test_a_class_somebody_says_they_take_is_a_line_until_it_is_named_or_denied():
    said = yes("taking_benzodiazepine")
    line = listed(said).find("taking_benzodiazepine")
    assert (line.state, line.name, line.is_understood) == (MedicineState.UNNAMED, "benzodiazepine", False)
    assert states(not_sure("taking_maoi")) == {"taking_maoi": MedicineState.UNNAMED}
    assert states(no("taking_maoi")) == {}
    assert states(said, drug("lorazepam")) == {"lorazepam": MedicineState.TAKING}
    named = facts_of_correction(line, told("Ativan 1 mg"), CONCEPTS, said=SAID)
    assert states(said, *named) == {"lorazepam": MedicineState.TAKING}
    assert states(said, fact_of_stopped(line, Informant.PERSON, said=SAID)) == {}
