"""Acts on the steps of a konsep: effect, refusal, trail."""

import threading
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection

from organisasi.models import Jejak
from organisasi.selectors import find_chain_break, list_jejak
from sakip.common.errors import AksesDitolak, AlurTidakSah, DomainError, TransisiDitolak
from sop.models import Alur, Langkah, VersiSOP
from sop.rules.graf import Graf
from sop.rules.masalah import list_galat
from sop.rules.periksa import check_graf
from sop.rules.sunting import IsianLangkah, compute_sidik_langkah
from sop.selectors import read_graf
from sop.services.sunting import (
    Penyunting,
    SuntinganBasi,
    add_langkah,
    confirm_langkah,
    move_langkah,
    remove_langkah,
    save_langkah,
)
from sop.services.versi import publish_versi
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.factories.sop import create_konsep
from tests.sop.test_sunting import isian_dari

pytestmark = pytest.mark.django_db


def make_penyunting(versi: VersiSOP, now: datetime) -> Penyunting:
    """An admin of the office of that version."""
    jabatan = JabatanFactory.create(instansi=versi.sop.instansi, tingkat="pengelola")
    return Penyunting(versi.pk, PenugasanFactory.create(jabatan=jabatan).pengguna, now)


@pytest.fixture
def versi() -> VersiSOP:
    return create_konsep()


@pytest.fixture
def penyunting(versi: VersiSOP, now: datetime) -> Penyunting:
    return make_penyunting(versi, now)


def _isian(versi: VersiSOP, nomor: int, **isi: object) -> tuple[int, IsianLangkah, str]:
    graf = read_graf(versi.pk)
    s = graf.menurut_nomor[nomor]
    return s.id, replace(isian_dari(s), **isi), compute_sidik_langkah(graf, s.id)  # type: ignore[arg-type]  # free-form test data


def _ubah(penyunting: Penyunting, versi: VersiSOP, nomor: int, **isi: object) -> list[str]:
    pk, isian, sidik = _isian(versi, nomor, **isi)
    return save_langkah(penyunting=penyunting, langkah_id=pk, isian=isian, sidik=sidik)


def _pk(versi: VersiSOP, nomor: int) -> int:
    return versi.langkah.get(nomor=nomor).pk


def _rute(versi: VersiSOP) -> list[tuple[int, str, dict[str, int | None]]]:
    graf = read_graf(versi.pk)
    return [
        (s.nomor, s.kegiatan, {h: graf.nomor(t) for h, t in s.ke.items()}) for s in graf.langkah
    ]


def test_a_step_is_written_with_its_lines_arrows_and_trail(
    versi: VersiSOP, penyunting: Penyunting
) -> None:
    berubah = _ubah(
        penyunting,
        versi,
        2,
        kegiatan="Menghimpun data",
        waktu_teks="1 jam/bidang",
        kelengkapan=("Renja", "DPA"),
    )
    assert berubah == ["kegiatan", "kelengkapan", "waktu"]
    langkah = read_graf(versi.pk).langkah[1]
    assert (langkah.kegiatan, str(langkah.waktu)) == ("Menghimpun data", "1 jam")
    assert langkah.waktu_per_unit
    versi = VersiSOP.objects.get(pk=versi.pk)
    jejak = list_jejak(versi).last()
    assert jejak is not None
    assert (jejak.aksi, jejak.data["langkah"]) == ("sop.langkah.save", 2)
    assert jejak.data["dari"]["waktu"] == "1 jam"
    assert find_chain_break(versi) is None


def test_a_step_may_become_a_decision_and_change_its_actors(
    versi: VersiSOP, penyunting: Penyunting
) -> None:
    graf = read_graf(versi.pk)
    baru = JabatanFactory.create(instansi=versi.sop.instansi, kode="camat")
    pelaksana = replace(graf.langkah[1].pelaksana[0], jabatan_id=baru.pk, jabatan_kode="camat")
    jalur = {"ya": graf.langkah[2].id, "tidak": graf.langkah[0].id}
    berubah = _ubah(penyunting, versi, 2, simbol="keputusan", jalur=jalur, pelaksana=(pelaksana,))
    assert berubah == ["simbol", "pelaksana", "lanjut", "ya", "tidak"]
    assert _rute(versi)[1][2] == {"ya": 3, "tidak": 1}
    jejak = list_jejak(versi).last()
    assert jejak is not None
    assert jejak.data["dari"]["pelaksana"] == [["Staf", 1, []]]


