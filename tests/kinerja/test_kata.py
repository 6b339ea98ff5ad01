"""Targets in words: kept with the period, judged by the examiner, printed as they were written."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from kinerja.models import (
    BarisPerjanjian,
    Capaian,
    Indikator,
    PerjanjianKinerja,
    RingkasanCapaian,
    Target,
    TargetRenstra,
)
from kinerja.rules.agregasi import Agregasi
from kinerja.rules.capaian import Aturan, Rumus, Setelan, reckon_capaian
from kinerja.rules.nilai import (
    JenisNilai,
    TingkatTidakTerbaca,
    check_tingkatan,
    list_penilaian,
    read_tingkat,
)
from kinerja.rules.pemeriksaan import Tanda, TandaBaris, explain_kurang
from kinerja.rules.periode import Periode
from kinerja.rules.perjanjian import IsiPerjanjian, Pihak
from kinerja.rules.target import (
    IsiTarget,
    TargetTidakTerbaca,
    combine_isi,
    join_target,
    parse_target,
    show_target,
    split_target,
)
from kinerja.selectors import get_kisi, list_pemeriksaan, list_tabel_capaian
from kinerja.selectors.banding import list_banding
from kinerja.selectors.csv_capaian import make_tabel
from kinerja.selectors.dataset import list_capaian_terbuka
from kinerja.selectors.pemeriksaan import list_tanpa_putusan
from kinerja.selectors.perjanjian import build_isi, list_beda_janji, read_isi
from kinerja.selectors.pohon import get_pohon
from kinerja.selectors.rekap import list_riwayat_indikator
from kinerja.services.formulir import open_formulir, submit_formulir
from kinerja.services.lembar_rencana import write_rencana
from kinerja.services.pemeriksaan import Pengembalian, return_formulir, verify_banyak
from kinerja.services.perjanjian import PerjanjianBaru, open_perjanjian, seal_perjanjian
from kinerja.services.ringkasan import keep_ringkasan
from kinerja.services.tanda import Pemeriksa, save_pemeriksaan
from sakip.common.errors import IsianTidakSah
from tests.factories.kinerja import IndikatorFactory, TargetFactory
from tests.kinerja._impor import buku, isi, kirim_rencana, terapkan
from tests.kinerja.conftest import Bidang

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
KUALITATIF = JenisNilai.KUALITATIF
TINGKAT = "Tercapai = 100\nSebagian = 60"


def baca(teks: str) -> str:
    """Words as a target."""
    return parse_target(teks, KUALITATIF, (), negatif=False, rentang=True)


@pytest.mark.parametrize("teks", ["80", "80..90", "s.d. 90%", ":titik dua", "Draf – dibahas"])
def test_words_stay_words_whatever_they_look_like(teks: str) -> None:
    target = baca(teks)
    assert split_target(target) == IsiTarget(uraian=teks)
    assert join_target(split_target(target)) == target
    assert show_target(target, KUALITATIF, ()) == teks


def test_words_are_one_line_of_bounded_length_and_may_be_missing() -> None:
    assert split_target(baca("Draf\n tersusun")).uraian == "Draf tersusun"
    assert (baca("-"), baca(""), bool(split_target(""))) == ("", "", False)
    with pytest.raises(TargetTidakTerbaca, match="paling panjang 300 huruf"):
        baca("x" * 301)


def test_the_year_is_promised_the_words_of_its_end() -> None:
    kata = {1: IsiTarget(uraian="Draf"), 4: IsiTarget(uraian="Ditetapkan")}
    assert combine_isi(kata, Agregasi.JUMLAH).uraian == "Ditetapkan"
    assert not combine_isi({1: IsiTarget(uraian="Draf")}, Agregasi.TERAKHIR)
    rentang = IsiTarget(Decimal(80), Decimal(90))
    assert combine_isi({4: rentang}, Agregasi.TERAKHIR) == rentang
    angka = {n: IsiTarget(Decimal(n), Decimal(9)) for n in range(1, 5)}
    assert combine_isi(angka, Agregasi.JUMLAH) == IsiTarget(Decimal(10))


def test_a_word_counts_only_where_the_office_gives_it_a_percentage() -> None:
    belum = reckon_capaian(None, None, Setelan(Rumus.KATA))
    assert (belum.persen, belum.penilaian, belum.aturan) == (None, "", Aturan.TAK_TERHITUNG)
    kata = reckon_capaian(None, None, Setelan(Rumus.KATA, penilaian="Tercapai"))
    assert (kata.persen, kata.penilaian, kata.aturan) == (None, "Tercapai", Aturan.DINILAI)
    skor = Setelan(Rumus.KATA, penilaian="Sebagian", skor=Decimal(60))
    hasil = reckon_capaian(None, None, skor)
    assert (hasil.persen, hasil.alasan) == (60, "Penilaian pemeriksa: sebagian, dihitung 60%.")
    lewat = Setelan(Rumus.KATA, penilaian="Lebih", skor=Decimal(150), batas=Decimal(120))
    assert reckon_capaian(None, None, lewat).persen == 120


def test_words_of_an_office_are_checked_and_else_there_are_three() -> None:
    assert list_penilaian(read_tingkat(TINGKAT)) == ("Tercapai", "Sebagian")
    assert list_penilaian(()) == ("Tercapai", "Tercapai sebagian", "Tidak tercapai")
    check_tingkatan(TINGKAT, "kualitatif")
    for salah in ("Gagal = -1", f"{'x' * 61} = 1"):
        with pytest.raises(TingkatTidakTerbaca, match="penilaian dan persennya"):
            check_tingkatan(salah, "kualitatif")
    assert "pilih penilaiannya" in explain_kurang(TandaBaris(Tanda.SESUAI), ["Tercapai"])
    assert not explain_kurang(TandaBaris(Tanda.SESUAI, penilaian="Tercapai"), ["Tercapai"])


@pytest.fixture
def indikator(bidang: Bidang) -> Indikator:
    """Judged in words, with a target for every triwulan and the end of the plan."""
    i = IndikatorFactory(
        unit=bidang.unit, kode="K1", nama="Peta proses bisnis", satuan="dokumen",
        jenis_nilai="kualitatif", rumus="kata", tingkatan=TINGKAT, urutan=1,
    )  # fmt: skip
    for tw, uraian in enumerate(("Draf", "Dibahas", "Disepakati", "Ditetapkan"), 1):
        TargetFactory(indikator=i, triwulan=tw, nilai=None, uraian=uraian)
    TargetRenstra.objects.create(indikator=i, tahun=2029, uraian="Diterapkan")
    return i


def kirim(bidang: Bidang, now: datetime) -> Capaian:
    """The row of triwulan III, handed in with words."""
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    Capaian.objects.filter(formulir=formulir).update(penjelasan="Disepakati semua bidang.")
    submit_formulir(formulir_id=formulir.pk, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now)
    return Capaian.objects.get(formulir=formulir)


def nilai(c: Capaian, penilaian: str, p: Pemeriksa) -> dict[int, dict[str, str]]:
    """Find the row right with that word; what is left to say of it."""
    tanda = {c.pk: TandaBaris(Tanda.SESUAI, penilaian=penilaian)}
    hasil = save_pemeriksaan(formulir_ids=[c.formulir_id], tanda=tanda, pemeriksa=p)
    c.refresh_from_db()
    return hasil.galat


@pytest.fixture
def pemeriksa(bidang: Bidang, now: datetime) -> Pemeriksa:
    """The Perencana at work."""
    return Pemeriksa(bidang.perencana.pengguna, bidang.perencana, now)


@pytest.mark.usefixtures("indikator")
def test_words_are_copied_when_the_period_opens_and_go_with_every_round(
    bidang: Bidang, pemeriksa: Pemeriksa, now: datetime
) -> None:
    c = kirim(bidang, now)
    Target.objects.update(uraian="Lain")
    (baris,) = get_kisi(c.formulir, bisa_isi=True).kelompok[0].baris
    assert (baris.target_teks, baris.is_kata, baris.kategori) == (
        "Disepakati", True, "Belum dinilai"
    )  # fmt: skip
    assert get_kisi(c.formulir, bisa_isi=False).terisi == 1
    assert "Disepakati" in next(iter(make_tabel(c.formulir).baris))
    return_formulir(
        formulir_id=c.formulir_id,
        pengembalian=Pengembalian("Lampirkan berita acara.", {c.pk: "Lampirkan."}),
        aktor=pemeriksa.aktor,
        sebagai=pemeriksa.sebagai,
        now=now,
    )
    kedua = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    assert kedua.capaian.get().target_uraian == "Disepakati"


@pytest.mark.usefixtures("indikator")
def test_nobody_verifies_words_that_were_not_judged(
    bidang: Bidang, pemeriksa: Pemeriksa, now: datetime
) -> None:
    c = kirim(bidang, now)
    assert "pilih penilaiannya" in nilai(c, "Karangan", pemeriksa)[c.pk]["catatan"]
    assert (c.periksa, c.penilaian) == ("sesuai", "")
    (kurang,) = list_tanpa_putusan([c.formulir_id], bidang.instansi.pk)
    assert "pilih penilaiannya" in kurang.kurang
    with pytest.raises(IsianTidakSah, match="belum dinilai"):
        verify_banyak(formulir_ids=[c.formulir_id], pemeriksa=pemeriksa)
    assert not nilai(c, "Sebagian", pemeriksa)
    basi = {c.pk: TandaBaris(Tanda.SESUAI, penilaian="Tercapai", versi=c.versi - 1)}
    hasil = save_pemeriksaan(formulir_ids=[c.formulir_id], tanda=basi, pemeriksa=pemeriksa)
    assert "“Sebagian”" in str(hasil.ditolak[c.pk])
    verify_banyak(formulir_ids=[c.formulir_id], pemeriksa=pemeriksa)
    (unit,) = list_pemeriksaan([c.formulir], aktor_id=pemeriksa.aktor.pk)
    (b,) = unit.baris
    assert (b.target_teks, b.realisasi_teks, b.penilaian) == (
        "Disepakati", "Diuraikan di bawah", "Sebagian"
    )  # fmt: skip
    (t,) = list_tabel_capaian(bidang.instansi, 2026, 3)
    assert (t.baris[0].realisasi_teks, t.baris[0].persen, t.baris[0].belum_diisi) == (
        "Disepakati semua bidang.", 60, False
    )  # fmt: skip
    (d,) = list_capaian_terbuka(bidang.instansi, 2026)
    assert (d.target, d.target_uraian, d.penilaian) == ("", "Disepakati", "Sebagian")


def test_a_judgement_without_percentage_has_no_colour_and_leaves_the_mean_alone(
    bidang: Bidang, indikator: Indikator, pemeriksa: Pemeriksa, now: datetime
) -> None:
    Indikator.objects.filter(pk=indikator.pk).update(tingkatan="")
    c = kirim(bidang, now)
    nilai(c, "Tercapai", pemeriksa)
    (t,) = list_tabel_capaian(bidang.instansi, 2026, 3)
    (b,) = t.baris
    assert (b.kategori, b.kategori_warna, b.capaian_teks) == ("Tercapai", "", "–")
    assert (t.rerata, t.tak_terhitung) == (None, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Capaian.objects.update(periksa="perbaiki")


@pytest.mark.usefixtures("indikator")
def test_a_judgement_takes_the_kept_sum_away(
    bidang: Bidang, pemeriksa: Pemeriksa, now: datetime
) -> None:
    c = kirim(bidang, now)
    keep_ringkasan([c.formulir_id])
    nilai(c, "Tercapai", pemeriksa)
    assert not RingkasanCapaian.objects.exists()


def test_words_stand_on_the_tree_in_the_history_and_beside_other_years(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    kirim(bidang, now)
    satu = get_pohon(bidang.instansi, 2026).tujuan[0].sasaran[0].indikator[0]
    assert (satu.target_teks, "target" in " ".join(satu.celah)) == ("Ditetapkan", False)
    titik = list_riwayat_indikator(indikator, Periode(2026, 4))
    assert [t.target_teks for t in titik] == ["Draf", "Dibahas", "Disepakati", "Ditetapkan"]
    assert titik[2].realisasi_teks == "Disepakati semua bidang."
    assert [t.keadaan for t in titik] == ["", "", "Belum diverifikasi", ""]
    b = list_banding([indikator], Periode(2026, 3))[indikator.pk]
    assert (b.kini.target_teks, b.kini.realisasi_teks) == ("Disepakati", "Disepakati semua bidang.")
    assert b.renstra is not None
    assert (b.renstra.target_teks, b.renstra.teks) == ("Diterapkan", "–")
    lain = list_banding([indikator], Periode(2027, 1))[indikator.pk]
    assert [t.target_teks for t in lain.tahun] == ["Disepakati", "–"]


def test_an_agreement_promises_words_as_they_were_written(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    isi_kini = build_isi(bidang.instansi, 2026)
    (butir,) = isi_kini.kinerja
    assert (butir.target, butir.uraian, butir.target_bersatuan) == (
        None, "Ditetapkan", "Ditetapkan"
    )  # fmt: skip
    assert IsiPerjanjian.from_json(isi_kini.to_json()) == isi_kini
    lama = isi_kini.to_json()
    del lama["baris"][0]["uraian"]
    assert IsiPerjanjian.from_json(lama).kinerja[0].uraian == ""
    pihak = Pihak("A", "Kepala Dinas"), Pihak("B", "Bupati")
    perjanjian = open_perjanjian(
        instansi=bidang.instansi,
        baru=PerjanjianBaru(2026, bidang.perencana.jabatan_id, kedua=pihak[1]),
        now=now,
    )
    seal_perjanjian(perjanjian_id=perjanjian.pk, isi=isi_kini, pihak=pihak, pada=now)
    assert BarisPerjanjian.objects.get().target_teks == "Ditetapkan"
    perjanjian = PerjanjianKinerja.objects.get()
    assert read_isi(perjanjian).kinerja == isi_kini.kinerja
    assert list_beda_janji(bidang.instansi, 2026) == {}
    Target.objects.filter(triwulan=4).update(uraian="Dibatalkan")
    assert list_beda_janji(bidang.instansi, 2026) == {indikator.pk: "Ditetapkan"}


def test_words_go_out_to_excel_and_come_back(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    u = kirim_rencana(bidang, now, buku(bidang.instansi, isi(Target_E4="80", TR_F4="-")))
    (ubah,) = [b for b in u.baris if b["lembar"] == "Target"]
    assert [(lama, baru) for _j, _a, lama, baru in ubah["ubah"]] == [("Ditetapkan", "80")]
    assert terapkan(u, bidang, now) == 2
    assert Target.objects.get(triwulan=4).isi == IsiTarget(uraian="80")
    assert not TargetRenstra.objects.filter(indikator=indikator).exists()
    assert write_rencana(bidang.instansi, 2026)
