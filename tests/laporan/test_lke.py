"""Evidence for the evaluation: criteria as data, what is proven, one package of one office."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import IO
from unittest.mock import Mock

import pytest
from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from laporan import tasks
from laporan.models import ArsipDokumen, PaketLKE
from laporan.rules.lke import Butir, Keadaan, judge_butir, read_komponen
from laporan.selectors.bahan_lke import Bahan, last_hari
from laporan.selectors.bukti_lke import SUMBER, list_komponen, read_bahan, show_lke
from laporan.services import paket_lke
from laporan.services.paket_lke import make_paket, request_paket, sweep_paket, write_paket
from organisasi.models import Instansi, Penugasan
from sakip.common.berkas import sha256_hex
from sakip.common.errors import AksesDitolak
from sakip.common.perantara import PERANTARA
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.laporan.meja_tanda import run_semua
from tests.laporan.rute import Kantor, aktif, make_kantor
from tests.laporan.test_dokumen import TANPA_TANDA
from tests.simpanan import path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkas_sendiri", "ringkas")]


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office with one finished report of 2026."""
    kantor = make_kantor(TANPA_TANDA, now)
    finish(kantor, now)
    return kantor


def finish(kantor: Kantor, now: datetime) -> None:
    """Walk one report to its end, its PDF made."""
    draf = kantor.start(now)
    while draf.is_aktif:
        draf = kantor.work(aktif(draf)[0], now)
    run_semua(draf)


@pytest.fixture
def admin(kantor: Kantor) -> Penugasan:
    """Who configures that office."""
    jabatan = JabatanFactory(instansi=kantor.instansi, tingkat="pengelola")
    mandat: Penugasan = PenugasanFactory.create(jabatan=jabatan)
    return mandat


@pytest.fixture
def minta(kantor: Kantor, admin: Penugasan, now: datetime) -> Callable[[], PaketLKE]:
    """Ask for the package of 2026."""
    return partial(
        request_paket,
        instansi_id=kantor.instansi.pk,
        tahun=2026,
        aktor=admin.pengguna,
        now=now,
    )


def buka(paket: PaketLKE) -> zipfile.ZipFile:
    """The package as it lies on the disk."""
    paket.refresh_from_db()
    isi = path_of(paket.berkas).read_bytes()
    assert (paket.sha256, paket.ukuran) == (sha256_hex(isi), len(isi))
    return zipfile.ZipFile(io.BytesIO(isi))


def test_the_criteria_are_weighed_to_a_hundred_and_known() -> None:
    assert [k.bobot for k in list_komponen()] == [30, 30, 15, 25]
    baris = {"kode": "1.1", "teks": "x", "bagian": "kualitas", "bukti": ["sop"]}
    baik = {"kode": "1", "nama": "x", "bobot": 100, "butir": [baris]}
    assert read_komponen([baik], SUMBER)[0].butir[0].bukti == ("sop",)
    salah = (
        ({**baik, "bobot": 99}, "100"),
        ({**baik, "butir": [baris, baris]}, "kembar"),
        ({**baik, "butir": [{**baris, "bukti": ["x"]}]}, "tidak dikenal"),
        ({**baik, "butir": [{**baris, "bagian": "x"}]}, "tidak dikenal"),
    )
    for data, sebab in salah:
        with pytest.raises(ValueError, match=sebab):
            read_komponen([data], SUMBER)


def test_a_criterion_is_proven_by_all_of_its_sources() -> None:
    dua, luar = Butir("1", "x", "kualitas", ("a", "b")), Butir("2", "x", "kualitas", ())
    assert judge_butir(dua, {"a": 1, "b": 2}) == Keadaan.LENGKAP
    assert judge_butir(dua, {"a": 1, "b": 0}) == Keadaan.SEBAGIAN
    assert judge_butir(dua, {}) == Keadaan.BELUM
    assert judge_butir(luar, {}) == Keadaan.LUAR


