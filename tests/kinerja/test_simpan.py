"""Keeping rows and evidence: effect, refusal, trail."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from kinerja.models import Bukti, Capaian
from kinerja.rules.isian import IsianBaris
from kinerja.services.bukti import attach_bukti, remove_bukti
from kinerja.services.formulir import open_formulir
from kinerja.services.isian import (
    BarisBerubah,
    BarisTidakSah,
    HasilSimpan,
    Kiriman,
    save_baris,
    save_formulir,
)
from organisasi.models import Jejak
from organisasi.selectors import find_chain_break
from sakip.common.berkas import sha256_hex
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.kinerja import PDF, BuktiFactory, CapaianFactory, FormulirFactory, make_baris
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.basisdata


def simpan(bidang: Bidang, c: Capaian, teks: str, now: datetime, **isi: Any) -> Capaian:
    """Save one row as its unit."""
    isian = IsianBaris(teks, isi.get("penjelasan", ""), isi.get("versi", c.versi))
    return save_baris(
        capaian_id=c.pk, isian=isian, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
    )


def unggah(
    bidang: Bidang, c: Capaian, now: datetime, nama: str = "a.pdf", isi: bytes = PDF
) -> Bukti:
    """Attach a file as its unit."""
    return attach_bukti(
        capaian_id=c.pk,
        berkas=SimpleUploadedFile(nama, isi),
        aktor=bidang.aktor,
        sebagai=bidang.pengisi,
        now=now,
    )


def kirim(bidang: Bidang, formulir_id: int, kiriman: Kiriman, now: datetime) -> HasilSimpan:
    """Save a whole form as its unit."""
    return save_formulir(
        formulir_id=formulir_id,
        kiriman=kiriman,
        aktor=bidang.aktor,
        sebagai=bidang.pengisi,
        now=now,
    )


@pytest.fixture
def baris(bidang: Bidang) -> Capaian:
    """An empty row of the unit's draft."""
    return CapaianFactory(formulir=FormulirFactory(unit=bidang.unit))


@pytest.mark.parametrize("teks", ["1.234,5", "1234.5", "1,234.5"])
def test_row_is_kept_however_the_figure_is_written(
    bidang: Bidang, baris: Capaian, now: datetime, teks: str
) -> None:
    simpan(bidang, baris, teks, now, penjelasan="Sebab.")
    baris.refresh_from_db()
    assert (baris.realisasi, baris.penjelasan) == (Decimal("1234.5"), "Sebab.")
    assert (baris.versi, baris.diisi_oleh) == (1, bidang.aktor)


def test_trail_holds_before_and_after(bidang: Bidang, baris: Capaian, now: datetime) -> None:
    baris = simpan(bidang, baris, "91,4", now)
    simpan(bidang, baris, "92", now)
    jejak = Jejak.objects.order_by("urut").last()
    assert jejak is not None
    assert jejak.aksi == "kinerja.capaian.fill"
    (isi,) = jejak.data["baris"]
    assert (isi["dari"]["realisasi"], isi["ke"]["realisasi"]) == ("91,4", "92")
    baris.formulir.refresh_from_db()
    assert baris.formulir.jejak_urut == 2
    assert find_chain_break(baris.formulir) is None


def test_emptying_a_row_makes_it_missing_again(
    bidang: Bidang, baris: Capaian, now: datetime
) -> None:
    baris = simpan(bidang, baris, "0", now)
    assert baris.realisasi == 0
    assert simpan(bidang, baris, "", now).realisasi is None


@pytest.mark.parametrize("teks", ["sembilan", "1e308", "-5", "9" * 30])
def test_unreadable_row_changes_nothing_and_names_the_field(
    bidang: Bidang, baris: Capaian, now: datetime, teks: str
) -> None:
    with pytest.raises(BarisTidakSah) as galat:
        simpan(bidang, baris, teks, now, penjelasan="Sebab.")
    assert list(galat.value.galat) == ["realisasi"]
    assert baris.indikator.nama in galat.value.pesan
    baris.refresh_from_db()
    assert (baris.realisasi, baris.penjelasan, baris.versi) == (None, "", 0)
    assert not Jejak.objects.exists()


def test_stale_row_is_refused_with_the_present_value(
    bidang: Bidang, baris: Capaian, now: datetime
) -> None:
    simpan(bidang, baris, "91,4", now)
    with pytest.raises(BarisBerubah) as galat:
        simpan(bidang, baris, "50", now, versi=0)
    assert bidang.aktor.nama in galat.value.pesan
    assert "realisasinya kini 91,4" in galat.value.pesan
    assert simpan(bidang, baris, "50", now, versi=galat.value.versi).realisasi == 50


