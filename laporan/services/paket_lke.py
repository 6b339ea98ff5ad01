"""Making the package of evidence: tables and files by criterion, an index, a manifest of hashes.

The package is made from the office's own records alone. A file that is no longer what was stored,
or that would make the package too large, is named in the index and left out.
"""

import hashlib
import logging
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import IO

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from laporan.models import PaketLKE
from laporan.models.paket_lke import IsiPaket
from laporan.rules.lke import Keadaan
from laporan.selectors.bahan_lke import Bahan, BerkasBukti
from laporan.selectors.bukti_lke import SUMBER, BuktiButir, name_folder, read_bahan, show_lke
from organisasi.models import Pengguna
from organisasi.perms import MENYIAPKAN
from organisasi.services.kelola import open_kelola
from sakip.common.berkas import (
    BerkasBerubah,
    discard_berkas,
    read_berkas,
    sha256_hex,
    store_berkas,
)
from sakip.common.cakram import read_potongan
from sakip.common.errors import DomainError
from sakip.common.perantara import hand_over
from sakip.common.unduhan import Tabel, write_csv

logger = logging.getLogger(__name__)
MAKS_PAKET = 300 * 1024 * 1024
SIMPAN = timedelta(days=30)
_KIRIM_ULANG = timedelta(seconds=60)
_TERLALU_BESAR = gettext_lazy(
    "Paket tahun ini terlalu besar untuk disusun. Hubungi yang menjalankan server."
)
_SEBAB = {
    SoftTimeLimitExceeded: _TERLALU_BESAR,
    MemoryError: _TERLALU_BESAR,
    OSError: gettext_lazy(
        "Berkas tidak dapat ditulis atau dibaca di penyimpanan. Hubungi yang menjalankan server, "
        "lalu siapkan paket lagi."
    ),
}
_TERHENTI = gettext_lazy(
    "Penyusunan paket tiga kali terhenti sebelum selesai. Sebabnya ada di catatan pekerja. Hubungi "
    "yang menjalankan server, lalu siapkan paket lagi."
)
KATA: Mapping[Keadaan, str] = {
    Keadaan.LENGKAP: "Ada bukti",
    Keadaan.SEBAGIAN: "Ada sebagian bukti",
    Keadaan.BELUM: "Belum ada bukti",
    Keadaan.LUAR: "Bukti di luar aplikasi",
}