def test_a_day_is_that_of_the_office(kantor: Kantor) -> None:
    malam = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)  # early on the fifth in Indonesia
    assert last_hari(kantor.instansi, [None, malam]) == date(2026, 3, 5)
    assert last_hari(kantor.instansi, [None]) is None


def test_what_records_never_prove_keeps_a_criterion_partial() -> None:
    butir = Butir("4.5", "Tindak lanjut dilaksanakan", "pemanfaatan", ("rencana",), "Buktinya")
    assert judge_butir(butir, {"rencana": 5}) == Keadaan.SEBAGIAN
    assert judge_butir(butir, {}) == Keadaan.BELUM
    semua = [b for k in list_komponen() for b in k.butir]
    assert {b.kode for b in semua if b.sisa} == {"1.8", "2.8", "3.4", "3.6", "3.7", "4.5"}


def test_only_the_records_of_the_office_and_year_count(kantor: Kantor, now: datetime) -> None:
    bahan = read_bahan(kantor.instansi, 2026)
    assert len(bahan["laporan"].baris) == 1
    assert len(bahan["langkah"].baris) == 2
    assert not read_bahan(kantor.instansi, 2025)["laporan"].baris
    lain = make_kantor(TANPA_TANDA, now)
    assert not any(b.baris for k, b in read_bahan(lain.instansi, 2026).items() if k != "sop")
    keadaan = {b.butir.kode: b.keadaan for _k, daftar in show_lke(bahan) for b in daftar}
    assert keadaan["3.1"] == Keadaan.LENGKAP
    assert keadaan["3.2"] == Keadaan.BELUM
    assert keadaan["3.5"] == Keadaan.LUAR


def test_a_package_holds_tables_files_index_and_hashes(
    minta: Callable[[], PaketLKE], now: datetime
) -> None:
    paket = minta()
    assert minta() == paket
    make_paket(paket_id=paket.pk, now=now)
    with buka(paket) as arsip:
        nama = arsip.namelist()
        (pdf,) = [n for n in nama if n.startswith("bukti/laporan/berkas/")]
        assert sha256_hex(arsip.read(pdf)) == ArsipDokumen.objects.get().sha256
        for baris in arsip.read("manifest-sha256.txt").decode().splitlines():
            sidik, _spasi, satu = baris.partition("  ")
            assert sha256_hex(arsip.read(satu)) == sidik
        indeks = arsip.read("indeks.html").decode()
        assert 'href="bukti/laporan/"' in indeks
        assert "Ada bukti" in arsip.read("indeks.csv").decode("utf-8-sig")
    assert paket.banyak_berkas == len(nama) - 1
    selesai = paket.selesai_pada
    make_paket(paket_id=paket.pk, now=now + timedelta(hours=1))
    paket.refresh_from_db()
    assert paket.selesai_pada == selesai
    assert minta() != paket


