"""Figures of others as the page and the workbook show them."""

from collections import defaultdict
from dataclasses import dataclass

from kinerja.models import AngkaPembanding, Indikator
from kinerja.rules.acuan import Acuan
from kinerja.selectors.tabel_rencana import get_jalur
from kinerja.selectors.teks import format_isian, format_nilai
from organisasi.models import Instansi


@dataclass(frozen=True)
class BarisPembanding:
    """One figure. tingkat: the words a pasted row says it with; isian: the value as it is typed."""

    pk: int
    tahun: int
    tingkat: str
    wilayah: str
    nama: str
    nilai_teks: str
    isian: str
    sumber: str


@dataclass(frozen=True)
class KelompokPembanding:
    """One indikator and its figures, the latest year first. acuan: the code that names it alone."""

    indikator: Indikator
    acuan: str
    baris: tuple[BarisPembanding, ...]


def list_pembanding(instansi: Instansi) -> list[KelompokPembanding]:
    """Every indikator in use, the latest plan first, with or without figures. Three queries."""
    acuan = {i.pk: kode for kode, i in list_indikator_kode(instansi).items()}
    indikator = (
        Indikator.objects.filter(sasaran__tujuan__instansi=instansi)
        .select_related("sasaran__tujuan")
        .order_by(
            "-sasaran__tujuan__tahun_awal",
            "sasaran__tujuan__kode",
            "sasaran__urutan",
            "urutan",
            "kode",
        )
        .prefetch_related("pembanding")
    )
    return [
        KelompokPembanding(
            i, acuan.get(i.pk, i.kode), tuple(_build(p, i) for p in i.pembanding.all())
        )
        for i in indikator
        if i.is_aktif or i.pembanding.all()
    ]


def list_indikator_kode(instansi: Instansi) -> dict[str, Indikator]:
    """Indikator by the shortest code that names one alone: "1.1", or "2/1.1" where sasaran share
    it. A code used in two plans means the later one. One query.
    """
    milik = Indikator.objects.filter(sasaran__tujuan__instansi=instansi)
    sekode: dict[str, list[Indikator]] = defaultdict(list)
    for i in milik.select_related("sasaran__tujuan").order_by("sasaran__tujuan__tahun_awal", "pk"):
        lama = sekode[i.kode]
        if lama and lama[-1].sasaran.tujuan.tahun_awal < i.sasaran.tujuan.tahun_awal:
            lama.clear()
        lama.append(i)
    jalur = {get_jalur(i): i for semua in sekode.values() for i in semua}
    acuan = Acuan("Indikator", jalur)
    return {acuan.shorten(j): i for j, i in jalur.items()}


def _build(p: AngkaPembanding, i: Indikator) -> BarisPembanding:
    return BarisPembanding(
        pk=p.pk,
        tahun=p.tahun,
        tingkat=str(p.get_tingkat_display()),
        wilayah=p.wilayah,
        nama=p.baca.nama,
        nilai_teks=format_nilai(p.nilai, i),
        isian=format_isian(p.nilai, i),
        sumber=p.sumber,
    )
