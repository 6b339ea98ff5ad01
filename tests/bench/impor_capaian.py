"""Import of many capaian rows from Excel, beside the bare parse and the bare COPY of the same rows.

Run: script/bench impor_capaian, or .venv/bin/python -m tests.bench.impor_capaian [ROWS]
The floor is what nobody can do without: the cells of the same workbook by the fastest parser there
is, the indikator found by its code, then COPY of seven columns into an empty table made by Django:
permanent, logged, with the keys and indexes of Capaian (SQLite has no COPY: executemany). It checks
nothing, trusts the file and explains nothing. Two more lines say where the way to it lies: the same
with openpyxl, the library of most offices, and with our own parser in its limited child, which
survives hostile files. The product does all of it: kept file, child, every cell judged with its
message, preview kept, rows locked and written, trail.

Rounds alternate; figures are medians. CPU is that of this process, its children and the database's
process that serves it. Memory is what the product adds to this process at its highest.
Target: at most 4 times the floor, and 64 MB.
"""

import io
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.test")

from tests.bench._basis import basis_data, cetak, count_cpu, note_hasil, siapkan

siapkan()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.utils import timezone
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from kinerja.models import Capaian, FormulirCapaian, Indikator, UnggahanCapaian
from kinerja.services.lembar_capaian import (
    BARIS_JUDUL,
    KODE,
    LEMBAR,
    PENJELASAN,
    REALISASI,
    RTL,
    VERSI,
    write_lembar,
)
from kinerja.services.unggahan import apply_unggahan, check_unggahan, receive_unggahan
from organisasi.models import Pengguna, Penugasan
from sakip.common.lembar import FOLDER_ANAK, Batas, read_buku
from tests.factories.kinerja import FormulirFactory, SasaranFactory
from tests.factories.organisasi import JabatanFactory, PenugasanFactory, UnitKerjaFactory

MAKS_BARIS = 10_000
PUTARAN = 5
DIBACA = (KODE, REALISASI, PENJELASAN, RTL, VERSI)
DITULIS = (
    *("indikator_id", "realisasi", "penjelasan", "rtl", "versi"),
    *("formulir_id", "diisi_oleh_id"),
)
# The child itself, which says at its end how much memory it took.
_ANAK = """
import runpy, sys
runpy.run_path(sys.argv.pop(), run_name="__main__")
status = open("/proc/self/status").read()
print(status.split("VmHWM:")[1].split()[0], file=sys.stderr)
"""
Ukuran = tuple[float, float]
Daftar = Callable[[bytes], Iterable[Sequence[str]]]


