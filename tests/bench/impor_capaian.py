"""Import of many capaian rows from Excel, beside the bare parse and the bare COPY of the same rows.

Run: script/bench impor_capaian, or .venv/bin/python -m tests.bench.impor_capaian [ROWS]
The floor is what nobody can do without: the cells of the same workbook by the fastest parser there
is, then COPY into a table without constraints (SQLite has no COPY: executemany). It checks nothing,
trusts the file and explains nothing. Two more lines say where the way to it lies: the same with
openpyxl, the library of most offices, and with our own parser in its limited child, which survives
hostile files. The product does all of it: kept file, child, every cell judged with its message,
preview kept, rows locked and written, trail. Rounds alternate; figures are medians.
"""

import io
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from decimal import Decimal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.test")

from tests.bench._basis import basis_data, cetak, siapkan

siapkan()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from kinerja.models import Capaian, FormulirCapaian, Indikator, UnggahanCapaian
from kinerja.services.lembar_capaian import BARIS_JUDUL, LEMBAR, write_lembar
from kinerja.services.unggahan import apply_unggahan, check_unggahan, receive_unggahan
from organisasi.models import Penugasan
from sakip.common.lembar import read_buku
from tests.factories.kinerja import FormulirFactory, SasaranFactory
from tests.factories.organisasi import JabatanFactory, PenugasanFactory, UnitKerjaFactory

MAKS_BARIS = 10_000
PUTARAN = 5
# Code, realisasi, penjelasan, version: what a row of the workbook brings.
KOLOM = (1, 5, 6, 8)
_TABEL = "CREATE TEMPORARY TABLE lantai (kode text, realisasi text, penjelasan text, versi text)"
_TULIS = "INSERT INTO lantai VALUES (%s, %s, %s, %s)"


def make_formulir(banyak: int) -> tuple[FormulirCapaian, Penugasan]:
    """A form of that many rows and who fills it in."""
    unit = UnitKerjaFactory.create()
    sasaran = SasaranFactory.create(tujuan__instansi=unit.instansi)
    indikator = Indikator.objects.bulk_create(
        Indikator(sasaran=sasaran, kode=f"K{n}", nama=f"Indikator {n}", satuan="persen", unit=unit)
        for n in range(banyak)
    )
    formulir = FormulirFactory.create(unit=unit)
    Capaian.objects.bulk_create(
        Capaian(
            formulir=formulir,
            indikator=i,
            nama=i.nama,
            satuan=i.satuan,
            target_nilai=Decimal(90),
            rumus=i.rumus,
        )
        for i in indikator
    )
    jabatan = JabatanFactory.create(instansi=unit.instansi, tingkat="staf")
    return formulir, PenugasanFactory.create(jabatan=jabatan, unit=unit)


def fill(formulir: FormulirCapaian, putaran: int) -> bytes:
    """The workbook of the form with another figure and a sentence in every row."""
    buku = load_workbook(io.BytesIO(write_lembar(formulir)))
    lembar = buku[LEMBAR]
    for n in range(BARIS_JUDUL + 1, lembar.max_row + 1):
        lembar.cell(row=n, column=6, value=(n + putaran) % 100)
        lembar.cell(row=n, column=7, value="Tercapai sesuai rencana.")
    keluar = io.BytesIO()
    buku.save(keluar)
    return keluar.getvalue()


def copy_bare(baris: Iterable[Iterable[object]]) -> None:
    """The rows into a table that checks nothing."""
    with connection.cursor() as kursor:
        kursor.execute("DROP TABLE IF EXISTS lantai")
        kursor.execute(_TABEL)
        if connection.vendor != "postgresql":
            kursor.executemany(_TULIS, [tuple(map(str, b)) for b in baris])
            return
        teks = "".join("\t".join(map(str, b)) + "\n" for b in baris)
        kursor.cursor.copy_expert("COPY lantai FROM STDIN", io.StringIO(teks))


def floor_calamine(isi: bytes) -> None:
    """The fastest parser, in our own process."""
    lembar = CalamineWorkbook.from_filelike(io.BytesIO(isi)).get_sheet_by_name(LEMBAR)
    copy_bare([b[k] for k in KOLOM] for b in lembar.to_python()[BARIS_JUDUL:])


