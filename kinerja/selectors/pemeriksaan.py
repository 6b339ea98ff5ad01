"""What an examiner sees: rows of each unit, their evidence, and what changed since last time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.kategori import PENGATURAN_BAKU, Pengaturan
from kinerja.rules.nilai import JenisNilai
from kinerja.rules.pemeriksaan import (
    Tanda,
    TandaBaris,
    Temuan,
    explain_kurang,
    explain_sendiri,
    split_catatan,
)
from kinerja.selectors.baris import URUT, build_uraian
from kinerja.selectors.kisi import RtlLalu, TautanBukti, build_rtl_lalu, list_bukti
from kinerja.selectors.pengaturan import get_pengaturan, get_pengaturan_formulir
from kinerja.selectors.teks import describe_kategori, format_isian, format_nilai, format_target

Galat = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class Perubahan:
    """What a unit changed in one field since the round before; lama or baru may be ""."""

    ruas: str
    lama: str
    baru: str


@dataclass(frozen=True)
class BarisPeriksa:
    """One row. Field names on the page are periksa, sebab, catatan, versi, each with -<pk>.

    is_ulang: there was a round before, and berubah is what differs from it. diminta: the note that
    the unit was to answer. tetap: found right in a round before and locked since. sendiri: why the
    row cannot be found right along with others. sebab, catatan: what is to be mended. pilihan,
    penilaian: of a target in words, what may be found and what was.
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
    uraian: dict[str, str]
    rtl_lalu: RtlLalu | None
    rtl: str
    diminta: str
    bukti: list[TautanBukti]
    is_ulang: bool
    berubah: list[Perubahan]
    tetap: bool
    sendiri: str
    tanda: str
    tanda_kata: str
    sebab: list[str]
    catatan: str
    pilihan: list[str]
    penilaian: str
    versi: int
    galat: dict[str, str]


@dataclass(frozen=True)
class UnitPeriksa:
    """The latest form of one unit. bisa: it waits for this person's verdict; sendiri: it waits, and
    he filled it in or sent it.
    """

    formulir: FormulirCapaian
    bisa: bool
    sendiri: bool
    baris: list[BarisPeriksa]

    @property
    def terbuka(self) -> list[BarisPeriksa]:
        """Rows to look at."""
        return [b for b in self.baris if not b.tetap]

    @property
    def tetap(self) -> list[BarisPeriksa]:
        """Rows that were found right in a round before."""
        return [b for b in self.baris if b.tetap]

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

    @property
    def sisa(self) -> int:
        """How many of those may be found right together: none that has to be judged by itself."""
        return sum(not b.tanda and not b.sendiri for b in self.baris)


def list_pemeriksaan(
    formulir: Sequence[FormulirCapaian],
    *,
    aktor_id: int | None,
    tanda: Mapping[int, TandaBaris] | None = None,
    galat: Galat | None = None,
) -> list[UnitPeriksa]:
    """The forms of one office to examine, read with their unit, unit by unit.

    Two queries, however many; two more where a form came back, two more where one was kept before
    settings were. aktor_id: who examines. tanda, galat: verdicts as posted and their faults, shown
    again in place of the stored ones.
    """
    urut = sorted(formulir, key=lambda f: (f.unit.urutan, f.unit.kode, f.pk))
    baris, lalu = _list_baris(urut), _list_lalu(urut)
    tanpa = next((f.unit.instansi_id for f in urut if not f.pengaturan), None)
    baku = PENGATURAN_BAKU if tanpa is None else get_pengaturan(tanpa)
    hasil = []
    for f in urut:
        kirim = _Kiriman(
            tanda or {}, galat or {}, get_pengaturan_formulir(f, baku), f.is_terverifikasi
        )
        isi, diajukan = baris.get(f.pk, []), f.status == FormulirCapaian.Status.DIAJUKAN
        sendiri = diajukan and _is_sendiri(f, isi, aktor_id)
        hasil.append(
            UnitPeriksa(
                formulir=f,
                bisa=diajukan and not sendiri,
                sendiri=sendiri,
                baris=[
                    _build(c, n, lalu.get((f.unit_id, c.indikator_id)), kirim)
                    for n, c in enumerate(isi, 1)
                ],
            )
        )
    return hasil


