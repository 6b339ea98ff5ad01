"""A Perjanjian Kinerja walks its SOP: bound to the plan, and frozen once it is signed."""

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pikepdf
import pytest
from django.db import transaction

from kinerja.models import PerjanjianKinerja, Program, Target
from kinerja.rules.perjanjian import Pihak
from kinerja.selectors.perjanjian import get_perjanjian_berlaku, read_isi
from kinerja.services.perjanjian import save_pihak
from laporan.models import Dokumen, Draf, VersiNaskah
from laporan.selectors.cetak import build_cetak, list_tempat_tanda
from laporan.selectors.perjanjian import list_baris, list_catatan_unit
from laporan.services.dokumen import render_laporan
from laporan.services.draf import (
    LaporanBaru,
    SudahAda,
    cancel_draf,
    complete_signed_tugas,
    start_draf,
)
from laporan.services.kunci import lock_draf
from laporan.services.perjanjian import change_pihak
from organisasi.models import Jejak, Penugasan
from organisasi.selectors import find_chain_break
from sakip.common.berkas import read_berkas
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sop.models import SOP
from tests.laporan.janji import BUPATI, PK, PK_BIDANG, KantorJanji, prepare_janji
from tests.laporan.meja_tanda import run_semua
from tests.laporan.rute import Baris, Kantor, aktif, make_kantor, nomor_kini, satu

pytestmark = pytest.mark.django_db

AKHIR: Baris = (2, "akhir", "arsip", satu("kepala"), None)
Bangun = Callable[[list[Baris]], Kantor]


@pytest.fixture
def janji(bangun: Bangun) -> KantorJanji:
    """An office whose head promises, everybody with a certificate."""
    return prepare_janji(bangun(PK))


def perjanjian_of(draf: Draf) -> PerjanjianKinerja:
    """Its agreement as stored now."""
    return PerjanjianKinerja.objects.get(draf=draf)


def test_it_starts_as_murni_of_the_year_with_its_own_chapters(
    janji: KantorJanji, now: datetime
) -> None:
    draf = janji.start(now)
    assert draf.judul == "Perjanjian Kinerja Tahun 2026"
    assert [b.kode for b in draf.bab.order_by("urutan")] == ["pembuka", "pernyataan", "lampiran"]
    assert perjanjian_of(draf).nomor == 0
    assert find_chain_break(draf) is None


def test_units_get_a_turn_to_look_and_no_form_of_figures(janji: KantorJanji, now: datetime) -> None:
    draf = janji.until(janji.start(now), 3, now)
    assert len(aktif(draf)) == 4
    assert not draf.tugas.filter(formulir__isnull=False).exists()


def test_notes_of_units_reach_the_writer(janji: KantorJanji, now: datetime) -> None:
    draf = janji.until(janji.start(now), 3, now)
    janji.kantor.work(aktif(draf)[0], now, catatan="Target terlalu tinggi.")
    assert [c.catatan for c in list_catatan_unit(draf)] == ["Target terlalu tinggi."]


@pytest.mark.usefixtures("berkas_sendiri")
def test_signed_it_stands_as_the_plan_was_when_it_was_handed_over(
    janji: KantorJanji, now: datetime
) -> None:
    draf = janji.until(janji.start(now), 5, now)
    run_semua(draf)
    # The plan moves on between the frozen document and the signature.
    Target.objects.filter(indikator=janji.indikator, triwulan=4).update(nilai=Decimal(55))
    Program.objects.update(pagu=None)
    draf = janji.sign(draf)
    isi = read_isi(perjanjian_of(draf))
    assert draf.status == Draf.Status.SELESAI
    assert [(b.kode, b.target) for b in isi.kinerja] == [(janji.indikator.kode, Decimal(90))]
    assert isi.jumlah == Decimal(1_000_000_000)
    kepala = janji.pemulai
    assert perjanjian_of(draf).pertama.nama == kepala.nama
    assert perjanjian_of(draf).kedua == BUPATI
    akhir = Jejak.objects.filter(aksi="laporan.tugas.tandatangani").get()
    assert akhir.data["perjanjian"]["versi"] == 1


@pytest.mark.usefixtures("berkas_sendiri")
def test_the_superior_outside_keeps_an_empty_field_and_nobody_closes_the_file(
    janji: KantorJanji, now: datetime
) -> None:
    draf = janji.make(now)
    akhir = Dokumen.objects.get(draf=draf).tanda_tangan.get()
    (kepala,) = list_tempat_tanda(draf)
    with pikepdf.open(io.BytesIO(read_berkas(akhir.berkas, akhir.sha256))) as berkas:
        ruas = {str(r.T): r for r in berkas.Root.AcroForm.Fields}
        terisi = {nama for nama, r in ruas.items() if "/V" in r}
        assert "/Lock" not in ruas[kepala.nama]
    assert set(ruas) == {kepala.nama, "TTE_pihak_kedua"}
    assert terisi == {kepala.nama}


