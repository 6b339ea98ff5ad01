"""The tables of a plan's workbook: their columns, and the plan as rows of plain values."""

from collections.abc import Iterable, Sequence
from unicodedata import normalize

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kinerja.models import (
    Indikator,
    Program,
    RencanaAksi,
    Renstra,
    Sasaran,
    Target,
    TargetRenstra,
    Tujuan,
)
from kinerja.rules.acuan import Jalur
from kinerja.rules.kolom import Isi, Kolom, write_angka
from kinerja.rules.komposit import KomponenBaca, Peran, Susunan, write_komponen
from kinerja.rules.lembar_rencana import Keadaan, Nilai, Tabel
from kinerja.rules.periode import TRIWULAN, Periode
from kinerja.rules.target import join_target
from organisasi.models import Instansi, UnitKerja

TARGET, TARGET_RENSTRA, AKSI = "Target", "Target Renstra", "Rencana Aksi"
TUJUAN, SASARAN, INDIKATOR, PROGRAM = "Tujuan", "Sasaran", "Indikator", "Program"


_RINCIAN = frozenset({"unit", "komponen", "label"})


def list_tujuan(instansi: Instansi, tahun: int) -> QuerySet[Tujuan]:
    """The tujuan in force in that year."""
    return Tujuan.objects.filter(instansi=instansi, tahun_awal__lte=tahun, tahun_akhir__gte=tahun)


def build_tabel(instansi: Instansi, tahun: int) -> tuple[Tabel, ...]:
    """Sheets in the order in which they must be read: parents first. One query."""
    ada = list_tujuan(instansi, tahun).values_list("tahun_awal", "tahun_akhir")
    renstra = Renstra.objects.filter(
        instansi=instansi, tahun_awal__lte=tahun, tahun_akhir__gte=tahun
    ).values_list("tahun_awal", "tahun_akhir")
    rentang = list(ada.order_by().union(renstra.order_by())) or [(tahun, tahun + 4)]
    awal, akhir = min(a for a, _b in rentang), max(b for _a, b in rentang)
    kode = Kolom("kode", _("Kode"), wajib=True, lebar=12, maks=20)
    indikator = Kolom("indikator", _("Kode indikator"), Isi.ACUAN, wajib=True, maks=60)
    triwulan = tuple(
        Kolom(f"tw{t}", Periode(tahun, t).nama, Isi.NILAI, sebagai=(Periode(tahun, t).singkat,))
        for t in TRIWULAN
    )
    tahunan = (
        Kolom(f"th{t}", _("Akhir %(tahun)d") % {"tahun": t}, Isi.NILAI, sebagai=(str(t),))
        for t in range(awal, akhir + 1)
    )
    return (
        Tabel(TUJUAN, (kode, *_KOLOM_TUJUAN)),
        Tabel(SASARAN, (kode, _acuan("tujuan", _("Kode tujuan")), _uraian()), "tujuan", TUJUAN),
        Tabel(
            INDIKATOR,
            (kode, _acuan("sasaran", _("Kode sasaran")), *_list_kolom_indikator()),
            "sasaran",
            SASARAN,
        ),
        Tabel(TARGET, (indikator, *triwulan), "indikator", INDIKATOR),
        Tabel(TARGET_RENSTRA, (indikator, *tahunan), "indikator", INDIKATOR),
        Tabel(PROGRAM, (kode, *_list_kolom_program())),
        Tabel(
            AKSI, (indikator, *_list_kolom_aksi(triwulan)), "indikator", INDIKATOR, kunci="uraian"
        ),
    )


def _acuan(nama: str, judul: str) -> Kolom:
    return Kolom(nama, judul, Isi.ACUAN, wajib=True, maks=60)


def _uraian() -> Kolom:
    return Kolom("uraian", _("Uraian"), wajib=True, lebar=70, maks=500)


_KOLOM_TUJUAN = (
    Kolom("uraian", "Uraian", wajib=True, lebar=70, maks=500),
    Kolom("tahun_awal", "Tahun awal", Isi.BULAT, wajib=True, maks=2100),
    Kolom("tahun_akhir", "Tahun akhir", Isi.BULAT, wajib=True, maks=2100),
)


