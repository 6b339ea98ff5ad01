"""One form as CSV, for whoever works with other programs than Excel."""

import csv
import io

from kinerja.models import FormulirCapaian
from kinerja.rules.isian import URAIAN
from kinerja.selectors.baris import is_tersusun
from kinerja.selectors.teks import format_isian, format_target
from kinerja.services.lembar_capaian import kode_komponen, list_baris
from sakip.common.angka import format_angka
from sakip.common.unduhan import defuse


def write_csv(formulir: FormulirCapaian) -> bytes:
    """Rows in the order of the grid, parts below their indikator; figures as Indonesia writes them.

    With a byte order mark, by which Excel knows the encoding. Text that looks like a formula gets
    an apostrophe; figures stay figures.
    """
    teks = io.StringIO()
    penulis = csv.writer(teks)
    judul = ("Kode", "Indikator", "Satuan", "Target", "Realisasi", "Capaian", "Penjelasan", "RTL")
    penulis.writerow([*judul, *URAIAN.values(), "RTL periode lalu"])
    for c in list_baris(formulir):
        target = format_target(c.target_nilai, c, c.target_atas)
        awal = [defuse(t) for t in (c.indikator.kode, c.nama, c.satuan)]
        lanjut = [c.penjelasan, c.rtl, *(getattr(c, n) for n in URAIAN), c.rtl_lalu]
        penulis.writerow(
            [*awal, target, format_isian(c.realisasi, c), c.hasil.teks, *map(defuse, lanjut)]
        )
        for k in c.komponen.all() if is_tersusun(c) else ():
            kode = defuse(kode_komponen(c.indikator.kode, k.urutan))
            nilai = "" if k.nilai is None else format_angka(k.nilai)
            penulis.writerow([kode, defuse(k.nama), "", "", nilai])
    return teks.getvalue().encode("utf-8-sig")
