"""Opening figures again while a report is under way: by whom, until when, what stays readable."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from kinerja.models import Capaian, FormulirCapaian
from laporan.models import Dokumen, Draf, Kunjungan, TandaTangan, Tugas, VersiNaskah
from laporan.rules.pembukaan import list_pembuka
from laporan.selectors.pembukaan import get_pembukaan
from laporan.selectors.riwayat import Peristiwa, list_riwayat
from laporan.services.draf import LaporanBaru, suspend_draf
from laporan.services.pembukaan import Permintaan, reopen_capaian
from organisasi.models import Jabatan, Jejak, Pengguna, UnitKerja
from organisasi.selectors import list_pemegang
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sop.rules.graf import Graf
from sop.selectors import get_graf
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.invarian import assert_invarian
from tests.laporan.kantor_contoh import KantorContoh, load_kantor
from tests.laporan.rute import aktif, nomor_kini
from tests.laporan.test_pemeriksaan import walk_to

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
ALASAN = "Angka PERKIM salah satuan."


@pytest.fixture
def kantor(now: datetime) -> KantorContoh:
    """DPRKP2: collects at step 4, the Perencana decides about the figures at step 6."""
    return load_kantor("dprkp2-mojokerto", now)


@pytest.fixture
def draf(kantor: KantorContoh) -> Draf:
    """A report whose figures were verified; it lies at step 9, the Perencana's correction."""
    return walk_to(kantor, kantor.start(LaporanBaru("triwulan", 2026, 3)), 9)


def graf_of(draf: Draf) -> Graf:
    """The frozen route."""
    return get_graf(draf.versi_id, draf.versi.sidik)


def unit_of(draf: Draf, kode: str) -> UnitKerja:
    """A unit of the office."""
    return UnitKerja.objects.get(instansi=draf.instansi, kode=kode)


def holder(draf: Draf, nomor: int, now: datetime) -> Pengguna:
    """Who does step `nomor`."""
    jabatan = [p.jabatan_id for p in graf_of(draf).menurut_nomor[nomor].pelaksana]
    return list_pemegang(jabatan_ids=jabatan, pada=now)[0].pengguna


def reopen(draf: Draf, aktor: Pengguna, now: datetime, *kode: str, alasan: str = ALASAN) -> Draf:
    """Open the figures of these units."""
    unit = tuple(unit_of(draf, k).pk for k in kode)
    return reopen_capaian(
        draf_id=draf.pk, permintaan=Permintaan(unit, alasan), aktor=aktor, now=now
    )


def sign(draf: Draf, now: datetime) -> None:
    """A signature on a document of the report, as the signing job leaves it."""
    versi = VersiNaskah.objects.filter(draf=draf).latest("pk")
    dokumen = Dokumen.objects.create(
        draf=draf,
        versi_naskah=versi,
        berkas="a.pdf",
        sha256="0",
        ukuran=1,
        halaman=1,
        kotak={},
        dibekukan_pada=now,
    )
    tugas = Tugas.objects.filter(draf=draf, sebagai__isnull=False).earliest("pk")
    assert tugas.sebagai is not None
    TandaTangan.objects.create(
        dokumen=dokumen,
        urut=1,
        tugas=tugas,
        penugasan=tugas.sebagai,
        nip="1",
        berkas="b.pdf",
        sha256="0",
        ukuran=1,
        is_uji=True,
        ditandatangani_pada=now,
    )


