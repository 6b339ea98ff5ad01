"""What changed between two versions, and between two texts."""

from dataclasses import replace

import pytest

from sop.rules.beda import Perubahan, compare_graf, match_langkah
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.kata import HILANG, SAMA, TAMBAH, diff_kata
from tests.factories.sop import graf_sah, simpul

URAIAN = (
    "Memerintahkan sekretaris menyusun laporan kinerja",
    "Mengumpulkan data dari tiap bidang",
    "Memeriksa kelengkapan data bidang",
    "Menandatangani laporan kinerja",
)


def _graf(*kegiatan: str, mulai: int = 1) -> Graf:
    """A straight route; ids count from `mulai`."""
    isi = [
        replace(
            simpul(n, kegiatan=k, ke={"lanjut": mulai + n if n < len(kegiatan) else None}),
            id=mulai + n - 1,
        )
        for n, k in enumerate(kegiatan, start=1)
    ]
    return Graf(tuple(isi))


def _ringkas(lama: Graf, baru: Graf) -> list[tuple[str, int, int, tuple[str, ...]]]:
    def nomor(s: SimpulLangkah | None) -> int:
        return s.nomor if s else 0

    beda = compare_graf(lama, baru)
    return [(b.perubahan.value, nomor(b.lama), nomor(b.baru), b.kolom) for b in beda]


def test_a_copy_is_the_same_whatever_its_ids() -> None:
    lama, baru = _graf(*URAIAN), _graf(*URAIAN, mulai=50)
    assert {p for p, *_ in _ringkas(lama, baru)} == {"tetap"}


def test_added_removed_and_changed_steps_are_told_apart() -> None:
    lama = _graf(*URAIAN)
    baru = _graf(
        URAIAN[0],
        "Membuka rapat koordinasi",
        "Mengumpulkan data kinerja dari tiap bidang",
        URAIAN[3],
        mulai=50,
    )
    assert _ringkas(lama, baru) == [
        ("berubah", 1, 1, ("lanjut",)),
        ("baru", 0, 2, ()),
        ("berubah", 2, 3, ("kegiatan", "lanjut")),
        ("dihapus", 3, 0, ()),
        ("tetap", 4, 4, ()),
    ]


def test_a_first_step_that_went_stands_first() -> None:
    lama, baru = _graf(*URAIAN), _graf(*URAIAN[1:], mulai=50)
    assert _ringkas(lama, baru)[0][:2] == ("dihapus", 1)


def test_the_fewest_moves_explain_another_order() -> None:
    lama = _graf(*URAIAN)
    baru = Graf(
        tuple(
            replace(s, nomor=n, ke=lama.langkah[i].ke)
            for n, (i, s) in enumerate(((i, lama.langkah[i]) for i in (1, 2, 0, 3)), start=1)
        )
    )
    assert [(p, b) for p, _a, b, _k in _ringkas(lama, baru) if p != "tetap"] == [("pindah", 3)]


def test_separations_are_compared_by_step_not_by_number() -> None:
    lama = graf_sah()
    ketiga = replace(lama.langkah[3], beda_orang_dari=(2, 9))
    lama = Graf((*lama.langkah[:3], ketiga))
    maju = replace(lama.langkah[1], id=20)
    baru = Graf((lama.langkah[0], maju, lama.langkah[2], replace(ketiga, beda_orang_dari=(2,))))
    assert match_langkah(lama, baru)[2] == 20
    assert _ringkas(lama, baru)[3] == ("tetap", 4, 4, ())
    lain = Graf((*baru.langkah[:3], replace(ketiga, beda_orang_dari=(1,))))
    assert _ringkas(lama, lain)[3] == ("berubah", 4, 4, ("beda_orang_dari",))


def test_empty_texts_match_by_place() -> None:
    lama, baru = _graf("", "A"), _graf("", "B", mulai=50)
    assert match_langkah(lama, baru) == {1: 50}
    assert Perubahan.DIHAPUS in {b.perubahan for b in compare_graf(lama, baru)}


def test_a_text_against_nothing_is_no_likeness() -> None:
    assert match_langkah(_graf(""), _graf("A b", mulai=50)) == {}


@pytest.mark.parametrize(
    ("lama", "baru", "potongan"),
    [
        ("a b", "a b", [(SAMA, "a b")]),
        ("3 hari", "5 hari", [(HILANG, "3"), (TAMBAH, "5"), (SAMA, " hari")]),
        ("", "baru", [(TAMBAH, "baru")]),
        ("lama", "", [(HILANG, "lama")]),
        ("", "", []),
    ],
)
def test_words_are_marked(lama: str, baru: str, potongan: list[tuple[str, str]]) -> None:
    assert diff_kata(lama, baru) == potongan