def test_printed_page_names_both_parties_and_every_row(janji: KantorJanji, now: datetime) -> None:
    draf = janji.until(janji.start(now), 5, now)
    versi = VersiNaskah.objects.get(draf=draf)
    html = render_laporan(build_cetak(versi, pada=now))
    for kata in (
        "Perjanjian Kinerja Tahun 2026",
        BUPATI.nama,
        janji.pemulai.nama,
        janji.indikator.nama,
        "1.000.000.000",
        "selaku atasan pihak pertama",
        'id="sig-pihak_kedua"',
    ):
        assert kata in html
    assert "menggantikan perjanjian kinerja sebelumnya" not in html


def test_who_initials_is_no_party(now: datetime) -> None:
    rute: list[Baris] = [
        (1, "mulai", "susun", satu("perencana"), None),
        (2, "proses", "paraf", satu("kepala"), None),
        (3, "akhir", "tanda_tangan", satu("kepala"), None),
    ]
    janji = prepare_janji(make_kantor(rute, now))
    draf = janji.kantor.work_all(janji.start(now), now)
    cetak = build_cetak(VersiNaskah.objects.get(draf=draf), pada=now).perjanjian
    assert cetak is not None
    assert (cetak.pertama.is_paraf, [t.is_paraf for t in cetak.lain]) == (False, [True])
    assert "Ruang paraf elektronik" in render_laporan(
        build_cetak(VersiNaskah.objects.get(draf=draf), pada=now)
    )


@pytest.mark.usefixtures("berkas_sendiri")
def test_a_second_one_is_a_perubahan_with_its_reason_and_its_differences(
    janji: KantorJanji, now: datetime
) -> None:
    murni = perjanjian_of(janji.make(now))
    with pytest.raises(IsianTidakSah, match="alasan perubahannya"):
        janji.start(now)
    Target.objects.filter(indikator=janji.indikator, triwulan=4).update(nilai=Decimal(95))
    draf = janji.start(now, alasan="P-APBD 2026")
    assert draf.judul == "Perjanjian Kinerja Perubahan ke-1 Tahun 2026"
    draf = janji.until(draf, 5, now)
    tabel = VersiNaskah.objects.get(draf=draf).tabel[0]
    assert [(b["keadaan"], b["semula"], b["menjadi"]) for b in tabel["beda"]] == [
        ("berubah", "90 persen", "95 persen")
    ]
    html = render_laporan(build_cetak(VersiNaskah.objects.get(draf=draf), pada=now))
    assert "Alasan perubahan: P-APBD 2026" in html
    baru = perjanjian_of(janji.sign(draf))
    hari = baru.berlaku_mulai
    assert hari is not None
    instansi = janji.kantor.instansi
    assert get_perjanjian_berlaku(instansi.pk, 2026, hari) == baru
    assert get_perjanjian_berlaku(instansi.pk, 2026, hari.replace(month=1, day=1)) == murni
    assert get_perjanjian_berlaku(instansi.pk, 2025, hari) is None
    assert [b.is_berlaku for b in list_baris(instansi, 2026, hari=hari)] == [True, False]
    assert [b.target for b in read_isi(murni).kinerja] == [Decimal(90)]


def test_without_a_document_it_stands_as_handed_over(janji: KantorJanji, now: datetime) -> None:
    draf = janji.until(janji.start(now), 5, now)
    (tugas,) = aktif(draf)
    tugas.begin_processing()
    tugas.save(update_fields=["status"])
    mandat = Penugasan.objects.get(jabatan=tugas.jabatan_id)
    with transaction.atomic():
        complete_signed_tugas(
            draf=lock_draf(pk=draf.pk), tugas_id=tugas.pk, sebagai=mandat, now=now
        )
    assert perjanjian_of(draf).ditetapkan_pada == now


def test_only_one_is_under_way_at_a_time(janji: KantorJanji, now: datetime) -> None:
    draf = janji.start(now)
    with pytest.raises(SudahAda) as ada:
        janji.start(now)
    assert ada.value.draf == draf


def test_given_up_it_leaves_room_for_another(janji: KantorJanji, now: datetime) -> None:
    draf = janji.start(now)
    cancel_draf(draf_id=draf.pk, aktor=janji.pemulai, alasan="Salah tahun.", now=now)
    assert perjanjian_of(draf).status == PerjanjianKinerja.Status.DIBATALKAN
    assert perjanjian_of(janji.start(now)).nomor == 0


