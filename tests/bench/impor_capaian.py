"""Import of many capaian rows from Excel, beside reading the same workbook and writing nothing.

Run: .venv/bin/python -m tests.bench.impor_capaian [ROWS]
The floor is what nobody can do without: reading the workbook in its limited child, then one bulk
insert of bare figures. The ratio is what messages, versions, the lock and the trail cost on top.
"""

import io
import os
import resource
import sys
import time
from collections.abc import Callable
from decimal import Decimal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.test")

from tests.bench._basis import basis_data, cetak, siapkan

siapkan()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402 - models need a loaded Django
from django.utils import timezone  # noqa: E402
from openpyxl import load_workbook  # noqa: E402

from kinerja.models import Capaian, FormulirCapaian, Indikator, UnggahanCapaian  # noqa: E402
from kinerja.services.lembar_capaian import write_lembar  # noqa: E402
from kinerja.services.unggahan import apply_unggahan, check_unggahan, receive_unggahan  # noqa: E402
from organisasi.models import Penugasan  # noqa: E402
from sakip.common.lembar import read_buku  # noqa: E402
from tests.factories.kinerja import FormulirFactory, SasaranFactory  # noqa: E402
from tests.factories.organisasi import JabatanFactory, PenugasanFactory, UnitKerjaFactory  # noqa: E402

MAKS_BARIS = 10_000


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
        Capaian(formulir=formulir, indikator=i, target_nilai=Decimal(90), rumus=i.rumus)
        for i in indikator
    )
    jabatan = JabatanFactory.create(instansi=unit.instansi, tingkat="staf")
    return formulir, PenugasanFactory.create(jabatan=jabatan, unit=unit)


def fill(isi: bytes, banyak: int) -> bytes:
    """The workbook with a figure in every row."""
    buku = load_workbook(io.BytesIO(isi))
    for n in range(banyak):
        buku["Capaian"].cell(row=5 + n, column=6, value=n % 100)
    keluar = io.BytesIO()
    buku.save(keluar)
    return keluar.getvalue()


def clock(kerja: Callable[[], object]) -> float:
    """Wall seconds of one thing."""
    mulai = time.perf_counter()
    kerja()
    return time.perf_counter() - mulai


def measure(banyak: int) -> None:
    """Import and floor in one run."""
    formulir, mandat = make_formulir(banyak)
    isi, kini = fill(write_lembar(formulir), banyak), timezone.now()
    contoh = list(Capaian.objects.filter(formulir=formulir))

    def lantai() -> None:
        read_buku(isi)
        salinan = FormulirFactory.create(unit=formulir.unit, putaran=2, dikembalikan=True)
        Capaian.objects.bulk_create(
            Capaian(formulir=salinan, indikator_id=c.indikator_id, rumus=c.rumus) for c in contoh
        )

    def impor() -> None:
        unggahan = receive_unggahan(
            formulir_id=formulir.pk,
            berkas=SimpleUploadedFile("isian.xlsx", isi),
            aktor=mandat.pengguna,
            sebagai=mandat,
            now=kini,
        )
        check_unggahan(unggahan_id=unggahan.pk)
        terapkan = UnggahanCapaian.objects.get(pk=unggahan.pk)
        tersimpan = apply_unggahan(
            unggahan_id=terapkan.pk,
            hanya_sah=False,
            aktor=mandat.pengguna,
            sebagai=mandat,
            now=kini,
        )
        cetak(f"{tersimpan} baris disimpan")

    sebelum = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    penuh = clock(impor)
    memori = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - sebelum) / 1024
    dasar = clock(lantai)
    cetak(
        f"baca dan tulis polos {dasar:6.2f} s",
        f"impor lengkap        {penuh:6.2f} s   {penuh / dasar:.1f}x   tambahan {memori:.0f} MB",
    )


if __name__ == "__main__":
    diminta = int(sys.argv[1]) if len(sys.argv) > 1 else MAKS_BARIS
    with basis_data():
        measure(min(diminta, MAKS_BARIS))