def list_temuan(tanda: Mapping[int, TandaBaris], formulir_ids: Sequence[int]) -> list[Temuan]:
    """Rows of those forms that need work: as posted, else as stored. One query."""
    daftar = Capaian.objects.filter(formulir__in=formulir_ids).select_related(
        "indikator", "formulir__unit"
    )
    urut = daftar.order_by("formulir__unit__urutan", "formulir__unit__kode", *URUT)
    hasil = []
    for c in urut:
        t = tanda.get(c.pk, _read_tanda(c))
        if t.tanda is Tanda.PERBAIKI:
            hasil.append(Temuan(c.formulir.unit.nama, c.indikator.nama, t.catatan))
    return hasil


def list_sendiri(formulir_ids: Sequence[int], aktor_id: int | None) -> set[int]:
    """Those of the forms in which the person had a hand: sent it, filled a row in, brought
    evidence. One query.
    """
    if aktor_id is None:
        return set()
    tangan = (
        Q(diajukan_oleh=aktor_id)
        | Q(capaian__diisi_oleh=aktor_id)
        | Q(capaian__bukti__diunggah_oleh=aktor_id)
    )
    return set(
        FormulirCapaian.objects.filter(tangan, pk__in=formulir_ids).values_list("pk", flat=True)
    )


def _is_sendiri(f: FormulirCapaian, baris: Sequence[Capaian], aktor_id: int | None) -> bool:
    """As `list_sendiri`, of a form whose rows and evidence are read already."""
    tangan = {f.diajukan_oleh_id}
    tangan.update(c.diisi_oleh_id for c in baris)
    tangan.update(b.diunggah_oleh_id for c in baris for b in c.bukti.all())
    return aktor_id is not None and aktor_id in tangan


@dataclass(frozen=True)
class TanpaPutusan:
    """A row nobody can go on with. sendiri: why it has to be judged by itself, "" where it may go
    along with others. kurang: what its verdict lacks, where it has one.
    """

    pk: int
    unit: str
    indikator: str
    sendiri: str
    kurang: str


_TANPA_CATATAN = Q(periksa=Tanda.PERBAIKI, catatan_pemeriksa="")
TANPA_PENILAIAN = Q(periksa=Tanda.SESUAI, jenis_nilai=JenisNilai.KUALITATIF, penilaian="")


def list_belum(formulir_ids: Sequence[int]) -> list[Capaian]:
    """Rows of those forms without a verdict, in form order, with their evidence. Two queries."""
    return list(_select_rinci(formulir_ids, Q(periksa=Tanda.BELUM)))


def _select_rinci(formulir_ids: Sequence[int], syarat: Q) -> QuerySet[Capaian]:
    daftar = Capaian.objects.filter(syarat, formulir__in=formulir_ids).prefetch_related("bukti")
    return daftar.select_related("indikator", "formulir__unit").order_by(
        "formulir__unit__urutan", "formulir__unit__kode", *URUT
    )


def list_tanpa_putusan(formulir_ids: Sequence[int], instansi_id: int) -> list[TanpaPutusan]:
    """Rows of those forms without a verdict, or whose verdict lacks its note, in form order.

    One query where there is none, four where there are.
    """
    syarat = Q(periksa=Tanda.BELUM) | _TANPA_CATATAN | TANPA_PENILAIAN
    belum = list(_select_rinci(formulir_ids, syarat))
    baku = get_pengaturan(instansi_id) if belum else PENGATURAN_BAKU
    return [_explain(c, get_pengaturan_formulir(c.formulir, baku)) for c in belum]


def _read_tanda(c: Capaian) -> TandaBaris:
    """The verdict that is stored."""
    return TandaBaris(Tanda(c.periksa), c.catatan_pemeriksa, penilaian=c.penilaian)


def _explain(c: Capaian, pengaturan: Pengaturan) -> TanpaPutusan:
    kurang = explain_kurang(_read_tanda(c), c.pilihan_penilaian)
    sendiri = "" if kurang else explain_sendiri(c.hasil, build_uraian(c), pengaturan)
    return TanpaPutusan(c.pk, c.formulir.unit.nama, c.indikator.nama, sendiri, kurang)