class Lantai(models.Model):
    """A row without what guards it. Its columns are those of Capaian that an import writes."""

    formulir = models.ForeignKey(
        FormulirCapaian, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    indikator = models.ForeignKey(Indikator, on_delete=models.PROTECT, related_name="+")
    realisasi = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    penjelasan = models.TextField()
    rtl = models.TextField()
    versi = models.PositiveIntegerField()
    diisi_oleh = models.ForeignKey(
        Pengguna, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta:
        app_label = "kinerja"
        db_table = "bench_lantai"
        managed = False
        constraints = [
            models.UniqueConstraint(fields=["formulir", "indikator"], name="bench_lantai_unik")
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


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


def fill_semua(formulir_id: int) -> list[bytes]:
    """The workbook of the form, for each round with other figures, and a sentence in every row."""
    formulir = FormulirCapaian.objects.select_related("unit__instansi").get(pk=formulir_id)
    buku = load_workbook(io.BytesIO(write_lembar(formulir)))
    lembar = buku[LEMBAR]
    hasil = []
    for putaran in range(PUTARAN):
        for n in range(BARIS_JUDUL + 1, lembar.max_row + 1):
            lembar.cell(row=n, column=REALISASI, value=(n + putaran) % 100)
            lembar.cell(row=n, column=PENJELASAN, value="Tercapai sesuai rencana.")
            lembar.cell(row=n, column=VERSI, value=putaran)
        keluar = io.BytesIO()
        buku.save(keluar)
        hasil.append(keluar.getvalue())
    return hasil


def copy_bare(mandat: Penugasan, formulir: FormulirCapaian, baris: Iterable[Sequence[str]]) -> None:
    """The rows into the table. Each begins with its code, which becomes its indikator."""
    pk = dict(Indikator.objects.filter(unit=formulir.unit).values_list("kode", "pk"))
    milik = (str(formulir.pk), str(mandat.pengguna_id))
    isi = [(str(pk[kode]), *b, str(int(float(versi))), *milik) for kode, *b, versi in baris]
    kolom = ", ".join(DITULIS)
    with connection.cursor() as kursor:
        if connection.vendor == "postgresql":
            teks = io.StringIO("".join("\t".join(b) + "\n" for b in isi))
            kursor.cursor.copy_expert(f"COPY bench_lantai ({kolom}) FROM STDIN", teks)
        else:
            tempat = ", ".join(["%s"] * len(DITULIS))
            perintah = " ".join(["INSERT INTO bench_lantai (", kolom, ") VALUES (", tempat, ")"])
            kursor.executemany(perintah, isi)


def floor(mandat: Penugasan, formulir: FormulirCapaian, daftar: Daftar, isi: bytes) -> None:
    """Read and write, no more."""
    copy_bare(mandat, formulir, daftar(isi))


def list_calamine(isi: bytes) -> Iterable[Sequence[str]]:
    """By the fastest parser, in our own process."""
    lembar = CalamineWorkbook.from_filelike(io.BytesIO(isi)).get_sheet_by_name(LEMBAR)
    return ([str(b[k - 1]) for k in DIBACA] for b in lembar.to_python()[BARIS_JUDUL:])


def list_openpyxl(isi: bytes) -> Iterable[Sequence[str]]:
    """By the parser that reads row by row in little memory."""
    lembar = load_workbook(io.BytesIO(isi), read_only=True)[LEMBAR]
    baris = lembar.iter_rows(min_row=BARIS_JUDUL + 1, values_only=True)
    return (["" if b[k - 1] is None else str(b[k - 1]) for k in DIBACA] for b in baris)


def list_anak(isi: bytes) -> Iterable[Sequence[str]]:
    """By our parser in its limited child."""
    lembar = read_buku(isi).get(LEMBAR)
    assert lembar is not None
    baris = range(BARIS_JUDUL + 1, lembar.baris_akhir + 1)
    return ([lembar.at(b, k).teks for k in DIBACA] for b in baris)


LANTAI = {"calamine": list_calamine, "openpyxl": list_openpyxl, "anak sendiri": list_anak}


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


def clock(kerja: Callable[[], object]) -> Ukuran:
    """Seconds on the wall, and seconds of the processor in every process that took part."""
    awal, mulai = count_cpu(), time.perf_counter()
    kerja()
    return time.perf_counter() - mulai, count_cpu() - awal


def start_memori() -> float:
    """MB that this process holds; its highest is counted from here on."""
    Path("/proc/self/clear_refs").write_text("5")
    return read_memori("VmRSS")


def read_memori(nama: str) -> float:
    """One line of this process's memory, in MB."""
    baris = Path("/proc/self/status").read_text().splitlines()
    return next(int(b.split()[1]) for b in baris if b.startswith(f"{nama}:")) / 1024


def measure_anak(isi: bytes) -> float:
    """MB of memory of the child that reads the workbook, at its highest."""
    batas = json.dumps(asdict(Batas()))
    perintah = [sys.executable, "-I", "-c", _ANAK, batas, str(FOLDER_ANAK)]
    hasil = subprocess.run(perintah, input=isi, capture_output=True, check=True, env={})
    return int(hasil.stderr) / 1024


def measure(banyak: int) -> None:
    """Product and floors by turns, each round with a workbook of its own."""
    formulir, mandat = make_formulir(banyak)
    connection.close()
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as lain:
        # In a process of its own: what it holds of memory is not in the way of what is measured.
        semua = lain.submit(fill_semua, formulir.pk).result()
    ukuran: dict[str, list[Ukuran]] = {n: [] for n in ("produk", *LANTAI)}
    memori = 0.0
    for isi in semua:
        awal = start_memori()
        ukuran["produk"].append(clock(partial(impor, formulir, mandat, isi)))
        memori = max(memori, read_memori("VmHWM") - awal)
        for nama, daftar in LANTAI.items():
            with connection.schema_editor() as penyunting:
                penyunting.create_model(Lantai)
            ukuran[nama].append(clock(partial(floor, mandat, formulir, daftar, isi)))
            with connection.schema_editor() as penyunting:
                penyunting.delete_model(Lantai)
    berubah = Capaian.objects.filter(formulir=formulir, versi=PUTARAN).count()
    cetak(f"{berubah} dari {banyak} baris disimpan {PUTARAN} kali, {connection.vendor}")
    write_hasil(ukuran)
    note_hasil("P4", "tambahan memori impor", nilai=memori, batas=64, satuan="MB")
    cetak(f"tambahan memori {memori:.0f} MB; anak pembaca {measure_anak(semua[0]):.0f} MB")


def write_hasil(ukuran: dict[str, list[Ukuran]]) -> None:
    """Print medians, and the product as ratio to each floor."""
    tengah = {n: [statistics.median(x) for x in zip(*u, strict=True)] for n, u in ukuran.items()}
    lama, cpu = tengah.pop("produk")
    lantai = tengah["calamine"][1]
    note_hasil(
        "P4", "impor 10.000 capaian dibanding calamine dan COPY", nilai=cpu / lantai, batas=4
    )
    cetak(f"impor lengkap            {lama:6.2f} s  {cpu:6.2f} s CPU")
    for nama, (dasar, dasar_cpu) in tengah.items():
        cetak(
            f"lantai, {nama:<14}  {dasar:6.2f} s  {dasar_cpu:6.2f} s CPU   produk "
            f"{lama / dasar:5.1f}x, {cpu / dasar_cpu:5.1f}x CPU"
        )


if __name__ == "__main__":
    diminta = int(sys.argv[1]) if len(sys.argv) > 1 else MAKS_BARIS
    with basis_data():
        measure(min(diminta, MAKS_BARIS))
