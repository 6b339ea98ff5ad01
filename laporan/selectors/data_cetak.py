"""The figures of a frozen version as files beside its pages: for those who reckon on with them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from laporan.models import VersiNaskah
from laporan.selectors.blok import bentuk
from sakip.common.lembar_tulis import XLSX
from sakip.common.pdf_isi import Lampiran
from sakip.common.unduhan import Nilai, Tabel, write_csv, write_xlsx
from sakip.common.zip_tetap import fix_zip

_KOLOM = (
    ("Sasaran", 40), ("Kode", 12), ("Indikator", 48), ("Satuan", 14), ("Target", 14),
    ("Realisasi", 14), ("Capaian (%)", 14), ("Kategori", 16), ("Penanggung jawab", 30),
)  # fmt: skip
_MAKS_LEBAR = 60


def build_lampiran(versi: VersiNaskah) -> list[Lampiran]:
    """CSV of the capaian and a workbook of every table of the version; nothing without data."""
    capaian, lain = _build_capaian(versi), list(_list_tabel(versi))
    semua = [*([capaian] if capaian else []), *_name_sekali(lain)]
    if not semua:
        return []
    pada = versi.dibuat_pada
    hasil = [_attach("data-laporan.xlsx", XLSX, fix_zip(write_xlsx(semua), tanpa_waktu=True), pada)]
    if capaian:
        hasil.insert(0, _attach("data-capaian.csv", "text/csv", write_csv(capaian), pada))
    return hasil


def _attach(nama: str, jenis: str, isi: bytes, pada: datetime) -> Lampiran:
    keterangan = _("Data laporan ini, dari naskah yang dibekukan")
    return Lampiran(nama, jenis, isi, keterangan, pada.astimezone(UTC))


def _build_capaian(versi: VersiNaskah) -> Tabel | None:
    """A row for each indikator with its figures as figures; None where the version has none."""
    baris = [
        _row_capaian(t["judul"], b) for t in versi.tabel if "blok" not in t for b in t["baris"]
    ]
    return Tabel(_("Capaian"), _KOLOM, baris) if baris else None


def _row_capaian(sasaran: str, b: Mapping[str, Any]) -> list[Nilai]:
    return [
        sasaran,
        b.get("kode", ""),
        b["indikator"],
        b["satuan"],
        *(_angka(b.get(n)) for n in ("target", "realisasi", "persen")),
        b["kategori"],
        b["unit"],
    ]


def _angka(teks: str | None) -> Decimal | None:
    return Decimal(teks) if teks else None


def _list_tabel(versi: VersiNaskah) -> Iterator[Tabel]:
    """Every table of the data blocks, as printed."""
    for t in versi.tabel:
        for b in bentuk.read_isi(t):
            if isinstance(b, bentuk.Tabel):
                yield Tabel(b.judul, [(k.judul, _MAKS_LEBAR // 3) for k in b.kolom], b.baris)


def _name_sekali(tabel: list[Tabel]) -> Iterator[Tabel]:
    """With a name for each sheet: Excel takes 31 characters, and each only once."""
    for nomor, t in enumerate(tabel, 1):
        yield Tabel(f"{nomor} {t.nama}", t.kolom, t.baris)
