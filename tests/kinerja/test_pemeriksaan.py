"""Verdicts on rows, and what becomes of a form: verified, sent back, opened anew."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.isian import IsianBaris
from kinerja.rules.pemeriksaan import (
    MAKS_CATATAN,
    Tanda,
    TandaBaris,
    Temuan,
    compose_alasan,
    explain_kurang,
    explain_tanda,
    read_tanda,
)
from kinerja.selectors import get_kisi, list_pemeriksaan, list_temuan
from kinerja.selectors.pemeriksaan import Perubahan
from kinerja.services.bukti import remove_bukti
from kinerja.services.formulir import BelumLengkap, open_formulir, submit_formulir
from kinerja.services.isian import BarisTidakSah, save_baris
from kinerja.services.pemeriksaan import (
    Pengembalian,
    ratify_banyak,
    reopen_formulir,
    return_formulir,
    verify_banyak,
)
from kinerja.services.tanda import Pemeriksa, save_pemeriksaan
from organisasi.models import Jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.kinerja import BuktiFactory, FormulirFactory, make_baris
from tests.factories.organisasi import UnitKerjaFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
SESUAI = TandaBaris(Tanda.SESUAI)
PERBAIKI = TandaBaris(Tanda.PERBAIKI, "Sebutkan sumbernya.")


@pytest.fixture
def pemeriksa(bidang: Bidang, now: datetime) -> Pemeriksa:
    """The perencana at work."""
    return Pemeriksa(bidang.perencana.pengguna, bidang.perencana, now)


@pytest.fixture
def baris(bidang: Bidang) -> list[Capaian]:
    """Two rows handed in."""
    return make_baris(bidang.unit, ("90", "88"), ("90", "45"), diajukan=True)


def test_verdicts_are_read_from_posted_words() -> None:
    assert read_tanda("sesuai", "sisa catatan") == SESUAI
    assert read_tanda("perbaiki", " Sebutkan sumbernya. ") == PERBAIKI
    assert read_tanda("lolos", "x") == TandaBaris(Tanda.BELUM)
    assert not explain_tanda(PERBAIKI)
    assert not explain_kurang(PERBAIKI)
    assert "Pilih atau tuliskan" in explain_kurang(TandaBaris(Tanda.PERBAIKI))
    assert "Ringkaslah" in explain_tanda(TandaBaris(Tanda.PERBAIKI, "x" * (MAKS_CATATAN + 1)))


def test_the_reason_names_unit_and_indikator() -> None:
    temuan = [Temuan("P2P", "TB", "satu"), Temuan("P2P", "DBD", "dua"), Temuan("SDK", "A", "tiga")]
    assert compose_alasan(temuan) == "P2P: TB: satu; DBD: dua\nSDK: A: tiga"


def test_verdicts_are_kept_and_those_without_reason_named(
    baris: list[Capaian], pemeriksa: Pemeriksa
) -> None:
    a, b = baris
    tanda = {a.pk: SESUAI, b.pk: TandaBaris(Tanda.PERBAIKI), 0: SESUAI}
    hasil = save_pemeriksaan(formulir_ids=[a.formulir_id], tanda=tanda, pemeriksa=pemeriksa)
    assert (hasil.tersimpan, list(hasil.galat), hasil.ditolak) == (2, [b.pk], {})
    a.refresh_from_db()
    b.refresh_from_db()
    assert (a.periksa, a.diperiksa_oleh) == ("sesuai", pemeriksa.aktor)
    assert (b.periksa, b.catatan_pemeriksa) == ("perbaiki", "")
    catat = [(t["indikator"], t["tanda"]) for t in Jejak.objects.get().data["tanda"]]
    assert catat == [(a.indikator_id, "sesuai"), (b.indikator_id, "perbaiki")]
    ulang = save_pemeriksaan(
        formulir_ids=[a.formulir_id], tanda={a.pk: SESUAI}, pemeriksa=pemeriksa
    )
    assert (ulang.tersimpan, ulang.galat) == (0, {})
    assert Jejak.objects.count() == 1


def test_verdicts_of_forms_that_do_not_wait_are_ignored(
    bidang: Bidang, pemeriksa: Pemeriksa
) -> None:
    (c,) = make_baris(bidang.unit, ("90", "88"))
    hasil = save_pemeriksaan(
        formulir_ids=[c.formulir_id], tanda={c.pk: SESUAI}, pemeriksa=pemeriksa
    )
    assert (hasil.tersimpan, hasil.galat) == (0, {})
    c.refresh_from_db()
    assert c.periksa == ""


def test_nobody_marks_figures_he_handed_in(
    baris: list[Capaian], bidang: Bidang, now: datetime
) -> None:
    FormulirCapaian.objects.filter(pk=baris[0].formulir_id).update(
        diajukan_oleh=bidang.perencana.pengguna
    )
    with pytest.raises(AksesDitolak, match="harus orang lain"):
        save_pemeriksaan(
            formulir_ids=[baris[0].formulir_id],
            tanda={baris[0].pk: SESUAI},
            pemeriksa=Pemeriksa(bidang.perencana.pengguna, bidang.perencana, now),
        )


def test_own_figures_may_be_sent_back_but_not_judged(
    baris: list[Capaian], bidang: Bidang, now: datetime
) -> None:
    p, pk = bidang.perencana, baris[0].formulir_id
    FormulirCapaian.objects.filter(pk=pk).update(diajukan_oleh=p.pengguna)
    (unit,) = list_pemeriksaan([FormulirCapaian.objects.get(pk=pk)], aktor_id=p.pengguna_id)
    assert (unit.bisa, unit.sendiri) == (False, True)
    formulir = return_formulir(
        formulir_id=pk,
        pengembalian=Pengembalian("Salah ketik."),
        aktor=p.pengguna,
        sebagai=p,
        now=now,
    )
    assert formulir.status == "dikembalikan"


def test_verifying_marks_nothing_and_refuses_what_needs_work_or_was_not_judged(
    baris: list[Capaian], pemeriksa: Pemeriksa
) -> None:
    a, b = baris
    save_pemeriksaan(formulir_ids=[a.formulir_id], tanda={b.pk: PERBAIKI}, pemeriksa=pemeriksa)
    with pytest.raises(IsianTidakSah, match="1 indikator masih bertanda"):
        verify_banyak(formulir_ids=[a.formulir_id], pemeriksa=pemeriksa)
    with pytest.raises(IsianTidakSah, match="1 indikator masih bertanda"):
        ratify_banyak(formulir_ids=[a.formulir_id], pemeriksa=pemeriksa)
    save_pemeriksaan(formulir_ids=[a.formulir_id], tanda={b.pk: SESUAI}, pemeriksa=pemeriksa)
    with pytest.raises(IsianTidakSah, match="1 indikator belum diperiksa"):
        verify_banyak(formulir_ids=[a.formulir_id], pemeriksa=pemeriksa)
    save_pemeriksaan(formulir_ids=[a.formulir_id], tanda={a.pk: SESUAI}, pemeriksa=pemeriksa)
    (formulir,) = verify_banyak(formulir_ids=[a.formulir_id], pemeriksa=pemeriksa)
    assert formulir.status == "diverifikasi"


def test_figures_that_stand_with_their_report_are_said_to_be_examined_by_nobody(
    baris: list[Capaian], pemeriksa: Pemeriksa
) -> None:
    (formulir,) = ratify_banyak(formulir_ids=[baris[0].formulir_id], pemeriksa=pemeriksa)
    assert formulir.status == "diverifikasi"
    assert Jejak.objects.get().aksi == "kinerja.formulir.ratify"
    assert set(Capaian.objects.values_list("periksa", "diperiksa_oleh")) == {("", None)}


def test_a_form_sent_back_as_a_whole_is_open_in_all_its_rows(
    baris: list[Capaian], bidang: Bidang, pemeriksa: Pemeriksa, now: datetime
) -> None:
    Capaian.objects.update(periksa="sesuai")
    return_formulir(
        formulir_id=baris[0].formulir_id,
        pengembalian=Pengembalian("Satuannya keliru."),
        aktor=pemeriksa.aktor,
        sebagai=pemeriksa.sebagai,
        now=now,
    )
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    assert not any(c.is_terkunci for c in formulir.capaian.all())


def test_a_row_marked_without_a_note_takes_the_reason_of_the_return(
    baris: list[Capaian], pemeriksa: Pemeriksa
) -> None:
    a, b = baris
    Capaian.objects.filter(pk=b.pk).update(periksa="perbaiki")
    return_formulir(
        formulir_id=a.formulir_id,
        pengembalian=Pengembalian("Lengkapi buktinya."),
        aktor=pemeriksa.aktor,
        sebagai=pemeriksa.sebagai,
        now=pemeriksa.now,
    )
    b.refresh_from_db()
    assert b.catatan_pemeriksa == "Lengkapi buktinya."


def test_verified_figures_with_a_newer_round_are_not_opened_a_second_time(
    baris: list[Capaian], bidang: Bidang, pemeriksa: Pemeriksa
) -> None:
    ratify_banyak(formulir_ids=[baris[0].formulir_id], pemeriksa=pemeriksa)
    FormulirFactory(unit=bidang.unit, putaran=2)
    with pytest.raises(TransisiDitolak, match=r"sudah mempunyai putaran 2 yang draf\."):
        reopen_formulir(
            formulir_id=baris[0].formulir_id, alasan="Salah unggah.", pemeriksa=pemeriksa
        )
    assert not Jejak.objects.filter(aksi="kinerja.formulir.reopen").exists()


def test_only_rows_in_need_of_work_are_open_in_the_next_round(
    baris: list[Capaian], bidang: Bidang, pemeriksa: Pemeriksa, now: datetime
) -> None:
    a, b = baris
    BuktiFactory(capaian=a)
    tanda = {a.pk: SESUAI, b.pk: PERBAIKI}
    save_pemeriksaan(formulir_ids=[a.formulir_id], tanda=tanda, pemeriksa=pemeriksa)
    return_formulir(
        formulir_id=a.formulir_id,
        pengembalian=Pengembalian("Lengkapi."),
        aktor=pemeriksa.aktor,
        sebagai=pemeriksa.sebagai,
        now=now,
    )
    (catatan,) = Jejak.objects.order_by("-pk")[0].data["catatan"]
    assert (catatan["capaian"], catatan["catatan"]) == (b.pk, "Sebutkan sumbernya.")
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    sesuai, perbaiki = Capaian.objects.filter(formulir=formulir).order_by("pk")
    assert (sesuai.is_terkunci, perbaiki.is_terkunci) == (True, False)
    assert perbaiki.catatan_pemeriksa == "Sebutkan sumbernya."
    kisi = get_kisi(formulir, bisa_isi=True)
    assert [r.pk for r in kisi.dikembalikan] == [perbaiki.pk]
    ubah: dict[str, Any] = {"aktor": bidang.aktor, "sebagai": bidang.pengisi, "now": now}
    with pytest.raises(BarisTidakSah, match="Sudah diverifikasi"):
        save_baris(capaian_id=sesuai.pk, isian=IsianBaris("99", "", 0), **ubah)
    save_baris(capaian_id=sesuai.pk, isian=IsianBaris("88", "", 0), **ubah)
    with pytest.raises(TransisiDitolak, match="sudah diverifikasi"):
        remove_bukti(bukti_id=sesuai.bukti.get().pk, **ubah)
    save_baris(capaian_id=perbaiki.pk, isian=IsianBaris("85", "Diperbaiki.", 0), **ubah)
    with pytest.raises(BelumLengkap) as belum:
        submit_formulir(formulir_id=formulir.pk, **ubah)
    assert belum.value.galat == {perbaiki.pk: {"rtl": "Jawab catatan pemeriksa dengan RTL."}}
    with pytest.raises(BarisTidakSah, match="RTL paling panjang"):
        save_baris(capaian_id=perbaiki.pk, isian=IsianBaris("85", "", 1, "x" * 5001), **ubah)
    save_baris(
        capaian_id=perbaiki.pk, isian=IsianBaris("85", "Diperbaiki.", 1, "Dicocokkan."), **ubah
    )
    assert submit_formulir(formulir_id=formulir.pk, **ubah).status == "diajukan"


def test_the_second_round_shows_what_changed(
    baris: list[Capaian], bidang: Bidang, pemeriksa: Pemeriksa, now: datetime
) -> None:
    a, b = baris
    BuktiFactory(capaian=b, nama_asli="Laporan lama.pdf")
    return_formulir(
        formulir_id=a.formulir_id,
        pengembalian=Pengembalian("Lengkapi.", {b.pk: "Cocokkan."}),
        aktor=pemeriksa.aktor,
        sebagai=pemeriksa.sebagai,
        now=now,
    )
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    tetap, ubah = Capaian.objects.filter(formulir=formulir).order_by("pk")
    ubah.bukti.all().delete()
    BuktiFactory(capaian=ubah)
    Capaian.objects.filter(indikator=ubah.indikator).update(rtl_lalu="Melatih kader.")
    Capaian.objects.filter(pk=ubah.pk).update(
        realisasi=None, penjelasan="Belum ada.", rtl="Kami.", rtl_lalu_status="selesai"
    )
    (unit,) = list_pemeriksaan([formulir], aktor_id=pemeriksa.aktor.pk)
    satu, dua = unit.baris
    assert (satu.pk, satu.is_ulang, satu.berubah) == (tetap.pk, True, [])
    assert dua.berubah == [
        Perubahan("Realisasi", "45", "kosong"),
        Perubahan("Penjelasan", "", "Belum ada."),
        Perubahan("Status RTL periode lalu", "Belum dijawab", "Selesai"),
        Perubahan("Bukti dukung", "Laporan lama.pdf", "Laporan TW III.pdf"),
    ]
    assert (dua.diminta, dua.rtl) == ("Cocokkan.", "Kami.")
    assert (unit.sesuai, unit.perbaiki, unit.belum) == (0, 0, 2)


def test_examining_costs_a_fixed_number_of_queries(
    bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    formulir = []
    for unit in [bidang.unit, *UnitKerjaFactory.create_batch(4, instansi=bidang.instansi)]:
        make_baris(unit, ("90", "80"), dikembalikan=True)
        (c,) = make_baris(unit, ("90", "88"), diajukan=True, putaran=2)
        BuktiFactory(capaian=c)
        formulir.append(c.formulir)
    for banyak in (1, 5):
        with django_assert_num_queries(6):
            list_pemeriksaan(formulir[:banyak], aktor_id=bidang.perencana.pengguna_id)


def test_findings_are_those_posted_else_those_stored(
    baris: list[Capaian], bidang: Bidang, pemeriksa: Pemeriksa
) -> None:
    a, b = baris
    save_pemeriksaan(formulir_ids=[a.formulir_id], tanda={b.pk: PERBAIKI}, pemeriksa=pemeriksa)
    posted = {a.pk: TandaBaris(Tanda.PERBAIKI, "Angka ganjil.")}
    assert list_temuan(posted, [a.formulir_id]) == [
        Temuan("Bidang P2P", a.indikator.nama, "Angka ganjil."),
        Temuan("Bidang P2P", b.indikator.nama, "Sebutkan sumbernya."),
    ]


def test_verified_figures_are_opened_only_as_a_new_attempt_with_a_reason(
    baris: list[Capaian], bidang: Bidang, pemeriksa: Pemeriksa, now: datetime
) -> None:
    pk = baris[0].formulir_id
    with pytest.raises(TransisiDitolak, match="sudah diverifikasi"):
        reopen_formulir(formulir_id=pk, alasan="Salah unggah.", pemeriksa=pemeriksa)
    Capaian.objects.update(periksa="sesuai")
    verify_banyak(formulir_ids=[pk], pemeriksa=pemeriksa)
    with pytest.raises(IsianTidakSah, match="alasan"):
        reopen_formulir(formulir_id=pk, alasan=" ", pemeriksa=pemeriksa)
    reopen_formulir(formulir_id=pk, alasan="Salah unggah.", pemeriksa=pemeriksa)
    baru = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now, alasan="Salah unggah.")
    assert (baru.putaran, baru.alasan_buka) == (2, "Salah unggah.")
    assert not Capaian.objects.filter(formulir=baru, periksa="sesuai").exists()
    assert FormulirCapaian.objects.get(pk=pk).status == "diverifikasi"
    assert Jejak.objects.order_by("-pk")[0].aksi == "kinerja.formulir.reopen"


def test_the_reason_is_kept_only_where_verified_figures_are_opened(
    bidang: Bidang, now: datetime
) -> None:
    FormulirFactory(unit=bidang.unit, dikembalikan=True)
    baru = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now, alasan="Perbaiki.")
    assert baru.alasan_buka == ""


def test_every_round_stays_readable_from_the_page_of_the_form(
    client: Client, bidang: Bidang
) -> None:
    (lama,) = make_baris(bidang.unit, ("90", "45"), diverifikasi=True)
    (baru,) = make_baris(bidang.unit, ("90", "88"), putaran=2, alasan_buka="Salah satuan.")
    client.force_login(bidang.kolega.pengguna)
    isi = client.get(lama.formulir.get_absolute_url()).content.decode()
    assert f'href="{baru.formulir.get_absolute_url()}"' in isi
    assert 'aria-current="page">Putaran 1 <span class="meta">diverifikasi</span>' in isi
    assert ">45<" in isi
    isi = client.get(baru.formulir.get_absolute_url()).content.decode()
    assert "Dibuka kembali sesudah diverifikasi: “Salah satuan.”" in isi