def test_a_stale_edit_is_refused_and_says_what_stands_now(
    versi: VersiSOP, penyunting: Penyunting
) -> None:
    pk, isian, sidik = _isian(versi, 2, kegiatan="Milik saya")
    _ubah(penyunting, versi, 2, kegiatan="Milik orang lain")
    with pytest.raises(SuntinganBasi, match="diubah") as galat:
        save_langkah(penyunting=penyunting, langkah_id=pk, isian=isian, sidik=sidik)
    assert galat.value.status == 409
    assert galat.value.kini is not None
    assert galat.value.kini.kegiatan == "Milik orang lain"
    segar = compute_sidik_langkah(read_graf(versi.pk), pk)
    remove_langkah(penyunting=penyunting, langkah_id=pk, sidik=segar)
    with pytest.raises(SuntinganBasi, match="dihapus") as galat:
        save_langkah(penyunting=penyunting, langkah_id=pk, isian=isian, sidik=sidik)
    assert galat.value.kini is None


def test_edits_of_different_steps_do_not_meet(versi: VersiSOP, penyunting: Penyunting) -> None:
    pk, isian, sidik = _isian(versi, 3, kegiatan="Memeriksa")
    _ubah(penyunting, versi, 2, kegiatan="Lain")
    move_langkah(penyunting=penyunting, langkah_id=_pk(versi, 1), ke=2)
    save_langkah(penyunting=penyunting, langkah_id=pk, isian=isian, sidik=sidik)
    assert Langkah.objects.get(pk=pk).kegiatan == "Memeriksa"


def test_foreign_posts_doubled_lines_and_long_texts_are_refused(
    versi: VersiSOP, penyunting: Penyunting
) -> None:
    baris = read_graf(versi.pk).langkah[1].pelaksana[0]
    asing = replace(baris, jabatan_id=JabatanFactory.create().pk)
    for isi, kata in (
        ({"pelaksana": (asing,)}, "tidak ada di instansi"),
        ({"pelaksana": (baris, baris)}, "dua kali"),
        ({"waktu_teks": "x" * 61}, "waktu_teks"),
    ):
        with pytest.raises(AlurTidakSah) as galat:
            _ubah(penyunting, versi, 2, **isi)
        assert kata in galat.value.masalah[0]
    assert not Jejak.objects.filter(aksi="sop.langkah.save").exists()


def test_steps_are_added_into_the_way_and_at_both_ends(
    versi: VersiSOP, penyunting: Penyunting
) -> None:
    tengah = add_langkah(penyunting=penyunting, setelah=_pk(versi, 1))
    assert Langkah.objects.get(pk=tengah).nomor == 2
    assert [r[2] for r in _rute(versi)] == [
        {"lanjut": 2},
        {"lanjut": 3},
        {"lanjut": 4},
        {"ya": 5, "tidak": 3},
        {"lanjut": None},
    ]
    add_langkah(penyunting=penyunting, setelah=None)
    assert [r[1] for r in _rute(versi)][:2] == ["", "Kegiatan 1"]
    with pytest.raises(SuntinganBasi):
        add_langkah(penyunting=penyunting, setelah=0)


def test_the_first_step_of_an_empty_sop_is_its_start(now: datetime) -> None:
    versi = create_konsep(Graf(()))
    penyunting = make_penyunting(versi, now)
    awal = add_langkah(penyunting=penyunting, setelah=None)
    assert Langkah.objects.get(pk=awal).simbol == "mulai"
    add_langkah(penyunting=penyunting, setelah=awal)
    assert [r[2] for r in _rute(versi)] == [{"lanjut": 2}, {}]


@pytest.mark.parametrize(
    ("dari", "ke", "urut"),
    [(2, 3, [1, 3, 2, 4]), (2, 1, [2, 1, 3, 4]), (1, 99, [2, 3, 4, 1]), (3, -5, [3, 1, 2, 4])],
)
def test_a_moved_step_takes_its_routes_along(
    versi: VersiSOP, penyunting: Penyunting, dari: int, ke: int, urut: list[int]
) -> None:
    asal = {s.id: dict(s.ke) for s in read_graf(versi.pk).langkah}
    move_langkah(penyunting=penyunting, langkah_id=_pk(versi, dari), ke=ke)
    graf = read_graf(versi.pk)
    assert [s.kegiatan for s in graf.langkah] == [f"Kegiatan {n}" for n in urut]
    assert [s.nomor for s in graf.langkah] == [1, 2, 3, 4]
    assert {s.id: dict(s.ke) for s in graf.langkah} == asal
    assert list_jejak(versi).last().aksi == "sop.langkah.move"  # type: ignore[union-attr]  # just written


