"""The matrix of access: every address asked by everybody, and the table of the answers.

`script/matriks` writes the table anew; the difference is for a reader to judge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import product
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from laporan.models import Draf
from sakip.common.masuk_ulang import KUNCI_SANDI
from tests.house.isian_matriks import Isian
from tests.house.negeri import PERAN, Negeri, Nilai

BERKAS = Path(__file__).with_name("matriks_akses.txt")
PENGANTAR = """\
# Siapa mendapat jawaban apa pada setiap alamat. Ditulis oleh script/matriks, dijaga oleh
# tests/house/test_akses.py; alamat baru tanpa baris dan sel yang berubah menggagalkan uji.
# Benda di balik alamat milik satu OPD dan, bila berbidang, milik bidang pertama. Alamat tanpa benda
# adalah milik OPD yang membukanya: orang OPD lain mendapat 200 dan melihat OPD-nya sendiri.
# 200 terbuka; 302 dikerjakan; masuk: diminta masuk; 403 bukan wewenangnya; 404 tidak ada baginya;
# 409 keadaannya tidak memungkinkan; 422 wewenangnya benar, isiannya belum.
#"""
PINTU = ("/masuk/", "/kelola/login/")

# Made by libraries, which answer every method in their own way.
_TANPA_BATAS = (
    "admin:",
    "kinerja_api:",
    "organisasi:accept-undangan",
    "organisasi:reset-sandi",
    "organisasi:sign-in",
)

# Parameters that mean another object on that address, or one in a certain state.
_LAIN: dict[str, dict[str, str]] = {
    "kinerja:apply-impor": {"unggahan_id": "kinerja:rencana_unggahan"},
    "kinerja:download-impor": {"unggahan_id": "kinerja:rencana_unggahan"},
    "kinerja:view-impor": {"unggahan_id": "kinerja:rencana_unggahan"},
    "laporan:compare-naskah": {"draf_id": "draf_koreksi"},
    "laporan:create-draf": {"versi_id": "laporan:tulis"},
    "laporan:download-dokumen": {"draf_id": "draf_tanda"},
    "laporan:download-surat": {"draf_id": "draf_tanda"},
    "laporan:edit-pihak": {"draf_id": "draf_janji"},
    "laporan:examine-baris": {"tugas_id": "tugas_verifikasi", "capaian_id": "periksa_capaian"},
    "laporan:note-naskah": {"draf_id": "draf_koreksi"},
    "laporan:print-catatan": {"draf_id": "draf_tanda", "jenis": "cetak_jenis", "pk": "cetak_pk"},
    "laporan:print-pernyataan-reviu": {"draf_id": "draf_tanda"},
    "laporan:read-dokumen": {"draf_id": "draf_tanda"},
    "laporan:read-surat": {"draf_id": "draf_tanda"},
    "laporan:read-versi": {"draf_id": "draf_koreksi"},
    "laporan:record-kirim": {"draf_id": "draf_selesai"},
    "laporan:reopen-capaian": {"draf_id": "draf_kumpul"},
    "laporan:revoke-izin": {"draf_id": "draf_susun"},
    "laporan:sign-tugas": {"tugas_id": "tugas_tanda"},
    "laporan:view-tanda-terima": {"tugas_id": "tugas_tanda"},
}
# What stands behind the question mark of an address that answers nothing without it.
_TANYA = {"laporan:add-bagian": "setelah", "laporan:note-naskah": "bab"}
_BENTUK = {
    "kinerja:download-bagan": "svg",
    "kinerja:download-data": "csv",
    "kinerja:download-kamus": "xlsx",
}


Kunci = tuple[str, str, str]
Tabel = dict[Kunci, list[str]]


@dataclass(frozen=True)
class Baris:
    """One line: an address with what stands behind it, and how it is asked."""

    nama: str
    metode: str
    keadaan: str
    alamat: str

    @property
    def kunci(self) -> Kunci:
        """How the line is found in the table."""
        return self.nama, self.metode, self.keadaan or "-"


