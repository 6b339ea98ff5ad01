"""Nothing of another office in any list, search, export or choice."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from kinerja.models import Indikator, Sasaran
from laporan.models import Draf, KelasArsip, TujuanKirim
from organisasi.models import Instansi, Jabatan, Pengguna, Register, UnitKerja
from sop.models import SOP
from tests.house.matriks import read_tabel, walk_urls
from tests.house.negeri import Negeri, make_negeri

pytestmark = pytest.mark.django_db

TANDA = "Xyzzy"
# Lists, searches, choices and files in which the word must be found by its own people.
HALAMAN = {
    "kinerja:list-capaian",
    "kinerja:view-pohon",
    "kinerja:view-rekap",
    "laporan:list-draf",
    "laporan:list-kirim",
    "laporan:manage-kelas",
    "laporan:manage-tujuan",
    "laporan:meja-kerja",
    "laporan:pantau-sop",
    "laporan:search-arsip",
    "organisasi:list-penugasan",
    "organisasi:manage-register",
    "organisasi:manage-unit",
    "sop:list-sop",
    "sop:unduh-contoh-lembar",
}
# Asked for a file as well.
_TANYA = {
    "kinerja:list-capaian": ["?unduh=xlsx"],
    "kinerja:view-pohon": ["?unduh=csv"],
    "kinerja:view-rekap": ["?unduh=csv"],
    "laporan:list-draf": ["?cari=xyzz"],
    "laporan:pantau-sop": ["?unduh=csv"],
}


def mark(negeri: Negeri) -> None:
    """Write the word into every name of that office, and add what only it has."""
    kantor = Instansi.objects.filter(pk=negeri.instansi.pk)
    milik = {"instansi": negeri.instansi}
    KelasArsip.objects.create(
        kode="1", nama=TANDA, aktif_tahun=1, inaktif_tahun=1, nasib="musnah", **milik
    )
    TujuanKirim.objects.create(nama=TANDA, mulai_tahun=2020, **milik)
    Register.objects.create(nama=TANDA, untuk="surat", pola="{nomor}", reset="tahun", **milik)
    kantor.update(nama=TANDA, nama_pendek=TANDA)
    for model in (SOP, UnitKerja, Jabatan):
        model._default_manager.filter(**milik).update(nama=TANDA)
    Draf.objects.filter(**milik).update(judul=TANDA)
    Sasaran.objects.filter(tujuan__instansi=negeri.instansi).update(uraian=TANDA)
    Indikator.objects.filter(sasaran__tujuan__instansi=negeri.instansi).update(nama=TANDA)
    Pengguna.objects.filter(penugasan__jabatan__instansi=negeri.instansi).update(nama=TANDA)


def list_alamat() -> list[tuple[str, str]]:
    """Pages without an id in their address: what they show is for the page to choose."""
    polos = {nama for nama, url in walk_urls(get_resolver()) if not url.pattern.converters}
    return [
        (nama, reverse(nama) + tanya)
        for nama, metode, _keadaan in read_tabel()
        if metode == "GET" and nama in polos and not nama.startswith("admin:")
        for tanya in ("", *_TANYA.get(nama, []))
    ]


def list_memuat(orang: Pengguna) -> set[str]:
    """Names of the pages that show that person the word."""
    klien = Client()
    klien.force_login(orang)
    return {nama for nama, alamat in list_alamat() if TANDA in read_isi(klien, alamat)}


def read_isi(klien: Client, alamat: str) -> str:
    """Words of the answer, those inside a workbook too."""
    jawab = klien.get(alamat)
    isi = jawab.getvalue() if jawab.streaming else jawab.content
    if isi.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(isi)) as buku:
            isi = b"".join(buku.read(n) for n in buku.namelist())
    return isi.decode("utf-8", "replace")


def test_no_page_shows_what_belongs_to_another_office() -> None:
    sendiri, lain = make_negeri(), make_negeri()
    mark(lain)
    assert list_memuat(sendiri.orang["kepala"]) == set()
    # Looks after every office of his government: their figures, never their drafts.
    assert list_memuat(sendiri.orang["bina"]) == {"kinerja:view-daerah"}
    # The same pages show it to its own people: it was looked for in the right places.
    assert list_memuat(lain.orang["kepala"]) > HALAMAN
