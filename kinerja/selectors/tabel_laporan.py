"""What Bab III prints for each sasaran beside its capaian: the years, the Renstra, others, money.

JSON values throughout: a report freezes them inside a version that never changes.
Sumber: KERANGKA-LKJ
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from kinerja.rules.periode import TRIWULAN, Periode
from kinerja.selectors.anggaran import AnggaranSasaran, Uang, list_anggaran, reckon_efisiensi
from kinerja.selectors.banding import Banding, TitikTahun, list_banding
from kinerja.selectors.rerata import LEGENDA
from kinerja.selectors.tabel import TabelCapaian, read_tabel
from organisasi.models import Instansi
from sakip.common.grafik import Batang, Grafik, draw_batang, draw_dua

SERATUS = Decimal(100)
_CATATAN = (
    "Angka tahun berjalan baru sampai %s; angka tahun lain dan pembanding adalah angka setahun."
)


@dataclass(frozen=True)
class BahanLaporan:
    """What a report is made of, as values: tables per sasaran, comparisons by indikator, money."""

    periode: Periode
    tabel: list[TabelCapaian]
    banding: Mapping[int, Banding]
    anggaran: Mapping[int | None, AnggaranSasaran]

    def to_json(self) -> list[dict[str, Any]]:
        """The tables with what each is compared with and what it cost, as JSON values."""
        nomor = {b.indikator_id: b.nomor for t in self.tabel for b in t.baris}
        return [
            t.to_json()
            | {
                "banding": describe_banding(
                    [self.banding[b.indikator_id] for b in t.baris], nomor, self.periode
                ),
                "anggaran": describe_anggaran(t, self.anggaran.get(t.sasaran_id)),
            }
            for t in self.tabel
        ]


def gather_laporan(instansi: Instansi, tahun: int, triwulan: int) -> BahanLaporan:
    """Read it all, once. Ten queries."""
    periode = Periode(tahun, triwulan)
    tabel, indikator = read_tabel(instansi, periode)
    return BahanLaporan(
        periode, tabel, list_banding(indikator, periode), list_anggaran(instansi, periode)
    )


def list_tabel_laporan(instansi: Instansi, tahun: int, triwulan: int) -> list[dict[str, Any]]:
    """Tables of one office and triwulan as JSON values, one per sasaran. Ten queries."""
    return gather_laporan(instansi, tahun, triwulan).to_json()


def describe_banding(
    banding: Sequence[Banding], nomor: Mapping[int, int], periode: Periode
) -> dict[str, Any]:
    """Years side by side, the end of the Renstra, and others; empty lists where nothing is."""
    tahun = sorted({t.tahun for b in banding for t in b.tahun})
    penuh = periode.triwulan == TRIWULAN[-1]
    ada = len(tahun) > 1 or any(b.lain or b.renstra for b in banding)
    return {
        "judul_perubahan": "Dari tahun lalu" if penuh else f"Dari {periode.singkat} tahun lalu",
        "catatan": "" if penuh or not ada else _CATATAN % periode.singkat,
        "tahun": [_judul_tahun(t, periode) for t in tahun] if len(tahun) > 1 else [],
        "baris": [_baris_tahun(b, nomor, tahun) for b in banding],
        "renstra": [
            {"nomor": nomor[b.indikator.pk], "indikator": b.indikator.nama, "kini": _kini(b)}
            | asdict(b.renstra)
            | {"target": None if b.renstra.target is None else str(b.renstra.target)}
            for b in banding
            if b.renstra
        ],
        "lain": [
            {"nomor": nomor[b.indikator.pk], "indikator": b.indikator.nama, "kini": _kini(b)}
            | asdict(lain)
            | {"nilai": str(lain.nilai)}
            for b in banding
            for lain in b.lain
        ],
    }


def describe_anggaran(tabel: TabelCapaian, anggaran: AnggaranSasaran | None) -> dict[str, Any]:
    """Programs of a sasaran with their absorption, and both families of efficiency."""
    if anggaran is None:
        return {}
    utuh = tabel.rerata if not tabel.tak_terhitung else None
    efisiensi = reckon_efisiensi(utuh, anggaran.uang)
    return {
        "baris": [{"kode": p.kode, "nama": p.nama} | _uang(p.uang) for p in anggaran.program],
        "jumlah": _uang(anggaran.uang),
        "efisiensi": [
            {
                "nama": "Capaian dikurangi serapan",
                "nilai": efisiensi.selisih_teks,
                "sebutan": efisiensi.selisih.sebutan,
                "alasan": efisiensi.selisih.alasan,
            },
            {
                "nama": "Biaya per hasil",
                "nilai": efisiensi.keluaran_teks,
                "sebutan": efisiensi.keluaran.sebutan,
                "alasan": efisiensi.keluaran.alasan,
            },
        ],
    }


def draw_tabel(tabel: Mapping[str, Any]) -> Grafik:
    """Capaian of each indikator of a frozen table against 100; nothing where none has any."""
    baris: Iterable[Mapping[str, Any]] = tabel["baris"]
    batang = [
        Batang(
            f"{b['nomor']}. {b['indikator']}",
            Decimal(b["persen"]) if b.get("persen") else None,
            b["capaian_teks"] if b.get("persen") else "belum ada",
            b.get("kategori_warna", "") if b.get("persen") else "",
        )
        for b in baris
    ]
    if not any(b.nilai is not None for b in batang):
        return Grafik("", "")
    judul = f"Capaian indikator {tabel['judul']}"
    return draw_dua(
        lambda lebar: draw_batang(judul, batang, acuan=SERATUS, catatan=LEGENDA, lebar=lebar)
    )


def _judul_tahun(tahun: int, periode: Periode) -> str:
    if tahun == periode.tahun and periode.triwulan != TRIWULAN[-1]:
        return f"{tahun} s.d. {periode.singkat}"
    return str(tahun)


def _baris_tahun(b: Banding, nomor: Mapping[int, int], tahun: Sequence[int]) -> dict[str, Any]:
    ada = {t.tahun: t for t in b.tahun}
    return {
        "nomor": nomor[b.indikator.pk],
        "indikator": b.indikator.nama,
        "nilai": [_nilai(ada.get(t)) for t in tahun],
        "perubahan": b.perubahan,
    }


def _nilai(titik: TitikTahun | None) -> dict[str, str]:
    if titik is None:
        return {"realisasi": "–", "capaian": "–"}
    return {"realisasi": titik.realisasi_teks, "capaian": titik.teks}


def _kini(b: Banding) -> str:
    return b.kini.realisasi_teks


def _uang(uang: Uang) -> dict[str, str]:
    return {"pagu": uang.pagu_teks, "belanja": uang.belanja_teks, "serapan": uang.serapan_teks}