@transaction.atomic
def request_paket(*, instansi_id: int, tahun: int, aktor: Pengguna, now: datetime) -> PaketLKE:
    """Promise a package; while one of that year waits, asking again gives the same.

    Raises:
        AksesDitolak: `aktor` prepares nothing in that office (HTTP 403).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now, tingkat=MENYIAPKAN)
    ada = PaketLKE.objects.filter(
        instansi=kelola.instansi, tahun=tahun, status=PaketLKE.Status.ANTRE
    ).first()
    if ada is not None:
        return ada
    paket = PaketLKE.objects.create(
        instansi=kelola.instansi, tahun=tahun, dibuat_oleh=aktor, dibuat_pada=now
    )
    kelola.record("laporan.paket_lke.minta", tahun=tahun, paket=paket.pk)
    transaction.on_commit(partial(publish_paket, paket.pk))
    return paket


def publish_paket(paket_id: int) -> None:
    """Hand the id to the workers. A broker that is down hurts nobody: `sweep_paket` comes."""
    if hand_over(PaketLKE.TUGAS, paket_id):
        PaketLKE.objects.filter(pk=paket_id).update(dikirim_pada=Now())


def sweep_paket(*, now: datetime) -> int:
    """Send again what nobody has made yet, and let go of what is over; how many were sent."""
    lama = Q(dikirim_pada=None) | Q(dikirim_pada__lt=now - 10 * _KIRIM_ULANG)
    antre = PaketLKE.objects.filter(
        lama, status=PaketLKE.Status.ANTRE, dibuat_pada__lt=now - _KIRIM_ULANG
    )
    semua = list(antre.values_list("pk", flat=True)[:20])
    for pk in semua:
        publish_paket(pk)
    for paket in PaketLKE.objects.filter(selesai_pada__lt=now - SIMPAN).exclude(berkas=""):
        discard_berkas(paket.berkas)
        paket.berkas = ""
        paket.save(update_fields=["berkas"])
    return len(semua)


def make_paket(*, paket_id: int, now: datetime) -> None:
    """Make one package, once, however often it is asked for; given up after three attempts.

    What is known to fail again ends at once, in words. A fault of our own is raised for Celery's
    log, and the sweeper sends the package again.
    """
    paket = _begin(paket_id, now)
    if paket is None:
        return
    try:
        isi = _build(paket, now)
    except (DomainError, SoftTimeLimitExceeded, MemoryError, OSError) as galat:
        logger.exception("paket_lke_gagal paket=%s", paket_id)
        _settle(paket_id, partial(PaketLKE.fail, galat=_explain(galat), now=now))
        return
    except Exception:
        _antre(paket_id).update(dikirim_pada=None)
        raise
    _settle(paket_id, partial(PaketLKE.complete, isi=isi, now=now))


def _antre(paket_id: int) -> QuerySet[PaketLKE]:
    return PaketLKE.objects.filter(pk=paket_id, status=PaketLKE.Status.ANTRE)


def _begin(paket_id: int, now: datetime) -> PaketLKE | None:
    """Count the attempt; None when the package is settled, or was tried often enough."""
    boleh = _antre(paket_id).filter(percobaan__lt=PaketLKE.MAKS_PERCOBAAN)
    if boleh.update(percobaan=F("percobaan") + 1):
        return PaketLKE.objects.select_related("instansi").get(pk=paket_id)
    _settle(paket_id, partial(PaketLKE.fail, galat=str(_TERHENTI), now=now))
    return None


def _explain(galat: BaseException) -> str:
    """Why there is no package, for whoever asked for it."""
    if isinstance(galat, DomainError):
        return galat.pesan
    return next(str(kata) for jenis, kata in _SEBAB.items() if isinstance(galat, jenis))


def _build(paket: PaketLKE, now: datetime) -> IsiPaket:
    """Write the package into the store."""
    with tempfile.TemporaryFile() as wadah:
        banyak = write_paket(wadah, paket, now=now)
        sidik, ukuran = _hash(wadah)
        berkas = f"paket-lke/{paket.instansi_id}/{paket.pk}-{sidik[:16]}.zip"
        wadah.seek(0)
        store_berkas(berkas, wadah)
    return IsiPaket(berkas, sidik, ukuran, banyak)


@transaction.atomic
def _settle(paket_id: int, akhiri: Callable[[PaketLKE], None]) -> None:
    """End it; whoever comes second finds it settled. The same content has the same name."""
    paket = PaketLKE.objects.select_for_update(of=("self",)).filter(pk=paket_id).first()
    if paket is not None and paket.status == PaketLKE.Status.ANTRE:
        akhiri(paket)
        paket.save()


def _hash(berkas: IO[bytes]) -> tuple[str, int]:
    sidik, ukuran = hashlib.sha256(), 0
    berkas.seek(0)
    for potong in read_potongan(berkas):
        sidik.update(potong)
        ukuran += len(potong)
    return sidik.hexdigest(), ukuran


@dataclass
class _Isi:
    """The archive being written: what is in it already, and what had to stay out."""

    zip: zipfile.ZipFile
    manifes: dict[str, str] = field(default_factory=dict)
    luar: list[tuple[str, str]] = field(default_factory=list)
    ukuran: int = 0

    def add(self, nama: str, isi: bytes) -> None:
        """Put bytes under a name, with their hash in the manifest."""
        self.zip.writestr(nama, isi)
        self.manifes[nama] = sha256_hex(isi)
        self.ukuran += len(isi)

    def add_berkas(self, folder: str, bukti: BerkasBukti) -> None:
        """Put a stored file in, unless it changed or does not fit."""
        nama = self._name(folder, bukti)
        if nama in self.manifes:
            return
        if self.ukuran + bukti.ukuran > MAKS_PAKET:
            self.luar.append((nama, "tidak disertakan karena batas ukuran paket"))
            return
        try:
            isi = read_berkas(bukti.berkas, bukti.sha256)
        except BerkasBerubah:
            self.luar.append((nama, "tidak disertakan karena berkas berubah atau hilang"))
            return
        self.add(nama, isi)

    def _name(self, folder: str, bukti: BerkasBukti) -> str:
        batang, titik, akhiran = bukti.nama.rpartition(".")
        rapi = slugify(batang or bukti.nama)[:80] or "berkas"
        return f"{folder}/{rapi}-{bukti.sha256[:8]}{titik}{slugify(akhiran)[:8]}"


def write_paket(wadah: IO[bytes], paket: PaketLKE, *, now: datetime) -> int:
    """Write the package of one office and year; how many files it holds."""
    bahan = read_bahan(paket.instansi, paket.tahun)
    komponen = list(show_lke(bahan))
    with zipfile.ZipFile(wadah, "w", zipfile.ZIP_DEFLATED) as arsip:
        isi = _Isi(arsip)
        for kode, satu in bahan.items():
            _write_sumber(isi, kode, satu)
        butir = [b for _k, daftar in komponen for b in daftar]
        isi.add("indeks.csv", write_csv(_make_indeks(butir)))
        context = {
            "paket": paket,
            "komponen": [(k, [(b, KATA[b.keadaan]) for b in daftar]) for k, daftar in komponen],
            "luar": isi.luar,
            "pada": now.astimezone(paket.instansi.zona_waktu),
        }
        isi.add("indeks.html", render_to_string("laporan/indeks_lke.html", context).encode())
        manifes = "".join(f"{sidik}  {nama}\n" for nama, sidik in sorted(isi.manifes.items()))
        arsip.writestr("manifest-sha256.txt", manifes)
    return len(isi.manifes)


def _write_sumber(isi: _Isi, kode: str, bahan: Bahan) -> None:
    """The table of a source, and its files beside it."""
    if not bahan.baris:
        return
    nama = str(SUMBER[kode].nama)
    tabel = Tabel(nama, [(judul, 20) for judul in bahan.kolom], bahan.baris)
    isi.add(f"{name_folder(kode)}/{kode.replace('_', '-')}.csv", write_csv(tabel))
    for bukti in bahan.berkas:
        isi.add_berkas(f"{name_folder(kode)}/berkas", bukti)


def _make_indeks(butir: list[BuktiButir]) -> Tabel:
    kolom = [
        ("Kode", 8),
        ("Kriteria", 60),
        ("Bagian", 16),
        ("Keadaan", 24),
        ("Bukti", 40),
        ("Banyak catatan", 14),
        ("Terbaru", 12),
        ("Lengkapi sendiri", 60),
    ]
    baris = [
        [
            b.butir.kode,
            b.butir.teks,
            b.butir.bagian,
            KATA[b.keadaan],
            str(nama),
            banyak,
            pada,
            b.butir.sisa,
        ]
        for b in butir
        for nama, banyak, pada in (b.sumber or [("", 0, None)])
    ]
    return Tabel("Indeks", kolom, baris)
