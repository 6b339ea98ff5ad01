"""One form as a table for CSV, for whoever works with other programs than Excel."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.isian import URAIAN
from kinerja.selectors.baris import is_tersusun, kode_komponen, list_baris
from kinerja.selectors.unduhan import make_sel, round_persen
from sakip.common.unduhan import Nilai, Tabel


def make_tabel(formulir: FormulirCapaian) -> Tabel:
    """Rows in the order of the grid, parts below their indikator; figures stay figures."""
    judul = (
        _("Kode"), _("Indikator"), _("Satuan"), _("Target"), _("Batas atas target"),
        _("Realisasi"), _("Capaian (%)"), _("Cara hitung"), _("Penjelasan"), _("RTL"),
        *URAIAN.values(), _("RTL periode lalu"),
    )  # fmt: skip
    baris = (isi for c in list_baris(formulir) for isi in _list_baris(c))
    return Tabel(_("Capaian"), [(j, 0) for j in judul], baris)


def _list_baris(c: Capaian) -> Iterator[Sequence[Nilai]]:
    """The indikator, then what its realisasi is made of."""
    nilai = [make_sel(n, c) for n in (c.target_nilai, c.target_atas, c.realisasi)]
    nilai[0] = c.target_uraian or nilai[0]
    uraian = [getattr(c, n) for n in URAIAN]
    hasil = (round_persen(c.hasil.persen), c.hasil.alasan)
    awal = (c.indikator.kode, c.nama, c.satuan)
    yield (*awal, *nilai, *hasil, c.penjelasan, c.rtl, *uraian, c.rtl_lalu)
    for k in c.komponen.all() if is_tersusun(c) else ():
        yield (kode_komponen(c.indikator.kode, k.urutan), k.nama, "", None, None, k.nilai)