def test_verified_figures_begin_a_new_attempt_and_the_report_walks_on_from_there(
    kantor: KantorContoh, draf: Draf
) -> None:
    perencana = holder(draf, 6, kantor.now)
    draf = reopen(draf, perencana, kantor.now, "PERKIM")
    (tugas,) = aktif(draf)
    assert (nomor_kini(draf), tugas.unit) == (4, unit_of(draf, "PERKIM"))
    assert (draf.status, draf.balik_dari) == ("perbaikan", 9)
    lama, baru = FormulirCapaian.objects.filter(unit=tugas.unit).order_by("putaran")
    assert (lama.status, baru.status, baru.alasan_buka) == ("diverifikasi", "draf", ALASAN)
    assert tugas.formulir == baru
    assert not Capaian.objects.filter(formulir=baru, periksa="sesuai").exists()
    hub = FormulirCapaian.objects.filter(unit=unit_of(draf, "HUB"))
    assert [f.status for f in hub] == ["diverifikasi"]
    jejak = Jejak.objects.get(aksi="laporan.capaian.buka")
    assert "Perencana" in jejak.sebagai
    assert jejak.data["unit_dipilih"] == [tugas.unit_id]
    assert_invarian(draf.pk)
    cerita = [p for p in list_riwayat(draf) if isinstance(p, Peristiwa)]
    assert [(p.judul, p.alasan) for p in cerita] == [("Capaian dibuka kembali", ALASAN)]
    draf = walk_to(kantor, draf, 9)
    baru.refresh_from_db()
    assert baru.status == "diverifikasi"
    while draf.is_aktif:
        draf = kantor.work(aktif(draf)[0])
    assert_invarian(draf.pk)


