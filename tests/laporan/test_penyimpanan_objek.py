"""Files in an S3 service: the same promises as a folder, seen by every machine."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client, TestCase
from django.urls import reverse
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from laporan.models import ArsipDokumen, Dokumen, TandaTangan
from laporan.services.lampiran import attach_lampiran
from organisasi.management.cadangan import add_tersimpan
from organisasi.management.pemulihan import place
from sakip.common.berkas import discard_berkas, find_isi, has_berkas, read_berkas, store_berkas
from sakip.common.cadangan_arsip import read_bagian, write_arsip
from sakip.common.penyimpanan import (
    PenyimpananAman,
    PenyimpananTerputus,
    check_penyimpanan,
    check_penyimpanan_aman,
    get_penyimpanan,
)
from sakip.common.penyimpanan_objek import PenyimpananObjek
from sakip.common.sekali_tulis import keep_berkas
from tests.laporan.meja_tanda import holder, run_semua, sign_giliran, until
from tests.laporan.rute import Baris, Kantor, aktif, satu

TANDA_ARSIP: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "proses", "tanda_tangan", satu("kepala"), None),
    (3, "akhir", "arsip", satu("perencana"), None),
]
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(scope="module")
def layanan() -> Iterator[str]:
    """The address of an S3 service of this module's own."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, porta = server.get_host_and_port()
    yield f"http://{host}:{porta}"
    server.stop()


@pytest.fixture
def objek(layanan: str, settings: Settings, tmp_path: Path) -> Path:
    """Files go to an empty bucket; the folder where they would be otherwise."""
    _use(settings, layanan, f"uji-{tmp_path.name}".lower().replace("_", "-")[:60])
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.TTE_DIR = tmp_path / "tte"
    settings.JEJAK_DIR = tmp_path / "jejak"
    penyimpanan = get_penyimpanan()
    assert isinstance(penyimpanan, PenyimpananObjek)
    penyimpanan.connection.create_bucket(Bucket=penyimpanan.bucket_name)
    return tmp_path / "berkas"


def _use(settings: Settings, alamat: str, bucket: str) -> None:
    pilihan = {
        **settings.S3,
        "bucket_name": bucket,
        "endpoint_url": alamat,
        "access_key": "kunci",
        "secret_key": "rahasia",
        "location": "kab-contoh",
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "sakip.common.penyimpanan_objek.PenyimpananObjek",
            "OPTIONS": pilihan,
        },
    }


@pytest.mark.usefixtures("objek")
def test_an_object_is_whole_found_listed_and_never_replaced_when_kept_once() -> None:
    berkas = keep_berkas("dokumen/7/versi ü.pdf", b"isi" * 99_999)
    assert keep_berkas("dokumen/7/versi ü.pdf", b"isi" * 99_999) == berkas
    with pytest.raises(FileExistsError):
        get_penyimpanan().store(berkas, BytesIO(b"lain"), sekali=True)
    assert find_isi(berkas) == b"isi" * 99_999
    store_berkas("dokumen/7/.hasil-1.pdf", b"satu")
    store_berkas("dokumen/7/.hasil-1.pdf", BytesIO(b"dua"))
    assert find_isi("dokumen/7/.hasil-1.pdf") == b"dua"
    assert list(get_penyimpanan().list_nama()) == ["dokumen/7/.hasil-1.pdf", berkas]
    discard_berkas("dokumen/7/.hasil-1.pdf")
    discard_berkas("dokumen/7/.hasil-1.pdf")
    assert not has_berkas("dokumen/7/.hasil-1.pdf")
    assert find_isi("dokumen/7/.hasil-1.pdf") is None


def test_a_backup_takes_the_objects_along_to_whatever_store(
    objek: Path, settings: Settings, tmp_path: Path
) -> None:
    berkas = {keep_berkas(f"dokumen/{n}.pdf", b"isi %d" % n): b"isi %d" % n for n in range(3)}
    with write_arsip(tmp_path / "a.tar") as penulis:
        add_tersimpan(penulis)
        penulis.close({})
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "sakip.common.penyimpanan.PenyimpananAman"},
    }
    for nama, sumber in read_bagian(tmp_path / "a.tar"):
        assert place(nama, sumber, tmp_path / "basis")
    assert {n: (objek / n).read_bytes() for n in get_penyimpanan().list_nama()} == berkas


@pytest.mark.usefixtures("objek")
def test_an_upload_has_a_name_of_its_own_and_no_address() -> None:
    nama = default_storage.save("bukti/a.pdf", ContentFile(b"satu"))
    lain = default_storage.save("bukti/a.pdf", ContentFile(b"dua"))
    with default_storage.open(nama) as satu_ini, default_storage.open(lain) as yang_lain:
        assert (satu_ini.read(), yang_lain.read()) == (b"satu", b"dua")
    with pytest.raises(FileNotFoundError):
        default_storage.open("bukti/tidak-ada.pdf")
    with pytest.raises(NotImplementedError):
        default_storage.url(nama)
    with pytest.raises(ValueError, match="not written to in place"):
        default_storage.open(nama, "wb")