def test_stale_row_that_was_emptied_says_so(bidang: Bidang, baris: Capaian, now: datetime) -> None:
    Capaian.objects.update(versi=3)
    with pytest.raises(BarisBerubah, match="diubah oleh orang lain; realisasinya kini kosong"):
        simpan(bidang, baris, "50", now, versi=0)


def test_same_content_again_is_no_change_even_when_stale(
    bidang: Bidang, baris: Capaian, now: datetime
) -> None:
    simpan(bidang, baris, "91,4", now)
    ulang = simpan(bidang, baris, "91.4", now, versi=0)
    assert ulang.versi == 1
    assert Jejak.objects.count() == 1


def test_only_its_unit_and_only_a_draft(bidang: Bidang, baris: Capaian, now: datetime) -> None:
    isian = IsianBaris("1", "", 0)
    for p in (bidang.kolega, bidang.perencana, bidang.orang_luar):
        with pytest.raises(AksesDitolak):
            save_baris(capaian_id=baris.pk, isian=isian, aktor=p.pengguna, sebagai=p, now=now)
    terkirim = CapaianFactory(formulir=FormulirFactory(unit=bidang.unit, putaran=2, diajukan=True))
    with pytest.raises(TransisiDitolak, match="sudah dikirim oleh Rina Astuti"):
        simpan(bidang, terkirim, "1", now)