def test_the_unit_reads_who_opened_it_and_why(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    perencana = holder(draf, 6, kantor.now)
    draf = reopen(draf, perencana, kantor.now, "PERKIM")
    (tugas,) = aktif(draf)
    client.force_login(kantor.mandat(tugas).pengguna)
    isi = client.get(tugas.get_absolute_url()).content.decode()
    assert ALASAN in isi
    assert perencana.nama in isi
    assert ALASAN in client.get("/").content.decode()


def test_where_nobody_verifies_whoever_receives_the_figures_opens_them(now: datetime) -> None:
    kantor = load_kantor("dinkes-mojokerto", now)
    draf = walk_to(kantor, kantor.start(LaporanBaru("triwulan", 2026, 3)), 7)
    sekretaris = holder(draf, 7, now)
    with pytest.raises(AksesDitolak, match="pejabat yang memeriksanya menurut SOP"):
        reopen(draf, sekretaris, now, "P2P")
    draf = reopen(draf, holder(draf, 6, now), now, "P2P", "SDK")
    assert nomor_kini(draf) == 5
    assert {t.unit.kode for t in aktif(draf) if t.unit} == {"P2P", "SDK"}
    status = FormulirCapaian.objects.filter(unit__kode="P2P").order_by("putaran")
    assert [f.status for f in status] == ["dikembalikan", "draf"]
    assert status[0].alasan_kembali == ALASAN
    assert_invarian(draf.pk)


def test_a_route_that_ends_with_collecting_is_opened_by_nobody(
    kantor: KantorContoh, draf: Draf
) -> None:
    akhir = graf_of(draf).langkah[-1]
    assert list_pembuka(Graf((akhir,)), akhir) == ()


def test_what_is_asked_must_have_units_and_a_reason(kantor: KantorContoh, draf: Draf) -> None:
    perencana = holder(draf, 6, kantor.now)
    with pytest.raises(IsianTidakSah, match="Pilih unit"):
        reopen(draf, perencana, kantor.now)
    with pytest.raises(IsianTidakSah, match="Pilih unit"):
        reopen(draf, perencana, kantor.now, "PERKIM", "SET")
    with pytest.raises(IsianTidakSah, match="wajib beralasan"):
        reopen(draf, perencana, kantor.now, "PERKIM", alasan=" ")
    assert nomor_kini(draf) == 9


def test_who_judges_a_single_unit_opens_that_unit_only(now: datetime) -> None:
    kantor = load_kantor("kota-blitar", now)
    draf = kantor.start(LaporanBaru("triwulan", 2026, 3))
    while (pembukaan := get_pembukaan(draf, graf_of(draf))) is None:
        draf = kantor.work(aktif(draf)[0])
    per_unit = next(p for p in pembukaan.pembuka if p.per_unit)
    satu, lain, *_ = pembukaan.formulir
    jabatan = Jabatan.objects.get(pk=per_unit.jabatan_id)
    kepala = PenugasanFactory(jabatan=jabatan, unit=satu.unit, mulai=now)
    assert [f.unit_id for f in pembukaan.list_milik([kepala])] == [satu.unit_id]
    with pytest.raises(AksesDitolak, match="bukan unit lain"):
        reopen(draf, kepala.pengguna, now, satu.unit.kode, lain.unit.kode)


def test_a_signed_report_keeps_its_figures_and_says_where_to_correct_them(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    perencana = holder(draf, 6, kantor.now)
    sign(draf, kantor.now)
    with pytest.raises(TransisiDitolak, match="laporan periode berikutnya"):
        reopen(draf, perencana, kantor.now, "PERKIM")
    client.force_login(perencana)
    jawab = client.get(reverse("laporan:reopen-capaian", args=[draf.pk]))
    assert jawab.status_code == 409
    assert "sudah ditandatangani" in jawab.content.decode()


def test_not_while_collecting_halted_or_being_signed(kantor: KantorContoh, draf: Draf) -> None:
    perencana, now = holder(draf, 6, kantor.now), kantor.now
    awal = walk_to(kantor, kantor.start(LaporanBaru("triwulan", 2026, 2)), 4)
    with pytest.raises(TransisiDitolak, match="belum lewat langkah pengumpulan"):
        reopen(awal, perencana, now, "PERKIM")
    (tugas,) = aktif(draf)
    tugas.begin_processing()
    tugas.save(update_fields=["status"])
    with pytest.raises(TransisiDitolak, match="sedang ditandatangani"):
        reopen(draf, perencana, now, "PERKIM")
    tugas.fail_processing()
    tugas.save(update_fields=["status"])
    suspend_draf(draf_id=draf.pk, aktor=holder(draf, 1, now), alasan="Dinas luar.", now=now)
    with pytest.raises(TransisiDitolak, match="ditangguhkan"):
        reopen(draf, perencana, now, "PERKIM")
    assert FormulirCapaian.objects.filter(triwulan=3, putaran=2).count() == 0


def test_joint_turns_that_were_open_are_dropped_with_the_visit(now: datetime) -> None:
    kantor = load_kantor("kecamatan-dawarblandong", now)
    draf = walk_to(kantor, kantor.start(LaporanBaru("triwulan", 2026, 3)), 6)
    pembukaan = get_pembukaan(draf, graf_of(draf))
    assert pembukaan is not None
    satu = pembukaan.formulir[0].unit
    pembuka = list_pemegang(jabatan_ids=[p.jabatan_id for p in pembukaan.pembuka], pada=now)
    draf = reopen(draf, pembuka[0].pengguna, now, satu.kode)
    kunjungan = Kunjungan.objects.filter(draf=draf, langkah__nomor=6).get()
    assert sorted(t.status for t in kunjungan.tugas.all()) == ["dikembalikan", "gugur"]
    assert_invarian(draf.pk)


def test_the_page_offers_the_units_and_takes_the_report_back(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    perencana = holder(draf, 6, kantor.now)
    alamat = reverse("laporan:reopen-capaian", args=[draf.pk])
    client.force_login(PenugasanFactory().pengguna)
    assert client.get(alamat).status_code == 404
    client.force_login(holder(draf, 10, kantor.now))
    assert client.get(alamat).status_code == 403
    assert alamat not in client.get(draf.get_absolute_url()).content.decode()
    client.force_login(perencana)
    assert alamat in client.get(draf.get_absolute_url()).content.decode()
    isi = client.get(alamat).content.decode()
    assert "Laporan kembali dari langkah 9 ke langkah 4" in isi
    perkim = unit_of(draf, "PERKIM")
    kosong = client.post(alamat, {"unit": [perkim.pk]})
    assert kosong.status_code == 422
    assert f'value="{perkim.pk}"' in kosong.content.decode()
    jawab = client.post(alamat, {"unit": [perkim.pk], "alasan": ALASAN}, follow=True)
    assert "Capaian dibuka kembali" in jawab.content.decode()
    draf.refresh_from_db()
    assert nomor_kini(draf) == 4