def sum_pemeriksaan(formulir_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many rows of each form have which verdict: sesuai, perbaiki, belum. One query."""
    jumlah = Capaian.objects.filter(formulir__in=formulir_ids).values_list("formulir", "periksa")
    hasil = {pk: {"sesuai": 0, "perbaiki": 0, "belum": 0} for pk in formulir_ids}
    for pk, tanda, banyak in jumlah.annotate(banyak=Count("pk")).order_by():
        hasil[pk][tanda or "belum"] = banyak
    return hasil


def _list_baris(formulir: Sequence[FormulirCapaian]) -> dict[int, list[Capaian]]:
    """Rows by form, in the order of the plan."""
    daftar = Capaian.objects.filter(formulir__in=formulir).prefetch_related("bukti")
    hasil: dict[int, list[Capaian]] = defaultdict(list)
    for c in daftar.order_by(*URUT):
        hasil[c.formulir_id].append(c)
    return hasil


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
    """What was posted, how the office judges, and whether the form was found right already."""

    tanda: Mapping[int, TandaBaris]
    galat: Galat
    pengaturan: Pengaturan
    terverifikasi: bool = False


def _build(c: Capaian, nomor: int, lalu: Capaian | None, kirim: _Kiriman) -> BarisPeriksa:
    hasil = c.hasil
    kategori, warna = describe_kategori(hasil, kirim.pengaturan, terverifikasi=kirim.terverifikasi)
    t = kirim.tanda.get(c.pk) or _read_tanda(c)
    sebab, kata = split_catatan(t.catatan) if t.tanda is Tanda.PERBAIKI else ([], "")
    kurang = explain_kurang(t, c.pilihan_penilaian)
    return BarisPeriksa(
        pk=c.pk,
        nomor=nomor,
        indikator=c.nama,
        satuan=c.satuan,
        target_teks=format_target(c.target, c),
        realisasi_teks=_say_realisasi(c),
        capaian_teks=hasil.teks,
        kategori=kategori,
        kategori_warna=warna,
        alasan=hasil.alasan,
        penjelasan=c.penjelasan,
        uraian={n: getattr(c, n) for n in ("kendala", "solusi", "rencana")},
        rtl_lalu=build_rtl_lalu(c),
        rtl=c.rtl,
        diminta=lalu.catatan_pemeriksa if lalu else "",
        bukti=list_bukti(c),
        is_ulang=lalu is not None,
        berubah=_list_berubah(lalu, c) if lalu else [],
        tetap=lalu is not None and lalu.is_terkunci and c.is_terkunci,
        sendiri=explain_sendiri(hasil, build_uraian(c), kirim.pengaturan),
        tanda=t.tanda.value,
        tanda_kata=str(Capaian.Periksa(t.tanda.value).label),
        sebab=sebab,
        catatan=kata,
        pilihan=list(c.pilihan_penilaian),
        penilaian=t.penilaian,
        versi=c.versi,
        galat=dict(kirim.galat.get(c.pk) or ({"catatan": kurang} if kurang else {})),
    )


def _say_realisasi(c: Capaian) -> str:
    """A value; of words only where they stand, for the page has them whole."""
    if c.is_kata and c.is_terisi:
        return _("Diuraikan di bawah")
    return format_nilai(c.realisasi, c) or "–"


def _list_berubah(lalu: Capaian, kini: Capaian) -> list[Perubahan]:
    """What the unit changed since the round before, field by field."""
    dulu = {b.sha256: b.nama_asli for b in lalu.bukti.all()}
    ada = {b.sha256: b.nama_asli for b in kini.bukti.all()}
    angka = [format_isian(c.realisasi, kini) or "kosong" for c in (lalu, kini)]
    calon = [
        Perubahan("Realisasi", *angka),
        Perubahan("Penjelasan", lalu.penjelasan, kini.penjelasan),
        Perubahan("Kendala", lalu.kendala, kini.kendala),
        Perubahan("Solusi", lalu.solusi, kini.solusi),
        Perubahan("RTL periode berikutnya", lalu.rencana, kini.rencana),
        Perubahan("Status RTL periode lalu", *(_status_rtl(c) for c in (lalu, kini))),
        Perubahan("Keterangan RTL", lalu.rtl_lalu_keterangan, kini.rtl_lalu_keterangan),
        Perubahan("Bukti dukung", _beda(dulu, ada), _beda(ada, dulu)),
    ]
    return [p for p in calon if p.lama != p.baru]


def _status_rtl(c: Capaian) -> str:
    return str(c.get_rtl_lalu_status_display()) if c.rtl_lalu else ""


def _beda(ini: Mapping[str, str], itu: Mapping[str, str]) -> str:
    """Names of files that only the first has."""
    return ", ".join(nama for sidik, nama in ini.items() if sidik not in itu)