def walk_urls(resolver: URLResolver, ruang: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL as (name with its namespaces, or the pattern where it has no name)."""
    for butir in resolver.url_patterns:
        if isinstance(butir, URLResolver):
            dalam = f"{ruang}{butir.namespace}:" if butir.namespace else ruang
            yield from walk_urls(butir, dalam)
        else:
            yield f"{ruang}{butir.name or butir.pattern}", butir


class Penanya:
    """Asks for everybody. What a request changes is undone before the next one."""

    def __init__(self, negeri: Negeri, isian: dict[str, Isian]) -> None:
        self.isian = isian
        self.klien = {k: Client(raise_request_exception=False) for k in PERAN}
        for kolom, orang in negeri.orang.items():
            self.klien[kolom].force_login(orang)
            _give_sandi(self.klien[kolom])
        self.kuki = {k: dict(c.cookies.items()) for k, c in self.klien.items()}

    def ask(self, kolom: str, baris: Baris) -> str:
        """The answer as the table shows it."""
        jawab = self._send(kolom, baris.metode, baris.alamat, self.isian.get(baris.nama, {}))
        ke = jawab.headers.get("Location", "")
        return "masuk" if ke.startswith(PINTU) else str(jawab.status_code)

    def list_metode(self, nama: str, alamat: str) -> list[str]:
        """Methods that the address names when asked by one that nobody serves."""
        if nama.startswith(_TANPA_BATAS):
            return ["GET", "POST"]
        jawab = self._send("kepala", "PERIKSA", alamat, {})
        assert jawab.status_code == HTTPStatus.METHOD_NOT_ALLOWED, f"{nama} menerima segala metode"
        return [m for m in ("GET", "POST") if m in jawab.headers["Allow"]]

    def get_klien(self, kolom: str) -> Client:
        """The browser of that person, as it was at the beginning."""
        klien = self.klien[kolom]
        klien.cookies.clear()
        klien.cookies.update(self.kuki[kolom])
        return klien

    def _send(self, kolom: str, metode: str, alamat: str, isian: Isian) -> HttpResponseBase:
        klien = self.get_klien(kolom)
        with transaction.atomic():
            if metode == "POST":
                # Not empty: a form that is sent without any field looks as if it was not sent.
                jawab = klien.post(alamat, {"uji": "1"} | {k: _wrap(v) for k, v in isian.items()})
            else:
                jawab = klien.generic(metode, alamat)
            transaction.set_rollback(True)
        if jawab.streaming:
            jawab.getvalue()
        return jawab


def _give_sandi(klien: Client) -> None:
    """Acts of weight ask for the password again: here it was given just now."""
    sesi = klien.session
    sesi[KUNCI_SANDI] = timezone.now().isoformat()
    sesi.save()
    klien.cookies[settings.SESSION_COOKIE_NAME] = str(sesi.session_key)


def _wrap(isi: str | bytes) -> str | SimpleUploadedFile:
    return SimpleUploadedFile("uji.bin", isi) if isinstance(isi, bytes) else isi


def list_baris(penanya: Penanya, nilai: dict[str, Nilai]) -> list[Baris]:
    """Every line that the URLconf asks for."""
    return [
        Baris(nama, metode, keadaan, alamat)
        for nama, pola in walk_urls(get_resolver())
        for keadaan, alamat in list_alamat(nama, pola, nilai)
        for metode in penanya.list_metode(nama, alamat)
    ]


def list_alamat(nama: str, pola: URLPattern, nilai: dict[str, Nilai]) -> Iterator[tuple[str, str]]:
    """Addresses of one URL, by the state of what stands behind its ids."""
    if nama.startswith("admin:"):
        # What has no name there is Django's redirect to another address, behind the same door.
        if pola.name:
            yield "", _admin(nama)
        return
    ruas = list(pola.pattern.converters)
    if nama in ("kinerja:edit-simpul", "kinerja:remove-simpul"):
        for jenis, pk in nilai["kinerja:simpul"].items():
            yield jenis, reverse(nama, kwargs={"jenis": jenis, "simpul_id": pk})
        return
    pilihan = [list(_find(nama, r, ruas, nilai).items()) for r in ruas]
    for satu in product(*pilihan):
        keadaan = "+".join(k for k, _v in satu if k)
        alamat = reverse(nama, kwargs=dict(zip(ruas, (v for _k, v in satu), strict=True)))
        tanya = f"?{_TANYA[nama]}={nilai['kode']['']}" if nama in _TANYA else ""
        yield keadaan, alamat + tanya


def _find(nama: str, ruas: str, semua: Sequence[str], nilai: dict[str, Nilai]) -> Nilai:
    if ruas == "bentuk":
        return {"": _BENTUK[nama]}
    if nama.startswith("sop:") and "langkah_id" in semua and ruas == "versi_id":
        return nilai["sop:konsep"]
    kunci = _LAIN.get(nama, {}).get(ruas)
    calon = [kunci] if kunci else [f"{nama}:{ruas}", f"{nama.partition(':')[0]}:{ruas}", ruas]
    ada = [nilai[k] for k in calon if k in nilai]
    assert ada, f"isi_negeri.py belum memuat {ruas} untuk alamat {nama}"
    return ada[0]


def _admin(nama: str) -> str:
    """An address of Django's own administration, about any one object of that kind."""
    if nama == "admin:app_list":
        return reverse(nama, kwargs={"app_label": "organisasi"})
    if nama == "admin:view_on_site":
        jenis = ContentType.objects.get_for_model(Draf)
        return reverse(nama, args=[jenis.pk, Draf.objects.earliest("pk").pk])
    aplikasi, _garis, sisa = nama.removeprefix("admin:").partition("_")
    model_nama, _garis, aksi = sisa.partition("_")
    if aksi not in ("change", "delete", "history"):
        return reverse(nama)
    model = apps.get_model(aplikasi, model_nama)
    ada = model._default_manager.values_list("pk", flat=True).first()
    return reverse(nama, args=[ada or 1])


def write_tabel(jawaban: Tabel) -> str:
    """The table as text: aligned, sorted, with its key above."""
    lebar = [max(len(k[n]) for k in jawaban) for n in range(3)]
    isi = [(("rute", "metode", "keadaan"), list(PERAN)), *sorted(jawaban.items())]
    peran = [f"# {k:<7} {kata}" for k, kata in PERAN.items()]
    return "\n".join([PENGANTAR, *peran, "#", *(_align(*b, lebar) for b in isi), ""])


def _align(kunci: Kunci, sel: Sequence[str], lebar: Sequence[int]) -> str:
    kiri = (teks.ljust(n) for teks, n in zip(kunci, lebar, strict=True))
    return "  ".join([*kiri, *(f"{s:<7}" for s in sel)]).rstrip()


def read_tabel() -> Tabel:
    """The table as it stands in the repository."""
    baris = (b.split() for b in BERKAS.read_text().splitlines() if b and b[0] != "#")
    next(baris)
    return {(b[0], b[1], b[2]): b[3:] for b in baris}
