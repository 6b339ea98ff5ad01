"""Parts of a running draft follow the plan, and its last writer is known from the route."""

from datetime import datetime

import pytest

from laporan.models import BabNaskah, Draf
from laporan.rules.kelengkapan import is_penulis_terakhir, memeriksa_sebelum
from laporan.rules.uraian import fill_angka, join_uraian, list_angka
from laporan.services.bab import create_bab, prepare_bab
from sop.rules.graf import Graf, SimpulLangkah
from tests.factories.kinerja import IndikatorFactory
from tests.laporan.rute import DINKES, make_kantor


def make_graf(*langkah: tuple[str, str, dict[str, int | None]]) -> Graf:
    """A route of (tindakan, simbol, arrows)."""
    return Graf(
        tuple(
            SimpulLangkah(n, n, "x", tindakan=t, simbol=s, ke=ke)
            for n, (t, s, ke) in enumerate(langkah, 1)
        )
    )


def test_the_last_writer_is_the_one_after_whom_nobody_writes_or_collects() -> None:
    graf = make_graf(
        ("susun", "proses", {"lanjut": 2}),
        ("kumpul", "proses", {"lanjut": 3}),
        ("verifikasi", "keputusan", {"ya": 4, "tidak": 2}),
        ("ketik", "proses", {"lanjut": 5}),
        ("koreksi", "keputusan", {"ya": 6, "tidak": 4}),
        ("tanda_tangan", "akhir", {"lanjut": None}),
    )
    terakhir = [is_penulis_terakhir(graf, s, "triwulan") for s in graf.langkah]
    assert terakhir == [False, False, False, True, False, False]
    assert [memeriksa_sebelum(graf, s) for s in graf.langkah] == [False] * 3 + [True] * 3


def test_a_route_that_turns_in_circles_has_a_last_writer_too() -> None:
    graf = make_graf(
        ("susun", "proses", {"lanjut": 2}),
        ("disposisi", "proses", {"lanjut": 3}),
        ("disposisi", "proses", {"lanjut": 2}),
    )
    assert is_penulis_terakhir(graf, graf.langkah[0], "triwulan")


def test_words_are_escaped_and_figures_filled_in() -> None:
    assert join_uraian([("Kendala", " ")]) == ""
    assert join_uraian([("Kendala", "A < B\n\nC")], "TW I") == (
        "<p>Menurut uraian TW I:</p><p><strong>Kendala.</strong> A &lt; B</p><p>C</p>"
    )
    teks = "<p>{{angka:a}} {{ angka: b }} {{angka:a}}</p>"
    assert list_angka(teks) == ["a", "b"]
    assert fill_angka(teks, {"a": "<1>"}) == "<p>&lt;1&gt; {{ angka: b }} &lt;1&gt;</p>"


@pytest.mark.django_db
def test_an_indikator_that_joins_the_plan_gets_its_part(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    Draf.objects.filter(pk=draf.pk).update(jenis="tahunan", periode_ke=0)
    draf = Draf.objects.get(pk=draf.pk)
    BabNaskah.objects.filter(draf=draf).delete()
    unit = kantor.unit["B1"]
    satu = IndikatorFactory.create(unit=unit, sasaran__tujuan__instansi=kantor.instansi)
    create_bab(draf)
    dua = IndikatorFactory.create(unit=unit, sasaran=satu.sasaran)
    prepare_bab(draf)
    bab = list(BabNaskah.objects.filter(draf=draf).order_by("urutan"))
    assert [b.urutan for b in bab] == list(range(1, len(bab) + 1))
    ulang = [(b.ulang, b.acuan) for b in bab if b.ulang]
    assert ulang == [
        ("sasaran", satu.sasaran_id),
        ("indikator", satu.pk),
        ("indikator", dua.pk),
    ]
    prepare_bab(draf)
    assert BabNaskah.objects.filter(draf=draf).count() == len(bab)
