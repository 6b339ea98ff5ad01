"""Verified figures as files: a dataset of one year with its metadata, as CSV, Excel or JSON."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kinerja.selectors.dataset import (
    BarisCapaian,
    BarisIndikator,
    list_capaian_terbuka,
    list_indikator,
    list_tahun_terbuka,
)
from organisasi.middleware import get_pelaku
from organisasi.models import Instansi
from sakip.common.lembar_tulis import (
    Nilai,
    add_lembar,
    new_buku,
    to_bytes,
    tulis,
    tulis_judul,
    xlsx_response,
)

_ANGKA = frozenset({"target", "realisasi", "capaian_persen"})
_RUMUS = ("=", "+", "-", "@", "\t", "\r")
_LEBAR = (12, 48, 14, 30, 8, 9, 14, 14, 14, 48, 26)


@dataclass(frozen=True)
class Dataset:
    """One year of one office."""

    instansi: Instansi
    tahun: int
    capaian: Sequence[BarisCapaian]
    indikator: Sequence[BarisIndikator]

    @property
    def nama(self) -> str:
        """Name of the files, without extension."""
        return f"capaian-{self.instansi.kode}-{self.tahun}"

    @property
    def metadata(self) -> dict[str, Any]:
        """What a data portal asks for. Sumber: SATU-DATA"""
        return {
            "nama": _("Capaian kinerja %(instansi)s tahun %(tahun)d")
            % {"instansi": self.instansi.nama, "tahun": self.tahun},
            "definisi": _("Target, realisasi, dan persentase capaian indikator kinerja."),
            "satuan": _("Menurut indikator; lihat kolom satuan."),
            "periode": _("Triwulanan, %(tahun)d") % {"tahun": self.tahun},
            "sumber": _("%(instansi)s, capaian yang sudah diverifikasi")
            % {"instansi": self.instansi.nama},
            "kode": self.nama,
        }


@require_safe
def list_data(request: HttpRequest) -> HttpResponse:
    """Years that can be downloaded."""
    instansi = get_pelaku(request).instansi
    return render(
        request, "kinerja/data.html", {"daftar_tahun": list_tahun_terbuka(instansi)[::-1]}
    )


@require_safe
def download_data(request: HttpRequest, tahun: int, bentuk: str) -> HttpResponse:
    """One year in one form; 404 where nothing of it is verified."""
    instansi = get_pelaku(request).instansi
    capaian = list(list_capaian_terbuka(instansi, tahun))
    if not capaian:
        raise Http404
    return _BENTUK[bentuk](Dataset(instansi, tahun, capaian, list_indikator(instansi)))


def _write_csv(data: Dataset) -> HttpResponse:
    """With a byte order mark, by which Excel knows the encoding."""
    teks = io.StringIO()
    penulis = csv.writer(teks)
    penulis.writerow(BarisCapaian.kolom())
    for baris in data.capaian:
        penulis.writerow(_defuse(n, v) for n, v in asdict(baris).items())
    kepala = {"Content-Disposition": content_disposition_header(True, f"{data.nama}.csv") or ""}  # noqa: FBT003 - Django's own positional flag
    isi = teks.getvalue().encode("utf-8-sig")
    return HttpResponse(isi, content_type="text/csv; charset=utf-8", headers=kepala)


def _write_json(data: Dataset) -> HttpResponse:
    isi = {
        "metadata": data.metadata,
        "indikator": [asdict(i) for i in data.indikator],
        "capaian": [asdict(c) for c in data.capaian],
    }
    kepala = {"Content-Disposition": content_disposition_header(True, f"{data.nama}.json") or ""}  # noqa: FBT003 - Django's own positional flag
    return JsonResponse(isi, headers=kepala, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _write_xlsx(data: Dataset) -> HttpResponse:
    buku = new_buku(judul=data.metadata["nama"])
    _add_tabel(buku, "Capaian", _LEBAR, [asdict(c) for c in data.capaian])
    _add_tabel(buku, "Indikator", (12, 48, 60), [asdict(i) for i in data.indikator])
    uraian = [{"bagian": b, "isi": i} for b, i in data.metadata.items()]
    _add_tabel(buku, "Metadata", (14, 70), uraian)
    return xlsx_response(to_bytes(buku), data.nama)


def _add_tabel(
    buku: Any,  # noqa: ANN401 - openpyxl's Workbook, known to sakip.common only
    nama: str,
    lebar: Sequence[int],
    baris: Sequence[Mapping[str, Any]],
) -> None:
    lembar = add_lembar(buku, nama, lebar=lebar)
    tulis_judul(lembar, 1, [k.replace("_", " ").capitalize() for k in baris[0]])
    for n, isi in enumerate(baris, start=2):
        for k, (kolom, nilai) in enumerate(isi.items(), start=1):
            tulis(lembar, n, k, _nilai(kolom, nilai))


def _nilai(kolom: str, nilai: Any) -> Nilai:  # noqa: ANN401 - a value of a row, of any column
    if kolom in _ANGKA:
        return Decimal(nilai) if nilai else None
    return nilai if isinstance(nilai, int) and not isinstance(nilai, bool) else str(nilai)


def _defuse(kolom: str, nilai: str | int) -> str | int:
    """Text that a spreadsheet would calculate gets an apostrophe; figures stay figures."""
    if kolom in _ANGKA or not isinstance(nilai, str) or not nilai.startswith(_RUMUS):
        return nilai
    return f"'{nilai}"


_BENTUK: Mapping[str, Callable[[Dataset], HttpResponse]] = {
    "csv": _write_csv,
    "json": _write_json,
    "xlsx": _write_xlsx,
}