def _list_kolom_indikator() -> list[Kolom]:
    rumus = {str(k): str(v) for k, v in Indikator.Rumus.choices}
    jenis = {str(k): str(v) for k, v in Indikator.JenisNilai.choices}
    susunan = {str(k): str(v) for k, v in Indikator.Susunan.choices}
    gabung = {str(k): str(v) for k, v in Indikator.Agregasi.choices}
    return [
        Kolom("nama", _("Nama"), wajib=True, lebar=50),
        Kolom("satuan", _("Satuan"), wajib=True, maks=60),
        Kolom("unit", _("Kode unit"), wajib=True, maks=30, sebagai=("Unit", "Penanggung jawab")),
        Kolom("rumus", _("Rumus capaian"), Isi.PILIHAN, pilihan=rumus, baku="per_target", lebar=30),
        Kolom("jenis_nilai", _("Jenis nilai"), Isi.PILIHAN, pilihan=jenis, baku="angka", lebar=20),
        Kolom(
            "agregasi",
            _("Penggabungan triwulan"),
            Isi.PILIHAN,
            pilihan=gabung,
            baku="terakhir",
            lebar=24,
        ),
        Kolom("batas", _("Batas capaian"), Isi.ANGKA),
        Kolom("lantai", _("Lantai capaian"), Isi.ANGKA),
        Kolom("toleransi", _("Toleransi"), Isi.ANGKA, baku="0"),
        Kolom("nilai_maks", _("Nilai paling tinggi"), Isi.ANGKA),
        Kolom("tingkatan", _("Tingkatan"), Isi.PANJANG, maks=2000, lebar=24),
        Kolom("is_dapat_negatif", _("Dapat negatif"), Isi.YA_TIDAK, baku="tidak"),
        Kolom("desimal", _("Desimal"), Isi.BULAT, maks=6, baku="0"),
        Kolom("definisi_operasional", _("Definisi operasional"), Isi.PANJANG, maks=5000, lebar=50),
        Kolom("sumber_data", _("Sumber data"), lebar=30),
        Kolom("cara_hitung", _("Cara hitung"), Isi.PANJANG, maks=5000, lebar=30),
        Kolom("alasan_pemilihan", _("Alasan pemilihan"), Isi.PANJANG, maks=5000, lebar=30),
        Kolom(
            "susunan",
            _("Cara mengisi realisasi"),
            Isi.PILIHAN,
            pilihan=susunan,
            baku="langsung",
            lebar=30,
        ),
        Kolom("pengali", _("Pengali"), Isi.ANGKA, baku="100"),
        Kolom("komponen", _("Komponen"), Isi.PANJANG, maks=5000, lebar=30),
        Kolom("label", _("Label"), maks=500),
        Kolom("is_aktif", _("Aktif"), Isi.YA_TIDAK, baku="ya"),
    ]


def _list_kolom_program() -> list[Kolom]:
    return [
        Kolom("nama", _("Nama"), wajib=True, lebar=60),
        Kolom("sasaran", _("Kode sasaran"), Isi.ACUAN, maks=60),
        Kolom("unit", _("Kode unit"), maks=30, sebagai=("Unit", "Penanggung jawab")),
        Kolom("pagu", _("Pagu"), Isi.UANG, lebar=22),
    ]


def _list_kolom_aksi(triwulan: Sequence[Kolom]) -> list[Kolom]:
    jenis = {str(k): str(v) for k, v in Indikator.JenisNilai.choices}
    return [
        Kolom("uraian", _("Aksi"), wajib=True, lebar=50),
        Kolom("keluaran", _("Keluaran"), maks=200, lebar=30),
        Kolom("satuan", _("Satuan"), wajib=True, maks=60),
        Kolom("jenis_nilai", _("Jenis target"), Isi.PILIHAN, pilihan=jenis, baku="angka", lebar=20),
        *triwulan,
        Kolom("jadwal", _("Jadwal"), maks=100, lebar=24),
        Kolom("unit", _("Kode unit"), wajib=True, maks=30, sebagai=("Unit", "Penanggung jawab")),
        Kolom("program", _("Kode program"), maks=30, lebar=20),
        Kolom("anggaran", _("Anggaran (Rp)"), Isi.UANG, lebar=22),
    ]


def list_aksi(indikator: Iterable[Indikator], tahun: int) -> dict[Jalur, RencanaAksi]:
    """Actions of those indikator by the codes that lead to each and its own words, as a cell gives
    them back; where words come again, with a number behind. Two queries.
    """
    jalur = {i.pk: get_jalur(i) for i in indikator}
    daftar = RencanaAksi.objects.filter(indikator__in=jalur, tahun=tahun)
    daftar = daftar.select_related("indikator", "unit", "program").prefetch_related("target")
    hasil: dict[Jalur, RencanaAksi] = {}
    for a in daftar.order_by("indikator__urutan", "indikator", "urutan", "pk"):
        kata, n = normalize("NFC", " ".join(a.uraian.split())), 1
        kunci = (*jalur[a.indikator_id], kata)
        while kunci in hasil:
            n += 1
            kunci = (*kunci[:-1], f"{kata} ({n})")
        hasil[kunci] = a
    return hasil


def _get_aksi(jalur: Jalur, a: RencanaAksi) -> Nilai:
    target = {f"tw{t.triwulan}": join_target(t.isi) for t in a.target.all()}
    return (
        _pick(a, ("keluaran", "satuan", "jenis_nilai", "jadwal", "anggaran"), kode="")
        | {"uraian": jalur[-1], "unit": a.unit.kode, "program": a.program.kode if a.program else ""}
        | {f"tw{t}": target.get(f"tw{t}", "") for t in TRIWULAN}
    )


