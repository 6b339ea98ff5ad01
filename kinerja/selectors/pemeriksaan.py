"""What an examiner sees: rows of each unit, their evidence, and what changed since last time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, Q

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.kategori import PENGATURAN_BAKU, Pengaturan
from kinerja.rules.pemeriksaan import Tanda, TandaBaris, Temuan
from kinerja.selectors.kisi import TautanBukti, build_bukti
from kinerja.selectors.pengaturan import get_pengaturan
from kinerja.selectors.teks import describe_kategori, format_isian, format_nilai, format_target

Galat = Mapping[int, Mapping[str, str]]
_URUT = (
    "indikator__sasaran__tujuan__kode",
    "indikator__sasaran__urutan",
    "indikator__sasaran__pk",
    "indikator__urutan",
    "indikator__pk",
)


@dataclass(frozen=True)
class BarisPeriksa:
    """One row. Field names on the page are periksa-<pk> and catatan-<pk>.

    lalu: realisasi of the round before, "" where there was none. berubah: what differs from it.
    diminta: the note that the unit was to answer.
    """

    pk: int
    nomor: int
    indikator: str
    satuan: str
    target_teks: str
    realisasi_teks: str
    capaian_teks: str
    kategori: str
    kategori_warna: str
    alasan: str
    penjelasan: str
    rtl: str
    diminta: str
    bukti: list[TautanBukti]
    lalu: str
    berubah: list[str]
    tanda: str
    tanda_kata: str
    catatan: str
    galat: dict[str, str]


@dataclass(frozen=True)
class UnitPeriksa:
    """The latest form of one unit. bisa: it waits for this person's verdict; sendiri: his own."""

    formulir: FormulirCapaian
    bisa: bool
    sendiri: bool
    baris: list[BarisPeriksa]

    @property
    def sesuai(self) -> int:
        """How many rows were found right."""
        return sum(b.tanda == Tanda.SESUAI for b in self.baris)

    @property
    def perbaiki(self) -> int:
        """How many need work."""
        return sum(b.tanda == Tanda.PERBAIKI for b in self.baris)

    @property
    def belum(self) -> int:
        """How many have no verdict yet."""
        return len(self.baris) - self.sesuai - self.perbaiki


def list_pemeriksaan(
    formulir_ids: Sequence[int],
    *,
    aktor_id: int | None,
    tanda: Mapping[int, TandaBaris] | None = None,
    galat: Galat | None = None,
) -> list[UnitPeriksa]:
    """The forms to examine, unit by unit. Seven queries, however many.

    aktor_id: who examines. tanda, galat: verdicts as posted and their faults, shown again in
    place of the stored ones.
    """
    formulir = list(
        FormulirCapaian.objects.filter(pk__in=formulir_ids)
        .select_related("unit__instansi")
        .order_by("unit__urutan", "unit__kode", "pk")
    )
    baris, lalu = _list_baris(formulir), _list_lalu(formulir)
    baku = get_pengaturan(formulir[0].unit.instansi_id) if formulir else PENGATURAN_BAKU
    kirim = _Kiriman(tanda or {}, galat or {}, baku)
    menurut = {k: list(isi) for k, isi in groupby(baris, key=lambda c: c.formulir_id)}
    return [
        UnitPeriksa(
            formulir=f,
            bisa=f.status == FormulirCapaian.Status.DIAJUKAN and f.diajukan_oleh_id != aktor_id,
            sendiri=f.status == FormulirCapaian.Status.DIAJUKAN and f.diajukan_oleh_id == aktor_id,
            baris=[
                _build(c, n, lalu.get((f.unit_id, c.indikator_id)), kirim)
                for n, c in enumerate(menurut.get(f.pk, []), 1)
            ],
        )
        for f in formulir
    ]


