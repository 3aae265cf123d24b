"""Who takes their record away takes all of it: each table about a person, or a reason why not."""

from django.db.models import BinaryField

from kairos.store.repositories.whole_record import CLOSED, EXPORTED, LEFT_OUT, tables_with_a_person
from kairos.web.portal.mine.tables import TITLES


def test_each_table_with_a_person_is_exported_or_left_out_with_a_reason():
    known = set(tables_with_a_person())
    decided = {*EXPORTED, *LEFT_OUT}
    assert known - decided == set(), "put it in EXPORTED or LEFT_OUT of store/repositories/whole_record.py"
    assert decided - known == set(), "no table of that name has a person any more"
    assert not set(EXPORTED) & set(LEFT_OUT) and len(EXPORTED) == len(set(EXPORTED))
    assert all(len(reason) > len("because") for reason in LEFT_OUT.values())


def test_each_exported_table_has_a_name_for_people():
    assert [name for name in EXPORTED if name not in TITLES] == []


def test_bytes_are_words_or_said_why_not():
    known = tables_with_a_person()
    closed = {
        f.name
        for name in EXPORTED
        if name in known
        for f in known[name]._meta.fields
        if isinstance(f, BinaryField)
    }
    assert closed - {"words"} == set(CLOSED)
