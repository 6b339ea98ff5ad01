"""Initials by one, the signature by another, on one and the same document."""

import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from laporan.models import Dokumen, Draf, Pemberitahuan, TandaTangan
from laporan.selectors.cetak import list_tempat_tanda
from laporan.selectors.draf import get_tanda_tangan
from organisasi.models import Jejak, Penugasan
from sakip.common.tte_periksa import validate_pdf
from tests.laporan.meja_tanda import holder, read, run_semua, sign_giliran, until_beku
from tests.laporan.rute import Baris, Kantor, aktif, make_kantor, satu
from tests.tte import akar_pem, give_sertifikat

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata, pytest.mark.usefixtures("ringkas")]

PARAF: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "keputusan", "paraf", satu("sekretaris"), 1),
    (3, "proses", "tanda_tangan", satu("kepala"), None),
    (4, "akhir", "arsip", satu("perencana"), None),
]


@pytest.fixture
def kantor(berkas_sendiri: Path, now: datetime) -> Kantor:
    """An office whose secretary initials what the head signs."""
    kantor = make_kantor(PARAF, now)
    for orang in kantor.orang.values():
        give_sertifikat(berkas_sendiri / "tte", orang.nip)
    return kantor


@pytest.fixture
def diparaf(kantor: Kantor, now: datetime) -> Draf:
    """A report with initials, on the desk of the head."""
    draf, _dokumen = until_beku(kantor, 2, now)
    assert sign_giliran(kantor, draf).status == "selesai"
    run_semua(draf)
    draf.refresh_from_db()
    return draf


def test_places_follow_the_route(kantor: Kantor, now: datetime) -> None:
    paraf, tanda = list_tempat_tanda(kantor.start(now))
    assert (paraf.is_paraf, paraf.is_penutup) == (True, False)
    assert (tanda.is_paraf, tanda.is_penutup) == (False, True)


def test_signature_is_put_on_the_initialled_bytes_and_keeps_them_valid(
    kantor: Kantor, diparaf: Draf, tmp_path: Path
) -> None:
    assert sign_giliran(kantor, diparaf).status == "selesai"
    paraf, tanda = TandaTangan.objects.order_by("urut")
    assert (paraf.is_paraf, tanda.is_paraf) == (True, False)
    assert Dokumen.objects.count() == 1
    assert read(paraf).startswith(read(Dokumen.objects.get()))
    assert read(tanda).startswith(read(paraf))
    hasil = validate_pdf(read(tanda), [akar_pem()])
    assert [(h.sah, h.seluruhnya) for h in hasil] == [(True, False), (True, True)]
    berkas = tmp_path / "akhir.pdf"
    berkas.write_bytes(read(tanda))
    saksi = subprocess.run(
        ["pdfsig", "-nocert", berkas], capture_output=True, text=True, check=True
    )
    assert saksi.stdout.count("Signature is Valid") == 2
    teks = subprocess.run(["pdftotext", berkas, "-"], capture_output=True, text=True, check=True)
    assert "Diparaf secara elektronik" in teks.stdout
    assert "Ditandatangani secara elektronik" in teks.stdout
    (tugas,) = aktif(diparaf)
    assert tugas.kunjungan.langkah.nomor == 4


def test_initials_alone_are_no_signature(kantor: Kantor, client: Client, diparaf: Draf) -> None:
    alamat = reverse("laporan:verify", args=[diparaf.token])
    assert client.get(alamat).status_code == 404
    assert get_tanda_tangan(diparaf) is None
    assert not Pemberitahuan.objects.filter(jenis="tanda_tangan").exists()
    sign_giliran(kantor, diparaf)
    teks = client.get(alamat).content.decode()
    assert "<dt>Diparaf</dt>" in " ".join(teks.split())
    assert holder(kantor, "sekretaris").nama in teks


def test_trail_tells_initials_from_signatures(kantor: Kantor, diparaf: Draf) -> None:
    sign_giliran(kantor, diparaf)
    aksi = list(Jejak.objects.values_list("aksi", flat=True))
    assert aksi.count("laporan.tugas.paraf") == 1
    assert aksi.count("laporan.tugas.tandatangani") == 1


def test_stand_in_initials_as_stand_in(kantor: Kantor, now: datetime) -> None:
    draf, _dokumen = until_beku(kantor, 2, now)
    Penugasan.objects.filter(pengguna=holder(kantor, "sekretaris")).update(jenis="plh")
    sign_giliran(kantor, draf)
    assert TandaTangan.objects.get().jabatan.startswith("Plh. ")


def test_ceremony_speaks_of_initials(kantor: Kantor, client: Client, now: datetime) -> None:
    draf, _dokumen = until_beku(kantor, 2, now)
    (tugas,) = aktif(draf)
    client.force_login(holder(kantor, "sekretaris"))
    client.get(reverse("laporan:read-dokumen", args=[draf.pk]))
    alamat = reverse("laporan:sign-tugas", args=[tugas.pk])
    teks = client.get(alamat + "?tahap=pastikan").content.decode()
    assert "Paraf laporan" in teks
    assert "Bubuhkan paraf" in teks
    assert "laporan terkunci" not in teks
    assert "Kembalikan" in teks


def test_head_who_finds_a_fault_has_it_initialled_again(
    berkas_sendiri: Path, now: datetime
) -> None:
    rute = [*PARAF[:2], (3, "keputusan", "tanda_tangan", satu("kepala"), 1), PARAF[3]]
    kantor = make_kantor(rute, now)
    for orang in kantor.orang.values():
        give_sertifikat(berkas_sendiri / "tte", orang.nip)
    draf, _dokumen = until_beku(kantor, 2, now)
    sign_giliran(kantor, draf)
    kantor.work_all(draf, now, "tidak")
    kantor.work_all(draf, now)
    run_semua(draf)
    assert [sign_giliran(kantor, draf).status for _kali in range(2)] == ["selesai"] * 2
    akhir = TandaTangan.objects.order_by("pk").last()
    assert akhir
    assert [h.sah for h in validate_pdf(read(akhir), [akar_pem()])] == [True, True]
