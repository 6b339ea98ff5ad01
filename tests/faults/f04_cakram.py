"""F4: a disk of one megabyte, full at an upload, at a PDF and at a backup; nothing half is left."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import override_settings

from laporan.models import Dokumen, Efek
from laporan.services.efek import retry_efek
from sakip.common.berkas import read_berkas
from tests.faults._landasan import MULAI, Hasil, Landasan, TidakDapatDijalankan
from tests.laporan.meja_tanda import TANDA_SATU, kini, until
from tests.laporan.meja_tanda import run as run_efek
from tests.laporan.rute import make_kantor

_MB = 1024 * 1024


def run(landasan: Landasan) -> Hasil:
    """Each place in turn: it fails with a sentence, leaves nothing, and works with room again."""
    hasil = Hasil()
    for _kali in range(landasan.kali):
        for coba in _TEMPAT.values():
            with _make_cakram(landasan.folder / "cakram") as cakram:
                coba(hasil, cakram)
            hasil.kejadian += 1
    hasil.catatan.append(f"{landasan.kali} kali di tiap tempat: {', '.join(_TEMPAT)}")
    return hasil


@contextmanager
def _make_cakram(folder: Path) -> Iterator[Path]:
    if os.geteuid() != 0:
        raise TidakDapatDijalankan("memasang cakram kecil memerlukan root")
    folder.mkdir(exist_ok=True)
    pasang = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(pasang, check=False, stderr=subprocess.DEVNULL).returncode:
        raise TidakDapatDijalankan("mesin ini tidak mengizinkan memasang cakram kecil")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _give_ruang(cakram: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=256m", str(cakram)], check=True)


def _list_sisa(cakram: Path) -> list[str]:
    return [str(b.relative_to(cakram)) for b in cakram.rglob("*") if b.is_file()]


def _try_unggah(hasil: Hasil, cakram: Path) -> None:
    besar = os.urandom(3 * _MB)
    with override_settings(MEDIA_ROOT=cakram):
        try:
            default_storage.save("bukti/besar.pdf", ContentFile(besar))
            hasil.salah.append("unggahan: cakram penuh tidak terasa")
        except OSError:
            hasil.require(not _list_sisa(cakram), f"unggahan: tersisa {_list_sisa(cakram)}")
        _give_ruang(cakram)
        nama = default_storage.save("bukti/besar.pdf", ContentFile(besar))
        with default_storage.open(nama) as berkas:
            hasil.require(berkas.read() == besar, "unggahan: isinya berbeda sesudah ada ruang")


def _try_pdf(hasil: Hasil, cakram: Path) -> None:
    kantor = make_kantor(TANDA_SATU, MULAI)
    draf = until(kantor, 3, MULAI)
    efek = Efek.objects.get(draf=draf, jenis="bekukan")
    (cakram / "penuh").write_bytes(b"0" * (_MB - 4096))
    with override_settings(MEDIA_ROOT=cakram / "berkas"):
        run_efek(efek.pk)
        efek.refresh_from_db()
        hasil.require(efek.status == "gagal" and "penyimpanan" in efek.galat, f"PDF: {efek.galat}")
        hasil.require(not Dokumen.objects.filter(draf=draf).exists(), "PDF: ada barisnya")
        hasil.require(_list_sisa(cakram) == ["penuh"], f"PDF: tersisa {_list_sisa(cakram)}")
        _give_ruang(cakram)
        retry_efek(efek_id=efek.pk, aktor=next(iter(kantor.orang.values())), now=kini())
        run_efek(efek.pk)
        dokumen = Dokumen.objects.get(draf=draf)
        hasil.require(read_berkas(dokumen.berkas, dokumen.sha256), "PDF: tidak utuh")


def _try_cadangan(hasil: Hasil, cakram: Path) -> None:
    tujuan = cakram / "cadangan"
    with override_settings(MEDIA_ROOT=cakram.parent / "kosong"):
        (cakram / "penuh").write_bytes(b"0" * (_MB - 64 * 1024))
        try:
            call_command("cadangkan", tujuan, stdout=StringIO())
            hasil.salah.append("cadangan: cakram penuh tidak terasa")
        except CommandError as galat:
            hasil.require("tidak dibuat" in str(galat), f"cadangan: {galat}")
        hasil.require(_list_sisa(cakram) == ["penuh"], f"cadangan: tersisa {_list_sisa(cakram)}")
        _give_ruang(cakram)
        call_command("cadangkan", tujuan, stdout=StringIO())
        (arsip,) = tujuan.iterdir()
        call_command("pulihkan", arsip, periksa=True, stdout=StringIO())


_TEMPAT: dict[str, Callable[[Hasil, Path], None]] = {
    "unggahan": _try_unggah,
    "PDF": _try_pdf,
    "cadangan": _try_cadangan,
}