def floor_openpyxl(isi: bytes) -> None:
    """The parser that reads row by row in little memory."""
    lembar = load_workbook(io.BytesIO(isi), read_only=True)[LEMBAR]
    baris = lembar.iter_rows(min_row=BARIS_JUDUL + 1, values_only=True)
    copy_bare([b[k] for k in KOLOM] for b in baris)


def floor_anak(isi: bytes) -> None:
    """Our parser in its limited child."""
    lembar = read_buku(isi).get(LEMBAR)
    assert lembar is not None
    baris = range(BARIS_JUDUL + 1, lembar.baris_akhir + 1)
    copy_bare([lembar.at(b, k + 1).teks for k in KOLOM] for b in baris)


def impor(formulir: FormulirCapaian, mandat: Penugasan, isi: bytes) -> int:
    """The whole way through the product; how many rows it kept."""
    kini = timezone.now()
    unggahan = receive_unggahan(
        formulir_id=formulir.pk,
        berkas=SimpleUploadedFile("isian.xlsx", isi),
        aktor=mandat.pengguna,
        sebagai=mandat,
        now=kini,
    )
    check_unggahan(unggahan_id=unggahan.pk)
    unggahan = UnggahanCapaian.objects.only("pk").get(pk=unggahan.pk)
    return apply_unggahan(
        unggahan_id=unggahan.pk,
        hanya_sah=False,
        aktor=mandat.pengguna,
        sebagai=mandat,
        now=kini,
    )


def clock(kerja: Callable[[], object]) -> tuple[float, float]:
    """Wall seconds of one thing, and seconds of the processor in this process and its children."""
    siapa = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    awal = [resource.getrusage(s) for s in siapa]
    mulai = time.perf_counter()
    kerja()
    lama = time.perf_counter() - mulai
    akhir = [resource.getrusage(s) for s in siapa]
    cpu = sum(
        b.ru_utime + b.ru_stime - a.ru_utime - a.ru_stime for a, b in zip(awal, akhir, strict=True)
    )
    return lama, cpu


def puncak() -> float:
    """Most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(banyak: int) -> None:
    """Product and floors by turns, each round with a workbook of its own."""
    formulir, mandat = make_formulir(banyak)
    lantai = {"calamine": floor_calamine, "openpyxl": floor_openpyxl, "anak sendiri": floor_anak}
    ukuran: dict[str, list[tuple[float, float]]] = {n: [] for n in (*lantai, "produk")}
    tambahan = 0.0
    for putaran in range(PUTARAN):
        isi = fill(formulir, putaran)
        for nama, kerja in lantai.items():
            ukuran[nama].append(clock(lambda k=kerja, i=isi: k(i)))  # type: ignore[misc]
        sebelum = puncak()
        ukuran["produk"].append(clock(lambda i=isi: impor(formulir, mandat, i)))  # type: ignore[misc]
        tambahan = max(tambahan, puncak() - sebelum)
    berubah = Capaian.objects.filter(formulir=formulir, versi=PUTARAN).count()
    cetak(f"{berubah} dari {banyak} baris disimpan {PUTARAN} kali, {connection.vendor}")
    produk = [statistics.median(x) for x in zip(*ukuran.pop("produk"), strict=True)]
    cetak(f"impor lengkap            {produk[0]:6.2f} s  {produk[1]:6.2f} s CPU")
    for nama, semua in ukuran.items():
        lama, cpu = (statistics.median(x) for x in zip(*semua, strict=True))
        cetak(
            f"lantai, {nama:<14}  {lama:6.2f} s  {cpu:6.2f} s CPU   produk "
            f"{produk[0] / lama:5.1f}x, {produk[1] / cpu:5.1f}x CPU"
        )
    cetak(f"tambahan memori {tambahan:.0f} MB")


if __name__ == "__main__":
    diminta = int(sys.argv[1]) if len(sys.argv) > 1 else MAKS_BARIS
    with basis_data():
        measure(min(diminta, MAKS_BARIS))
