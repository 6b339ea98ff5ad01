"""Rencana Aksi as its pages and papers show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kinerja.models import Indikator, RencanaAksi, TargetAksi
from kinerja.rules.periode import TRIWULAN, Periode
from kinerja.selectors.perjanjian import build_isi
from organisasi.models import Instansi, UnitKerja
from sakip.common.angka import format_angka

BLOK = "rencana_aksi"
_WARNA = {
    TargetAksi.Keadaan.DILAKSANAKAN: "daun",
    TargetAksi.Keadaan.SEBAGIAN: "kunyit",
    TargetAksi.Keadaan.BELUM: "bata",
}


@dataclass(frozen=True)
class SelAksi:
    """One triwulan of one action; teks: its target, "" where it has none.

    bersatuan: the same with its unit of measure.
    """

    periode: Periode
    teks: str
    bersatuan: str
    keadaan: str
    warna: str
    keterangan: str


@dataclass(frozen=True)
class BarisAksi:
    """One action with its four triwulan."""

    aksi: RencanaAksi
    sel: tuple[SelAksi, ...]

    @property
    def anggaran_teks(self) -> str:
        """As printed; a dash where it is not known."""
        return "–" if self.aksi.anggaran is None else format_angka(self.aksi.anggaran)


@dataclass(frozen=True)
class KelompokAksi:
    """One indikator with its actions; target: what is promised for the year, as printed."""

    indikator: Indikator
    target: str
    baris: tuple[BarisAksi, ...]


def list_kelompok(
    instansi: Instansi, tahun: int, unit: UnitKerja | None = None
) -> list[KelompokAksi]:
    """Active indikator of the year with their actions: all of them, or what concerns one unit.

    A unit is concerned by its own indikator and by actions it answers for. Seven queries.
    """
    aksi = RencanaAksi.objects.filter(indikator__sasaran__tujuan__instansi=instansi, tahun=tahun)
    if unit is not None:
        aksi = aksi.filter(unit=unit)
    menurut: dict[int, list[BarisAksi]] = {}
    daftar = aksi.select_related("indikator", "unit", "program").prefetch_related("target")
    for a in daftar.order_by("urutan", "pk"):
        menurut.setdefault(a.indikator_id, []).append(BarisAksi(a, _make_sel(a)))
    isi = build_isi(instansi, tahun).kinerja
    semua = Indikator.objects.filter(pk__in=[*menurut, *(b.indikator_id for b in isi)])
    indikator = {i.pk: i for i in semua.select_related("sasaran", "unit")}
    target = {b.indikator_id: b.target_bersatuan for b in isi}
    urut = [*target, *(pk for pk in menurut if pk not in target)]
    return [
        KelompokAksi(indikator[pk], target.get(pk, "–"), tuple(menurut.get(pk, ())))
        for pk in urut
        if unit is None or indikator[pk].unit_id == unit.pk or pk in menurut
    ]


def _make_sel(aksi: RencanaAksi) -> tuple[SelAksi, ...]:
    target = {t.triwulan: t for t in aksi.target.all()}
    return tuple(_sel(Periode(aksi.tahun, tw), target.get(tw)) for tw in TRIWULAN)


def _sel(periode: Periode, target: TargetAksi | None) -> SelAksi:
    if target is None:
        return SelAksi(periode, "", "", "", "", "")
    return SelAksi(
        periode,
        target.teks,
        target.teks_bersatuan,
        str(target.get_keadaan_display()) if target.keadaan else "",
        _WARNA.get(TargetAksi.Keadaan(target.keadaan), "") if target.keadaan else "",
        target.keterangan,
    )


def build_tabel_aksi(kelompok: Sequence[KelompokAksi], judul: str) -> dict[str, Any]:
    """The whole plan of actions as one table of JSON values, for a version that never changes."""
    return {
        "blok": BLOK,
        "judul": judul,
        "baris": [
            {
                "kode": k.indikator.kode,
                "indikator": k.indikator.nama,
                "target": k.target,
                "aksi": [_to_json(b) for b in k.baris],
            }
            for k in kelompok
        ],
    }


def _to_json(b: BarisAksi) -> dict[str, Any]:
    a = b.aksi
    return {
        "uraian": a.uraian,
        "keluaran": a.keluaran,
        "satuan": a.satuan,
        "tw": [s.teks for s in b.sel],
        "jadwal": a.jadwal,
        "unit": a.unit.nama,
        "program": str(a.program) if a.program else "",
        "anggaran": b.anggaran_teks,
    }


def list_aksi_triwulan(unit_id: int, periode: Periode) -> list[TargetAksi]:
    """What one unit set out to do in that triwulan. One query."""
    daftar = TargetAksi.objects.filter(
        aksi__unit=unit_id, aksi__tahun=periode.tahun, triwulan=periode.triwulan
    )
    return list(
        daftar.select_related("aksi__indikator").order_by("aksi__indikator__kode", "aksi__urutan")
    )
