"""Verified figures as open data: datasets with their metadata, for portals and other systems.

Sumber: SATU-DATA
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from kinerja.models import Capaian, FormulirCapaian, Indikator
from organisasi.models import Instansi
from sakip.common.angka import MAKS_DESIMAL, bulatkan


@dataclass(frozen=True)
class BarisIndikator:
    """What an indikator is: the metadata that goes with each of its figures.

    kunci: its code behind those of its sasaran and tujuan and the first year of the plan; within an
    office no two indikator share it, while a code alone may come again under another sasaran.
    """

    kode: str
    nama: str
    definisi: str
    satuan: str
    arah: str
    rumus: str
    sumber_data: str
    penanggung_jawab: str
    sasaran: str
    tujuan: str
    aktif: bool
    label: str
    kunci: str


@dataclass(frozen=True)
class BarisCapaian:
    """One verified figure. Numbers are texts with a point, to the six decimals that are kept; ""
    is missing. target_atas: the upper end of a target that is a range, whose lower end is target.
    target_uraian, penilaian: of an indikator that is judged in words, what had to be reached and
    what the examiner found.
    """

    kode_indikator: str
    indikator: str
    satuan: str
    unit: str
    tahun: int
    triwulan: int
    target: str
    target_atas: str
    realisasi: str
    capaian_persen: str
    keterangan: str
    diverifikasi_pada: str
    kunci_indikator: str
    target_uraian: str
    penilaian: str

    @classmethod
    def kolom(cls) -> list[str]:
        """Names of the columns, in order."""
        return [f.name for f in fields(cls)]

    def nilai(self) -> list[str | int]:
        """Values of the columns, in order."""
        return list(asdict(self).values())


def list_indikator(instansi: Instansi, *, label: str = "") -> list[BarisIndikator]:
    """Every indikator of the office with its metadata; with `label` those that carry it. Two
    queries.
    """
    daftar = Indikator.objects.filter(sasaran__tujuan__instansi=instansi).select_related(
        "sasaran__tujuan", "unit"
    )
    daftar = daftar.prefetch_related("label")
    daftar = daftar.filter(label__nama=label) if label else daftar
    return [
        BarisIndikator(
            kode=i.kode,
            nama=i.nama,
            definisi=i.definisi_operasional,
            satuan=i.satuan,
            arah=str(i.get_polaritas_display()),
            rumus=str(i.get_rumus_display()),
            sumber_data=i.sumber_data,
            penanggung_jawab=i.unit.nama,
            sasaran=i.sasaran.uraian,
            tujuan=i.sasaran.tujuan.uraian,
            aktif=i.is_aktif,
            label=", ".join(sorted(t.nama for t in i.label.all())),
            kunci=_kunci(i),
        )
        for i in daftar.order_by("sasaran__tujuan__kode", "sasaran__urutan", "urutan", "pk")
    ]


def list_capaian_terbuka(
    instansi: Instansi, tahun: int, triwulan: int | None = None, *, label: str = ""
) -> Iterator[BarisCapaian]:
    """Verified figures of a year or a triwulan, the latest round of each unit. One query."""
    daftar = Capaian.objects.filter(
        formulir__unit__instansi=instansi,
        formulir__tahun=tahun,
        formulir__status=FormulirCapaian.Status.DIVERIFIKASI,
        **({"formulir__triwulan": triwulan} if triwulan else {}),
        **({"indikator__label__nama": label} if label else {}),
    ).select_related("formulir__unit", "indikator__sasaran__tujuan")
    urut = daftar.order_by("formulir__putaran", "formulir__triwulan", "indikator__urutan", "pk")
    terakhir = {(c.indikator_id, c.formulir.triwulan): c for c in urut}
    for c in terakhir.values():
        yield _build(c, instansi)


def list_tahun_terbuka(instansi: Instansi) -> list[int]:
    """Years that have verified figures, oldest first. One query."""
    ada = FormulirCapaian.objects.filter(
        unit__instansi=instansi, status=FormulirCapaian.Status.DIVERIFIKASI
    )
    return sorted(set(ada.values_list("tahun", flat=True).order_by()))


def _kunci(i: Indikator) -> str:
    tujuan = i.sasaran.tujuan
    return f"{tujuan.tahun_awal}/{tujuan.kode}/{i.sasaran.kode}/{i.kode}"


def _tulis(nilai: Decimal | None) -> str:
    """Rounded as figures are kept: a quotient has more digits than anybody can mean."""
    if nilai is None:
        return ""
    bulat = bulatkan(nilai, MAKS_DESIMAL)
    return f"{bulat.normalize():f}" if bulat else "0"


def _build(c: Capaian, instansi: Instansi) -> BarisCapaian:
    hasil, f = c.hasil, c.formulir
    pada = f.diputus_pada and f.diputus_pada.astimezone(instansi.zona_waktu)
    return BarisCapaian(
        kode_indikator=c.indikator.kode,
        indikator=c.nama,
        satuan=c.satuan,
        unit=f.unit.nama,
        tahun=f.tahun,
        triwulan=f.triwulan,
        target=_tulis(c.target_nilai),
        target_atas=_tulis(c.target_atas),
        realisasi=_tulis(c.realisasi),
        capaian_persen=_tulis(hasil.persen),
        keterangan=hasil.alasan,
        diverifikasi_pada=pada.isoformat(timespec="seconds") if pada else "",
        kunci_indikator=_kunci(c.indikator),
        target_uraian=c.target_uraian,
        penilaian=c.penilaian,
    )