def test_what_changed_or_does_not_fit_is_named_and_left_out(
    minta: Callable[[], PaketLKE], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    paket = minta()
    berkas = path_of(ArsipDokumen.objects.get().dokumen.berkas)
    isi = berkas.read_bytes()
    berkas.write_bytes(b"lain")
    make_paket(paket_id=paket.pk, now=now)
    with buka(paket) as arsip:
        assert "berubah atau hilang" in arsip.read("indeks.html").decode()
        assert not [n for n in arsip.namelist() if "/berkas/" in n]
    berkas.write_bytes(isi)
    monkeypatch.setattr(paket_lke, "MAKS_PAKET", 10)
    kedua = minta()
    make_paket(paket_id=kedua.pk, now=now)
    with buka(kedua) as arsip:
        assert "batas ukuran" in arsip.read("indeks.html").decode()


def test_a_worker_that_comes_second_finds_it_settled(
    minta: Callable[[], PaketLKE], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    paket = minta()

    def lambat(wadah: IO[bytes], satu: PaketLKE, *, now: datetime) -> int:
        monkeypatch.undo()
        make_paket(paket_id=satu.pk, now=now - timedelta(minutes=5))
        return write_paket(wadah, satu, now=now)

    monkeypatch.setattr(paket_lke, "write_paket", lambat)
    make_paket(paket_id=paket.pk, now=now)
    paket.refresh_from_db()
    assert paket.selesai_pada == now - timedelta(minutes=5)


def test_a_file_that_proves_two_things_is_packed_once(
    minta: Callable[[], PaketLKE], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    paket = minta()
    asli = read_bahan

    def ganda(instansi: Instansi, tahun: int) -> dict[str, Bahan]:
        bahan = asli(instansi, tahun)
        return {k: replace(b, berkas=[*b.berkas, *b.berkas]) for k, b in bahan.items()}

    monkeypatch.setattr(paket_lke, "read_bahan", ganda)
    make_paket(paket_id=paket.pk, now=now)
    with buka(paket) as arsip:
        assert len(set(arsip.namelist())) == len(arsip.namelist())


def test_a_full_disk_is_told_and_can_be_asked_again(
    minta: Callable[[], PaketLKE], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def penuh(*_args: object) -> None:
        raise OSError("disk penuh")

    paket = minta()
    with monkeypatch.context() as tambal:
        tambal.setattr(paket_lke, "store_berkas", penuh)
        make_paket(paket_id=paket.pk, now=now)
    paket.refresh_from_db()
    assert paket.status == "gagal"
    assert "penyimpanan" in paket.galat
    assert minta() != paket


@pytest.mark.parametrize(
    ("galat", "kata"),
    [
        (SoftTimeLimitExceeded(), "terlalu besar"),
        (MemoryError(), "terlalu besar"),
        (AksesDitolak("Tidak boleh."), "Tidak boleh."),
    ],
    ids=["waktu", "memori", "aturan"],
)
def test_what_would_fail_again_ends_at_once_in_words(
    minta: Callable[[], PaketLKE],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    *,
    galat: Exception,
    kata: str,
) -> None:
    paket = minta()
    monkeypatch.setattr(paket_lke, "write_paket", Mock(side_effect=galat))
    make_paket(paket_id=paket.pk, now=now)
    paket.refresh_from_db()
    assert (paket.status, paket.percobaan) == ("gagal", 1)
    assert kata in paket.galat


def test_our_own_fault_is_tried_three_times_and_then_given_up_in_words(
    minta: Callable[[], PaketLKE], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    paket = minta()
    PaketLKE.objects.update(dikirim_pada=now)
    rusak = Mock(side_effect=ZeroDivisionError)
    monkeypatch.setattr(paket_lke, "write_paket", rusak)
    monkeypatch.setattr(paket_lke, "publish_paket", Mock())
    for _kali in range(3):
        with pytest.raises(ZeroDivisionError):
            make_paket(paket_id=paket.pk, now=now)
        assert sweep_paket(now=now + timedelta(minutes=2)) == 1  # sent again at once
    make_paket(paket_id=paket.pk, now=now)
    paket.refresh_from_db()
    assert (paket.status, rusak.call_count) == ("gagal", 3)
    assert "tiga kali terhenti" in paket.galat
    assert sweep_paket(now=now + timedelta(days=1)) == 0
    make_paket(paket_id=0, now=now)  # gone: nothing to do


def test_a_worker_killed_three_times_is_not_sent_for_ever(
    minta: Callable[[], PaketLKE], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    paket = minta()
    terbunuh = Mock(side_effect=KeyboardInterrupt)  # nothing after it runs, as after SIGKILL
    monkeypatch.setattr(paket_lke, "write_paket", terbunuh)
    for _kali in range(3):
        with pytest.raises(KeyboardInterrupt):
            make_paket(paket_id=paket.pk, now=now)
    make_paket(paket_id=paket.pk, now=now)
    paket.refresh_from_db()
    assert (paket.status, terbunuh.call_count) == ("gagal", 3)


def test_packages_are_sent_sent_again_and_let_go(
    minta: Callable[[], PaketLKE],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    terkirim: list[int] = []

    def kirim(_nama: str, args: list[int], **_lain: object) -> None:
        terkirim.extend(args)

    def mati(*_args: object, **_lain: object) -> None:
        raise OperationalError

    monkeypatch.setattr(current_app, "send_task", mati)
    with django_capture_on_commit_callbacks(execute=True):
        paket = minta()
    paket.refresh_from_db()
    assert paket.dikirim_pada is None
    monkeypatch.setattr(current_app, "send_task", kirim)
    PERANTARA.reset()
    assert sweep_paket(now=now + timedelta(seconds=10)) == 0
    assert sweep_paket(now=now + timedelta(minutes=2)) == 1
    assert terkirim == [paket.pk]
    tasks.susun_paket_lke.run(paket.pk)
    tasks.edarkan_paket_lke.run()
    with buka(paket):
        berkas = path_of(paket.berkas)
    sweep_paket(now=timezone.now() + timedelta(days=31))
    paket.refresh_from_db()
    assert paket.berkas == ""
    assert not berkas.exists()


def test_perencana_prepares_the_evidence_too(client: Client, kantor: Kantor) -> None:
    perencana = JabatanFactory(instansi=kantor.instansi, tingkat="perencana")
    client.force_login(PenugasanFactory(jabatan=perencana).pengguna)
    halaman = reverse("laporan:show-lke")
    assert halaman in client.get(reverse("laporan:search-arsip")).content.decode()
    assert client.get(halaman).status_code == 200
    assert client.post(reverse("laporan:order-paket-lke"), {"tahun": "2026"}).status_code == 302
    assert PaketLKE.objects.get().dibuat_oleh.penugasan.get().jabatan == perencana


def test_pages_are_for_who_prepares_it(client: Client, admin: Penugasan, kantor: Kantor) -> None:
    halaman, pesan = reverse("laporan:show-lke"), reverse("laporan:order-paket-lke")
    client.force_login(admin.pengguna)
    isi = client.get(halaman, {"tahun": "2026"}).content.decode()
    assert "Laporan kinerja: 1 catatan" in isi
    assert "Siapkan sendiri dokumennya" in isi
    assert client.get(halaman, {"tahun": "x"}).status_code == 200
    assert client.post(pesan, {"tahun": "x"}).status_code == 422
    assert client.post(pesan, {"tahun": "2026"})["Location"].endswith("?tahun=2026")
    paket = PaketLKE.objects.get()
    unduh = reverse("laporan:download-paket-lke", args=[paket.pk])
    assert "Sedang disiapkan" in client.get(halaman, {"tahun": "2026"}).content.decode()
    assert client.get(unduh).status_code == 404
    make_paket(paket_id=paket.pk, now=timezone.now())
    assert "Siap diunduh" in client.get(halaman, {"tahun": "2026"}).content.decode()
    assert client.get(unduh).getvalue()[:2] == b"PK"
    path_of(PaketLKE.objects.get().berkas).unlink()
    assert client.get(unduh).status_code == 404
    staf = PenugasanFactory(jabatan=JabatanFactory(instansi=kantor.instansi)).pengguna
    with pytest.raises(AksesDitolak):
        request_paket(instansi_id=kantor.instansi.pk, tahun=2026, aktor=staf, now=timezone.now())
    client.force_login(staf)
    assert client.get(halaman).status_code == 403
    assert client.get(unduh).status_code == 403
    asing = PenugasanFactory(jabatan=JabatanFactory(tingkat="pengelola")).pengguna
    client.force_login(asing)
    assert client.get(unduh).status_code == 404


def test_evidence_costs_a_fixed_number_of_queries(
    kantor: Kantor, now: datetime, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(30):  # type: ignore[operator]  # a fixture of pytest-django
        read_bahan(kantor.instansi, 2026)