def test_a_step_put_where_it_stands_leaves_no_trail(
    versi: VersiSOP, penyunting: Penyunting
) -> None:
    pk = _pk(versi, 4)
    assert move_langkah(penyunting=penyunting, langkah_id=pk, ke=9) == (4, 4)
    assert not Jejak.objects.filter(aksi="sop.langkah.move").exists()


def test_a_removed_step_names_the_routes_it_leaves_open(
    versi: VersiSOP, penyunting: Penyunting
) -> None:
    graf = read_graf(versi.pk)
    pk = graf.langkah[1].id
    Langkah.objects.filter(versi=versi, nomor=4).update(beda_orang_dari=[2, 3])
    putus = remove_langkah(
        penyunting=penyunting, langkah_id=pk, sidik=compute_sidik_langkah(graf, pk)
    )
    assert putus == [(1, "lanjut"), (2, "tidak")]
    assert _rute(versi)[:2] == [(1, "Kegiatan 1", {}), (2, "Kegiatan 3", {"ya": 3})]
    assert Langkah.objects.get(versi=versi, nomor=3).beda_orang_dari == [0, 2]
    galat = {(m.kode, m.langkah) for m in list_galat(check_graf(read_graf(versi.pk)))}
    assert {("jalan-buntu", 1), ("jalan-buntu", 2), ("beda-orang", 3)} <= galat


def test_a_doubt_is_confirmed_once_and_its_note_stays(
    versi: VersiSOP, penyunting: Penyunting
) -> None:
    pk = _pk(versi, 2)
    Langkah.objects.filter(pk=pk).update(
        perlu_konfirmasi=["waktu", "output"], catatan_sumber={"waktu": "Kabur."}
    )
    confirm_langkah(penyunting=penyunting, langkah_id=pk, kolom="waktu")
    langkah = Langkah.objects.get(pk=pk)
    assert (langkah.perlu_konfirmasi, langkah.catatan_sumber) == (["output"], {"waktu": "Kabur."})
    jejak = list_jejak(versi).last()
    assert jejak is not None
    assert (jejak.aktor, jejak.data["kolom"]) == (penyunting.aktor, "waktu")
    with pytest.raises(TransisiDitolak, match="sudah dikonfirmasi"):
        confirm_langkah(penyunting=penyunting, langkah_id=pk, kolom="waktu")
    _ubah(penyunting, versi, 2, output="Dibetulkan")
    assert list_jejak(versi).last().data["diperbaiki"] == ["output"]  # type: ignore[union-attr]  # just written


def test_nobody_edits_what_is_published_or_of_another_office(
    versi: VersiSOP, penyunting: Penyunting, now: datetime
) -> None:
    orang_luar = replace(penyunting, aktor=PenugasanFactory.create().pengguna)
    with pytest.raises(AksesDitolak):
        add_langkah(penyunting=orang_luar, setelah=None)
    publish_versi(versi_id=versi.pk, aktor=None, now=now)
    with pytest.raises(TransisiDitolak, match="sudah terbit"):
        add_langkah(penyunting=penyunting, setelah=None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.basisdata
def test_a_step_saved_and_removed_at_once_ends_in_one_clear_outcome(now: datetime) -> None:
    versi = create_konsep()
    penyunting = make_penyunting(versi, now)
    pk, isian, sidik = _isian(versi, 2, kegiatan="Milik saya")
    hasil: list[object] = []
    gerbang = threading.Barrier(2)

    def jalankan(*, hapus: bool) -> None:
        try:
            gerbang.wait()
            if hapus:
                remove_langkah(penyunting=penyunting, langkah_id=pk, sidik=sidik)
            else:
                save_langkah(penyunting=penyunting, langkah_id=pk, isian=isian, sidik=sidik)
        except DomainError as galat:
            hasil.append(galat)
        finally:
            connection.close()

    benang = [threading.Thread(target=jalankan, kwargs={"hapus": h}) for h in (True, False)]
    for b in benang:
        b.start()
    for b in benang:
        b.join()
    (galat,) = hasil
    assert isinstance(galat, SuntinganBasi)
    ada = Langkah.objects.filter(pk=pk).first()
    assert (galat.kini is None) == (ada is None)
    assert ada is None or ada.kegiatan == "Milik saya"
    assert Alur.objects.filter(langkah__versi=versi).exists()
    assert find_chain_break(VersiSOP.objects.get(pk=versi.pk)) is None