@pytest.mark.parametrize(
    ("rusak", "kata"),
    [("target", "belum ada target setahun"), ("pihak", "Pihak kedua"), ("rencana", "Belum ada")],
)
def test_the_writer_cannot_hand_on_what_cannot_be_signed(
    janji: KantorJanji, now: datetime, rusak: str, kata: str
) -> None:
    kedua = Pihak("", "") if rusak == "pihak" else BUPATI
    draf = janji.until(janji.start(now, kedua=kedua), 2, now)
    if rusak == "target":
        Target.objects.filter(triwulan=4).delete()
    elif rusak == "rencana":
        janji.indikator.is_aktif = False
        janji.indikator.save(update_fields=["is_aktif"])
    with pytest.raises(IsianTidakSah) as ditolak:
        janji.kantor.work_all(draf, now)
    assert kata in " ".join(ditolak.value.masalah)  # type: ignore[attr-defined]  # a BelumLengkap
    assert nomor_kini(draf) == 2


def test_the_gate_before_signing_holds_on_a_route_without_a_writer_in_between(
    now: datetime,
) -> None:
    rute: list[Baris] = [
        (1, "mulai", "disposisi", satu("kepala"), None),
        (2, "akhir", "tanda_tangan", satu("kepala"), None),
    ]
    janji = prepare_janji(make_kantor(rute, now))
    draf = janji.start(now, kedua=Pihak("", ""))
    with pytest.raises(IsianTidakSah):
        janji.kantor.work_all(draf, now)
    assert nomor_kini(draf) == 1


def test_the_writer_names_the_superior_and_others_may_not(
    janji: KantorJanji, now: datetime
) -> None:
    draf = janji.until(janji.start(now), 2, now)
    penulis = janji.kantor.pelaku(aktif(draf)[0])
    baru = Pihak("Pj. Bupati", "Penjabat Bupati Contoh")
    with pytest.raises(AksesDitolak):
        change_pihak(draf_id=draf.pk, kedua=baru, alasan="", aktor=janji.pemulai, now=now)
    change_pihak(draf_id=draf.pk, kedua=baru, alasan="diabaikan", aktor=penulis, now=now)
    assert (perjanjian_of(draf).kedua, perjanjian_of(draf).alasan) == (baru, "")
    draf.refresh_from_db()
    assert draf.naskah_urut == 1
    assert find_chain_break(draf) is None


@pytest.mark.usefixtures("berkas_sendiri")
def test_a_unit_head_promises_his_own_rows_to_the_head(bangun: Bangun, now: datetime) -> None:
    janji = prepare_janji(bangun(PK_BIDANG))
    unit = janji.kantor.unit["B1"]
    with pytest.raises(IsianTidakSah, match="Pilih unit"):
        janji.start(now)
    draf = janji.start(now, unit_id=unit.pk)
    assert draf.unit == {"bidang": [unit.pk]}
    draf = janji.sign(janji.kantor.work_all(draf, now))
    hasil = perjanjian_of(draf)
    kabid, kepala = (
        janji.kantor.orang[j] for j in (hasil.pertama_jabatan_id, hasil.kedua_jabatan_id or 0)
    )
    assert (hasil.pertama.nama, hasil.kedua.nama) == (kabid.nama, kepala.nama)
    assert [a.kode for a in read_isi(hasil).anggaran] == ["1.02.02.2.01"]
    assert Dokumen.objects.get(draf=draf).tanda_tangan.count() == 2
    # Another unit has an agreement of its own in the same year.
    janji.start(now, unit_id=janji.kantor.unit["B2"].pk)


def test_an_sop_that_nobody_signs_makes_no_agreement(now: datetime) -> None:
    janji = prepare_janji(make_kantor([(1, "mulai", "arsip", satu("kepala"), None), AKHIR], now))
    with pytest.raises(IsianTidakSah, match="langkah tanda tangan"):
        janji.start(now)


def test_report_and_agreement_are_not_started_on_each_others_sop(
    janji: KantorJanji, now: datetime
) -> None:
    versi, aktor = janji.kantor.versi, janji.pemulai
    with pytest.raises(IsianTidakSah, match="Perjanjian Kinerja"):
        start_draf(versi=versi, laporan=LaporanBaru("tahunan", 2026, 0), aktor=aktor, now=now)
    SOP.objects.update(menghasilkan="laporan_kinerja")
    with pytest.raises(IsianTidakSah, match="Laporan Kinerja"):
        janji.start(now)


@pytest.mark.usefixtures("berkas_sendiri")
def test_a_signed_agreement_refuses_every_change(janji: KantorJanji, now: datetime) -> None:
    draf = janji.make(now)
    perjanjian = perjanjian_of(draf)
    baris = perjanjian.baris.get()
    with pytest.raises(TypeError, match="never changes"):
        baris.save()
    with pytest.raises(TypeError, match="never changes"):
        baris.delete()
    with pytest.raises(TransisiDitolak):
        save_pihak(perjanjian_id=perjanjian.pk, kedua=BUPATI)
