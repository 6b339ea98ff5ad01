"""Verified figures as files: a dataset of one year with its metadata, as CSV, Excel or JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
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
from kinerja.selectors.kamus import list_label
from organisasi.middleware import get_pelaku
from organisasi.models import Instansi
from sakip.common.unduhan import Nilai, Tabel, unduh

_ANGKA = frozenset({"target", "target_atas", "realisasi", "capaian_persen"})
_LEBAR = (12, 48, 14, 30, 8, 9, 14, 14, 14, 14, 48, 26, 24, 40, 20)


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
        request,
        "kinerja/data.html",
        {
            "daftar_tahun": list_tahun_terbuka(instansi)[::-1],
            "label": request.GET.get("label", ""),
            "daftar_label": list_label(instansi),
        },
    )


@require_safe
def download_data(request: HttpRequest, tahun: int, bentuk: str) -> HttpResponse:
    """One year in one form; 404 where nothing of it is verified."""
    instansi = get_pelaku(request).instansi
    label = request.GET.get("label", "")
    capaian = list(list_capaian_terbuka(instansi, tahun, label=label))
    if not capaian:
        raise Http404
    return _BENTUK[bentuk](Dataset(instansi, tahun, capaian, list_indikator(instansi, label=label)))


def _write_csv(data: Dataset) -> HttpResponse:
    """Columns by the names that portals know."""
    kolom = [(nama, 0) for nama in BarisCapaian.kolom()]
    return unduh([Tabel("Capaian", kolom, _list_baris(data.capaian))], data.nama, "csv")


def _write_json(data: Dataset) -> HttpResponse:
    isi = {
        "metadata": data.metadata,
        "indikator": [asdict(i) for i in data.indikator],
        "capaian": [asdict(c) for c in data.capaian],
    }
    kepala = {"Content-Disposition": content_disposition_header(True, f"{data.nama}.json") or ""}  # noqa: FBT003 - Django's own positional flag
    return JsonResponse(isi, headers=kepala, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _write_xlsx(data: Dataset) -> HttpResponse:
    tabel = [
        Tabel("Capaian", _list_kolom(data.capaian, _LEBAR), _list_baris(data.capaian)),
        Tabel("Indikator", _list_kolom(data.indikator, (12, 48, 60)), _list_baris(data.indikator)),
        Tabel("Metadata", [(_("Bagian"), 14), (_("Isi"), 70)], list(data.metadata.items())),
    ]
    return unduh(tabel, data.nama, "xlsx")


def _list_kolom(
    baris: Sequence[BarisCapaian] | Sequence[BarisIndikator], lebar: Sequence[int]
) -> list[tuple[str, int]]:
    """Titles from the names of the fields; columns beyond `lebar` are of middling width."""
    nama = [f.name.replace("_", " ").capitalize() for f in fields(baris[0])]
    return [(n, lebar[k] if k < len(lebar) else 20) for k, n in enumerate(nama)]


def _list_baris(
    baris: Sequence[BarisCapaian] | Sequence[BarisIndikator],
) -> Iterator[list[Nilai]]:
    for b in baris:
        yield [_nilai(kolom, nilai) for kolom, nilai in asdict(b).items()]


def _nilai(kolom: str, nilai: Any) -> Nilai:  # noqa: ANN401 - a value of a row, of any column
    if kolom in _ANGKA:
        return Decimal(nilai) if nilai else None
    return nilai if isinstance(nilai, int) and not isinstance(nilai, bool) else str(nilai)


_BENTUK: Mapping[str, Callable[[Dataset], HttpResponse]] = {
    "csv": _write_csv,
    "json": _write_json,
    "xlsx": _write_xlsx,
}
