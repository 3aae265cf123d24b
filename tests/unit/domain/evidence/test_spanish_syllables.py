"""Spanish syllables against words that the Ortografía de la lengua española (2010) parts."""

import pytest

from kairos.domain.evidence.spanish_syllables import spanish_syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("ciu-dad", 2),
        ("cui-da-do", 3),
        ("cau-sa", 2),
        ("pei-ne", 2),
        ("sua-ve", 2),
        ("rui-do", 2),
        ("je-sui-ta", 3),
        ("a-ve-ri-guáis", 4),
        ("lim-piéis", 2),
        ("a-é-re-o", 4),
        ("po-e-ta", 3),
        ("le-er", 2),
        ("ca-o-ba", 3),
        ("pa-ís", 2),
        ("rí-o", 2),
        ("bú-ho", 2),
        ("re-ú-ne", 3),
        ("con-ti-nú-o", 4),
        ("con-ti-nuo", 3),
        ("cuí-da-te", 3),
        ("ahu-mar", 2),
        ("prohi-bir", 2),
        ("que-so", 2),
        ("gui-ta-rra", 3),
        ("pin-güi-no", 3),
        ("chi-i-ta", 3),
        ("muy", 1),
        ("y", 1),
        ("ya", 1),
        ("pay", 1),
        ("guion", 1),
        ("mg", 1),
    ],
)
def test_syllables_as_the_orthography_parts_them(word, count):
    assert spanish_syllables(word.replace("-", "")) == count