def test_saving_a_row_costs_a_fixed_number_of_queries(
    bidang: Bidang, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sedikit = make_baris(bidang.unit, ("90", None))
    banyak = make_baris(bidang.unit, *[("90", None)] * 9, triwulan=2)
    for c in (sedikit[0], banyak[0]):
        with django_assert_num_queries(8):
            simpan(bidang, c, "91,4", now)


def test_whole_form_keeps_the_valid_rows(bidang: Bidang, now: datetime) -> None:
    a, b, c, d = make_baris(bidang.unit, *[("90", None)] * 4)
    Capaian.objects.filter(pk=c.pk).update(versi=2, realisasi=7)
    asing = CapaianFactory()
    isian = {
        a.pk: IsianBaris("91,4", "", 0),
        b.pk: IsianBaris("sembilan", "Sebab.", 0),
        c.pk: IsianBaris("8", "", 0),
        d.pk: IsianBaris("", "", 0),
        asing.pk: IsianBaris("1", "", 0),
    }
    hasil = kirim(bidang, a.formulir_id, Kiriman(isian), now)
    assert hasil.tersimpan == 1
    assert list(hasil.galat) == [b.pk, c.pk]
    assert "kini 7" in hasil.galat[c.pk]["realisasi"]
    assert hasil.masalah[0] == f"{b.indikator.nama}: Isi dengan angka, contoh 91,4."
    assert set(Capaian.objects.values_list("realisasi", flat=True)) == {Decimal("91.4"), 7, None}
    assert Jejak.objects.count() == 1


def test_whole_form_unchanged_leaves_no_trail(bidang: Bidang, now: datetime) -> None:
    (c,) = make_baris(bidang.unit, ("90", "5"))
    hasil = kirim(bidang, c.formulir_id, Kiriman({c.pk: IsianBaris("5,0", "", 0)}), now)
    assert (hasil.tersimpan, hasil.galat, hasil.masalah) == (0, {}, [])
    assert not Jejak.objects.exists()


def test_whole_form_keeps_good_files_and_names_bad_ones(bidang: Bidang, now: datetime) -> None:
    a, b = make_baris(bidang.unit, *[("90", None)] * 2)
    asing = CapaianFactory()
    berkas = {
        a.pk: [SimpleUploadedFile("baik.pdf", PDF)],
        b.pk: [SimpleUploadedFile("buruk.exe", b"MZ")],
        asing.pk: [SimpleUploadedFile("asing.pdf", PDF)],
    }
    hasil = kirim(bidang, a.formulir_id, Kiriman({a.pk: IsianBaris("1", "", 0)}, berkas), now)
    assert "buruk.exe" in hasil.galat[b.pk]["bukti"]
    assert [x.nama_asli for x in Bukti.objects.all()] == ["baik.pdf"]


def test_whole_form_costs_the_same_for_one_row_and_for_many(
    bidang: Bidang, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n, triwulan in ((1, 1), (14, 2)):
        baris = make_baris(bidang.unit, *[("90", None)] * n, triwulan=triwulan)
        isian = {c.pk: IsianBaris("88", "", 0) for c in baris}
        with django_assert_num_queries(7):
            kirim(bidang, baris[0].formulir_id, Kiriman(isian), now)


def test_evidence_is_kept_whole_under_a_random_name(
    bidang: Bidang, baris: Capaian, now: datetime
) -> None:
    bukti = unggah(bidang, baris, now, nama="C:\\x\\Laporan TW III.pdf")
    assert (bukti.nama_asli, bukti.jenis) == ("Laporan TW III.pdf", "application/pdf")
    assert (bukti.ukuran, bukti.sha256) == (len(PDF), sha256_hex(PDF))
    assert bukti.diunggah_oleh == bidang.aktor
    assert str(bukti.berkas.name).endswith(".pdf")
    assert "Laporan" not in str(bukti.berkas.name)
    with bukti.berkas.open("rb") as isi:
        assert isi.read() == PDF
    jejak = Jejak.objects.get()
    assert (jejak.aksi, jejak.data["nama"]) == ("kinerja.bukti.attach", "Laporan TW III.pdf")


def test_same_file_twice_is_kept_once(bidang: Bidang, baris: Capaian, now: datetime) -> None:
    assert unggah(bidang, baris, now).pk == unggah(bidang, baris, now, nama="b.pdf").pk
    assert Jejak.objects.count() == 1


@pytest.mark.parametrize(
    ("nama", "isi"), [("a.pdf", b""), ("a.pdf", b"<html>"), ("a.exe", b"MZ"), ("a.pdf", PDF * 99)]
)
@override_settings(MAKS_BUKTI_BYTES=1000)
def test_bad_files_are_refused_and_leave_nothing(
    bidang: Bidang, baris: Capaian, now: datetime, nama: str, isi: bytes
) -> None:
    with pytest.raises(IsianTidakSah, match=nama):
        unggah(bidang, baris, now, nama, isi)
    assert not Bukti.objects.exists()
    assert not Jejak.objects.exists()


def test_a_file_without_name_is_refused(bidang: Bidang, baris: Capaian, now: datetime) -> None:
    with pytest.raises(IsianTidakSah, match="“bukti” tidak dapat diterima"):
        attach_bukti(
            capaian_id=baris.pk,
            berkas=ContentFile(PDF),
            aktor=bidang.aktor,
            sebagai=bidang.pengisi,
            now=now,
        )


def test_failed_row_leaves_no_file(
    bidang: Bidang, baris: Capaian, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gagal(*_: object, **__: object) -> None:
        raise OSError("basis data penuh")

    monkeypatch.setattr(Bukti, "save", gagal)
    dihapus: list[str] = []
    monkeypatch.setattr(default_storage, "delete", dihapus.append)
    with pytest.raises(OSError, match="penuh"):
        unggah(bidang, baris, now)
    assert len(dihapus) == 1


def test_evidence_of_a_sent_form_stays(bidang: Bidang, now: datetime) -> None:
    c = CapaianFactory(formulir=FormulirFactory(unit=bidang.unit, diajukan=True))
    bukti = BuktiFactory(capaian=c)
    with pytest.raises(TransisiDitolak):
        unggah(bidang, c, now)
    with pytest.raises(TransisiDitolak):
        remove_bukti(bukti_id=bukti.pk, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now)
    assert Bukti.objects.filter(pk=bukti.pk).exists()


def test_removed_evidence_leaves_the_disk_and_stays_in_the_trail(
    bidang: Bidang,
    baris: Capaian,
    now: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    bukti = unggah(bidang, baris, now)
    nama = str(bukti.berkas.name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_bukti(bukti_id=bukti.pk, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now)
    assert not Bukti.objects.exists()
    assert not default_storage.exists(nama)
    jejak = Jejak.objects.order_by("urut").last()
    assert jejak is not None
    assert (jejak.aksi, jejak.data["sha256"]) == ("kinerja.bukti.remove", bukti.sha256)


def test_file_of_an_earlier_round_survives_removal_from_the_new_one(
    bidang: Bidang,
    now: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    lama = CapaianFactory(formulir=FormulirFactory(unit=bidang.unit, dikembalikan=True))
    bukti = BuktiFactory(capaian=lama)
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    salinan = Bukti.objects.get(capaian__formulir=formulir)
    with django_capture_on_commit_callbacks(execute=True):
        remove_bukti(bukti_id=salinan.pk, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now)
    assert default_storage.exists(str(bukti.berkas.name))