@pytest.mark.django_db
@pytest.mark.usefixtures("ringkas")
def test_a_report_is_written_signed_archived_and_read_without_a_folder(
    objek: Path,
    bangun: Callable[[list[Baris]], Kantor],
    now: datetime,
    settings: Settings,
    layanan: str,
) -> None:
    kantor = bangun(TANDA_ARSIP)
    # `bangun` keeps to folders of its own; each act from here on is done by another machine.
    bucket = f"uji-{objek.parent.name}".lower().replace("_", "-")[:60]
    draf = kantor.start(now)
    (tugas,) = aktif(draf)
    lampiran = attach_lampiran(
        tugas_id=tugas.pk,
        untuk="data",
        berkas=ContentFile(PDF, name="undangan.pdf"),
        aktor=kantor.pelaku(tugas),
        now=now,
    )
    assert has_berkas(str(lampiran.berkas.name))
    client = Client()
    client.force_login(holder(kantor, "kepala"))
    unduh = client.get(reverse("laporan:download-lampiran", args=[lampiran.pk]))
    assert unduh.getvalue() == PDF
    draf = kantor.work_all(draf, now)
    run_semua(draf)
    _use(settings, layanan, bucket)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert sign_giliran(kantor, draf).status == "selesai"
    _use(settings, layanan, bucket)
    draf = kantor.work_all(draf, now)
    run_semua(draf)
    _use(settings, layanan, bucket)
    arsip = ArsipDokumen.objects.get()
    jawab = client.get(reverse("laporan:download-arsip", args=[arsip.pk]))
    tanda = TandaTangan.objects.get()
    assert jawab.content == read_berkas(tanda.berkas, tanda.sha256)
    dokumen = Dokumen.objects.get()
    assert jawab.content.startswith(read_berkas(dokumen.berkas, dokumen.sha256))
    call_command("periksa_arsip", stdout=StringIO())
    assert set(get_penyimpanan().list_nama()) == {
        str(lampiran.berkas.name),
        dokumen.berkas,
        tanda.berkas,
        arsip.berkas,
    }
    assert not [b for b in objek.rglob("*") if b.is_file()]


@pytest.mark.django_db
def test_a_service_that_is_gone_says_so_and_leaves_no_row(
    objek: Path, bangun: Callable[[list[Baris]], Kantor], now: datetime, settings: Settings
) -> None:
    kantor = bangun(TANDA_ARSIP)
    draf = until(kantor, 1, now)
    (tugas,) = aktif(draf)
    isi = {"berkas": ContentFile(PDF, name="a.pdf"), "aktor": kantor.pelaku(tugas), "now": now}
    lampiran = attach_lampiran(tugas_id=tugas.pk, untuk="data", **isi)  # type: ignore[arg-type]  # test shorthand
    _use(settings, "http://127.0.0.1:9", "tidak-ada")
    client = Client()
    client.force_login(holder(kantor, "kepala"))
    jawab = client.get(reverse("laporan:download-lampiran", args=[lampiran.pk]))
    assert (jawab.status_code, jawab["Retry-After"]) == (503, "30")
    assert "Penyimpanan berkas sedang tidak menjawab" in jawab.content.decode()
    isi["berkas"] = ContentFile(PDF + b"%lain", name="b.pdf")
    with pytest.raises(PenyimpananTerputus):
        attach_lampiran(tugas_id=tugas.pk, untuk="data", **isi)  # type: ignore[arg-type]  # test shorthand
    assert tugas.lampiran.count() == 1
    assert not objek.exists()


@pytest.mark.usefixtures("objek")
def test_the_operator_sees_what_the_store_does_and_does_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    kata = StringIO()
    call_command("periksa_penyimpanan", stdout=kata)
    assert kata.getvalue().count("Berhasil: ") == 5
    assert not list(get_penyimpanan().list_nama())

    asli = PenyimpananObjek.store
    monkeypatch.setattr(
        PenyimpananObjek, "store", lambda p, nama, isi, *, sekali=False: asli(p, nama, isi)
    )
    with pytest.raises(CommandError, match="If-None-Match"):
        call_command("periksa_penyimpanan", stdout=kata)
    assert not list(get_penyimpanan().list_nama())
    _use(settings, "http://127.0.0.1:9", "tidak-ada")
    with pytest.raises(CommandError, match="tidak menjawab"):
        call_command("periksa_penyimpanan", stdout=kata)


@pytest.mark.parametrize(
    ("setelan", "masalah"),
    [
        ({}, []),
        ({"endpoint_url": "https://s3.contoh.go.id"}, ["sakip.E006"]),
        ({"bucket_name": "b", "access_key": "a"}, ["sakip.E007"]),
        ({"bucket_name": "b", "access_key": "a", "secret_key": "r"}, []),
        ({"bucket_name": "b", "endpoint_url": "http://s3:9000"}, ["sakip.W008"]),
    ],
)
def test_half_a_configuration_is_refused(
    settings: Settings, setelan: dict[str, str], masalah: list[str]
) -> None:
    settings.S3 = {**settings.S3, **setelan}
    assert [m.id for m in (*check_penyimpanan(), *check_penyimpanan_aman())] == masalah


def test_without_a_bucket_files_are_in_a_folder() -> None:
    assert isinstance(get_penyimpanan(), PenyimpananAman)