def get_keadaan(
    instansi: Instansi, tahun: int, sidik: dict[str, dict[Jalur, str]] | None = None
) -> Keadaan:
    """The plan of one year as plain values. Eleven queries, whatever its size."""
    tujuan = list_tujuan(instansi, tahun)
    indikator = list(
        Indikator.objects.filter(sasaran__tujuan__in=tujuan)
        .select_related("sasaran__tujuan", "unit")
        .prefetch_related("komponen", "label")
        .order_by("sasaran__tujuan__kode", "sasaran__urutan", "sasaran__pk", "urutan", "pk")
    )
    kolom = [k.nama for k in _list_kolom_indikator()]
    aksi = list_aksi(indikator, tahun)
    return Keadaan(
        tahun=tahun,
        isi={
            TUJUAN: {(t.kode,): _pick(t, [k.nama for k in _KOLOM_TUJUAN]) for t in tujuan},
            SASARAN: {
                (s.tujuan.kode, s.kode): _pick(s, ["uraian"])
                for s in Sasaran.objects.filter(tujuan__in=tujuan)
                .select_related("tujuan")
                .order_by("tujuan__kode", "urutan", "pk")
            },
            INDIKATOR: {get_jalur(i): _pick(i, kolom) | _get_rincian(i) for i in indikator},
            TARGET: _list_target(indikator, tahun),
            TARGET_RENSTRA: _list_target_renstra(indikator),
            PROGRAM: {
                (p.kode,): _pick(p, ["nama", "pagu"])
                | {
                    "sasaran": f"{p.sasaran.tujuan.kode}/{p.sasaran.kode}" if p.sasaran else "",
                    "unit": p.unit.kode if p.unit else "",
                }
                for p in Program.objects.filter(instansi=instansi, tahun=tahun)
                .select_related("sasaran__tujuan", "unit")
                .order_by("kode")
            },
            AKSI: {jalur: _get_aksi(jalur, a) for jalur, a in aksi.items()},
        },
        tercatat={
            jalur: frozenset(f"tw{t.triwulan}" for t in a.target.all() if t.keadaan)
            for jalur, a in aksi.items()
        },
        sidik=sidik or {},
        unit=tuple(
            UnitKerja.objects.filter(instansi=instansi)
            .order_by("urutan", "kode")
            .values_list("kode", flat=True)
        ),
    )


def _get_rincian(i: Indikator) -> Nilai:
    """What stands beside the row of an indikator."""
    komponen = [KomponenBaca(k.nama, Peran(k.peran), k.bobot) for k in i.komponen.all()]
    return {
        "unit": i.unit.kode,
        "komponen": write_komponen(komponen, Susunan(i.susunan)),
        "label": ", ".join(sorted(b.nama for b in i.label.all())),
    }


def get_jalur(i: Indikator) -> Jalur:
    """Codes that lead to an indikator."""
    return (i.sasaran.tujuan.kode, i.sasaran.kode, i.kode)


def _list_target(indikator: Sequence[Indikator], tahun: int) -> dict[Jalur, Nilai]:
    hasil: dict[Jalur, Nilai] = {get_jalur(i): {f"tw{t}": "" for t in TRIWULAN} for i in indikator}
    jalur = {i.pk: get_jalur(i) for i in indikator}
    for t in Target.objects.filter(indikator__in=jalur, tahun=tahun):
        hasil[jalur[t.indikator_id]][f"tw{t.triwulan}"] = join_target(t.isi)
    return hasil


def _list_target_renstra(indikator: Sequence[Indikator]) -> dict[Jalur, Nilai]:
    hasil: dict[Jalur, Nilai] = {get_jalur(i): {} for i in indikator}
    jalur = {i.pk: get_jalur(i) for i in indikator}
    for t in TargetRenstra.objects.filter(indikator__in=jalur):
        hasil[jalur[t.indikator_id]][f"th{t.tahun}"] = join_target(t.isi)
    return hasil


def _pick(objek: object, nama: Iterable[str], kode: str = "kode") -> Nilai:
    """Fields of a row in the one form of `kinerja.rules.kolom`; its code, if it has one, too."""
    semua = (*filter(None, [kode]), *nama)
    return {n: _polos(getattr(objek, n)) for n in semua if n not in _RINCIAN}


def _polos(nilai: object) -> str:
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if nilai is None or isinstance(nilai, str | int):
        return "" if nilai is None else str(nilai)
    return write_angka(nilai)  # type: ignore[arg-type]  # what is left are the DecimalFields


__all__ = [
    "AKSI",
    "INDIKATOR",
    "PROGRAM",
    "SASARAN",
    "TARGET",
    "TARGET_RENSTRA",
    "TUJUAN",
    "build_tabel",
    "get_jalur",
    "get_keadaan",
    "list_aksi",
    "list_tujuan",
]