def list_temuan(tanda: Mapping[int, TandaBaris], formulir_ids: Sequence[int]) -> list[Temuan]:
    """Rows of those forms that need work: as posted, else as stored. One query."""
    daftar = Capaian.objects.filter(formulir__in=formulir_ids).select_related(
        "indikator", "formulir__unit"
    )
    urut = daftar.order_by("formulir__unit__urutan", "formulir__unit__kode", *_URUT)
    hasil = []
    for c in urut:
        t = tanda.get(c.pk, TandaBaris(Tanda(c.periksa), c.catatan_pemeriksa))
        if t.tanda is Tanda.PERBAIKI:
            hasil.append(Temuan(c.formulir.unit.nama, c.indikator.nama, t.catatan))
    return hasil


def _list_baris(formulir: Sequence[FormulirCapaian]) -> list[Capaian]:
    daftar = Capaian.objects.filter(formulir__in=formulir).select_related("indikator")
    return list(daftar.prefetch_related("bukti").order_by("formulir", *_URUT))


def _list_lalu(formulir: Sequence[FormulirCapaian]) -> dict[tuple[int, int], Capaian]:
    """Rows of the rounds before, by unit and indikator."""
    kembali = [f for f in formulir if f.putaran > 1]
    if not kembali:
        return {}
    putaran = Q()
    for f in kembali:
        putaran |= Q(
            formulir__unit=f.unit_id,
            formulir__tahun=f.tahun,
            formulir__triwulan=f.triwulan,
            formulir__putaran=f.putaran - 1,
        )
    daftar = Capaian.objects.filter(putaran).annotate(unit=F("formulir__unit"))
    return {(c.unit, c.indikator_id): c for c in daftar.prefetch_related("bukti")}


@dataclass(frozen=True)
class _Kiriman:
    """What was posted, and how the office judges."""

    tanda: Mapping[int, TandaBaris]
    galat: Galat
    pengaturan: Pengaturan


def _build(c: Capaian, nomor: int, lalu: Capaian | None, kirim: _Kiriman) -> BarisPeriksa:
    hasil, i = c.hasil, c.indikator
    kategori, warna = describe_kategori(hasil, kirim.pengaturan)
    t = kirim.tanda.get(c.pk) or TandaBaris(Tanda(c.periksa), c.catatan_pemeriksa)
    return BarisPeriksa(
        pk=c.pk,
        nomor=nomor,
        indikator=i.nama,
        satuan=i.satuan,
        target_teks=format_target(c.target_nilai, i, c.target_atas),
        realisasi_teks=format_nilai(c.realisasi, i) or "–",
        capaian_teks=hasil.teks,
        kategori=kategori,
        kategori_warna=warna,
        alasan=hasil.alasan,
        penjelasan=c.penjelasan,
        rtl=c.rtl,
        diminta=lalu.catatan_pemeriksa if lalu else "",
        bukti=[build_bukti(b) for b in c.bukti.all()],
        lalu="" if lalu is None else format_nilai(lalu.realisasi, i) or "kosong",
        berubah=_list_berubah(lalu, c) if lalu else [],
        tanda=t.tanda.value,
        tanda_kata=str(Capaian.Periksa(t.tanda.value).label),
        catatan=t.catatan if t.tanda is Tanda.PERBAIKI else "",
        galat=dict(kirim.galat.get(c.pk, {})),
    )


def _list_berubah(lalu: Capaian, kini: Capaian) -> list[str]:
    """What the unit changed since the round before, in words."""
    berubah = []
    if lalu.realisasi != kini.realisasi:
        teks = [format_isian(c.realisasi, kini.indikator) or "kosong" for c in (lalu, kini)]
        berubah.append(f"Realisasi {teks[0]} menjadi {teks[1]}")
    if lalu.penjelasan != kini.penjelasan:
        berubah.append("Penjelasan diubah")
    baru = {b.sha256 for b in kini.bukti.all()} - {b.sha256 for b in lalu.bukti.all()}
    hilang = {b.sha256 for b in lalu.bukti.all()} - {b.sha256 for b in kini.bukti.all()}
    if baru:
        berubah.append(f"{len(baru)} bukti ditambahkan")
    if hilang:
        berubah.append(f"{len(hilang)} bukti dihapus")
    return berubah
