"""The sheet of one indikator: the analyses of Bab III that are figures. Sumber: KERANGKA-LKJ

The fifth, why it went so and what was done, is words: they stand between the two blocks, prepared
from what the unit wrote (laporan.rules.uraian).
"""

from decimal import Decimal

from django.db.models import F

from kinerja.models import Program, RealisasiAnggaran
from kinerja.selectors.anggaran import AnggaranSasaran, BarisProgram, Uang, reckon_efisiensi
from kinerja.selectors.banding import Banding, TitikTahun
from kinerja.selectors.tabel import BarisTabel, TabelCapaian
from laporan.rules.blok import BANDING, SUMBER_DAYA
from laporan.selectors.blok.bahan import KOSONG, Bahan
from laporan.selectors.blok.bentuk import (
    Batangan,
    Bentuk,
    BlokData,
    Garis,
    Judul,
    Kolom,
    Tabel,
    Teks,
)

_JUDUL = (
    "1. Target dan realisasi tahun ini",
    "2. Perbandingan dengan tahun-tahun sebelumnya",
    "3. Perbandingan dengan target akhir Renstra",
    "4. Perbandingan dengan angka nasional, provinsi, atau daerah lain",
    "5. Penyebab keberhasilan atau kegagalan dan alternatif solusi",
    "6. Efisiensi penggunaan sumber daya",
    "7. Program yang menunjang keberhasilan atau kegagalan",
)
_NILAI = (Kolom("Target", 20, is_angka=True), Kolom("Realisasi", 20, is_angka=True))


def build_banding(bahan: Bahan) -> list[BlokData]:
    """Analyses one to four of each indikator, and the heading of the fifth."""
    return [BlokData(BANDING, _tell_banding(bahan, b), b.indikator_id) for b in bahan.baris]


def _tell_banding(bahan: Bahan, b: BarisTabel) -> tuple[Bentuk, ...]:
    banding = bahan.laporan.banding[b.indikator_id]
    return (
        Judul(_JUDUL[0]),
        *_tell_tahun_ini(b),
        Judul(_JUDUL[1]),
        *_tell_tahun(banding, b),
        Judul(_JUDUL[2]),
        *_tell_renstra(banding, b),
        Judul(_JUDUL[3]),
        *_tell_lain(banding, b),
        Judul(_JUDUL[4]),
    )


def _tell_tahun_ini(b: BarisTabel) -> list[Bentuk]:
    kolom = (Kolom("Satuan"), *_NILAI, Kolom("Capaian", 18, is_angka=True), Kolom("Kategori", 22))
    baris = (b.satuan, b.target_teks, b.realisasi_teks, b.capaian_teks, b.kategori)
    catatan = tuple(k for k in (f"{b.rumus.capitalize()}.", b.alasan) if k.strip("."))
    judul = f"Target dan realisasi {b.indikator}"
    return [Tabel(judul, kolom, (baris,), catatan=(" ".join(catatan),), kepala=0, is_kecil=True)]


def _tell_tahun(banding: Banding, b: BarisTabel) -> list[Bentuk]:
    if len(banding.tahun) < 2:
        return [Teks("Belum ada angka tahun sebelumnya.", is_kosong=True)]
    kolom = (Kolom("Tahun"), *_NILAI, Kolom("Capaian", 20, is_angka=True))
    baris = tuple((t.label, t.target_teks, t.realisasi_teks, t.teks) for t in banding.tahun)
    asal = "; ".join(f"{t.label}, {t.sumber}" for t in banding.tahun if t.sumber)
    sumber = (f"Sumber realisasi: {asal}.",) if asal else ()
    judul = f"{b.indikator} menurut tahun"
    isi: list[Bentuk] = [Tabel(judul, kolom, baris, catatan=sumber, kepala=0, is_kecil=True)]
    if banding.perubahan:
        isi.append(
            Teks(
                "Dibandingkan dengan tahun lalu sampai akhir periode yang sama, realisasi "
                f"{banding.perubahan}."
            )
        )
    diketahui = sum(t.realisasi is not None for t in banding.tahun)
    if diketahui > 1 and b.is_angka:
        isi.append(_draw_tahun(banding, b))
    return isi


def _draw_tahun(banding: Banding, b: BarisTabel) -> Garis:
    """Realisasi up to now, and the targets up to the end of the Renstra."""
    titik = {t.tahun: t for t in banding.tahun}
    tahun = range(min(titik), max([*titik, *banding.rencana]) + 1)
    return Garis(
        f"Realisasi dan target {b.indikator}",
        tuple(str(t) for t in tahun),
        (
            ("Realisasi", tuple(_nilai(titik.get(t)) for t in tahun), "nila", False),
            (
                "Target",
                tuple(banding.rencana.get(t, _target(titik.get(t))) for t in tahun),
                "kunyit",
                True,
            ),
        ),
    )


def _nilai(titik: TitikTahun | None) -> Decimal | None:
    return titik.realisasi if titik else None


def _target(titik: TitikTahun | None) -> Decimal | None:
    return titik.target if titik else None


def _tell_renstra(banding: Banding, b: BarisTabel) -> list[Bentuk]:
    r = banding.renstra
    if r is None:
        return [Teks("Belum ada target akhir Renstra.", is_kosong=True)]
    kolom = (
        Kolom("Realisasi"),
        Kolom(f"Target akhir {r.tahun}", 26, is_angka=True),
        Kolom("Tercapai", 20, is_angka=True),
        Kolom("Sisa", 28),
    )
    baris = (banding.kini.realisasi_teks, r.target_teks, r.teks, r.sisa or KOSONG)
    judul = f"{b.indikator} menuju akhir Renstra"
    return [
        Tabel(
            judul, kolom, (baris,), catatan=(r.alasan,) if r.alasan else (), kepala=0, is_kecil=True
        )
    ]


def _tell_lain(banding: Banding, b: BarisTabel) -> list[Bentuk]:
    if not banding.lain:
        return [
            Teks("Belum ada angka pembanding nasional, provinsi, atau daerah lain.", is_kosong=True)
        ]
    kolom = (
        Kolom("Pembanding"),
        Kolom("Nilai", 14, is_angka=True),
        Kolom("Realisasi kita", 16, is_angka=True),
        Kolom("Letak", 22),
        Kolom("Sumber", 26),
    )
    baris = tuple(
        (
            f"{x.nama} {x.tahun}",
            x.nilai_teks,
            banding.kini.realisasi_teks,
            x.letak or KOSONG,
            x.sumber,
        )
        for x in banding.lain
    )
    judul = f"{b.indikator} dibandingkan dengan yang lain"
    isi: list[Bentuk] = [Tabel(judul, kolom, baris, kepala=0, is_kecil=True)]
    if _is_dapat_dilukis(banding, b):
        isi.append(_draw_lain(banding, b))
    return isi


def _is_dapat_dilukis(banding: Banding, b: BarisTabel) -> bool:
    """Whether bars from zero can show these figures: our own is known, and none is below it."""
    nilai = [banding.kini.realisasi, *(x.nilai for x in banding.lain)]
    return b.is_angka and all(n is not None and n >= 0 for n in nilai)


def _draw_lain(banding: Banding, b: BarisTabel) -> Batangan:
    """Our own figure above those of the others, all in the unit of the indikator."""
    kini = banding.kini
    kita = (f"Realisasi {kini.label}", kini.realisasi, kini.realisasi_teks, "nila")
    lain = ((f"{x.nama} {x.tahun}", x.nilai, x.nilai_teks, "") for x in banding.lain)
    return Batangan(f"{b.indikator} dan angka pembandingnya", (kita, *lain))


def build_sumber_daya(bahan: Bahan) -> list[BlokData]:
    """Analyses six and seven of each indikator; money is known per sasaran. Two queries."""
    kegiatan = _list_kegiatan(bahan)
    return [
        BlokData(
            SUMBER_DAYA,
            _tell_sumber_daya(
                t, b, bahan.laporan.anggaran.get(t.sasaran_id), kegiatan.get(t.sasaran_id, [])
            ),
            b.indikator_id,
        )
        for t in bahan.tabel
        for b in t.baris
    ]


def _list_kegiatan(bahan: Bahan) -> dict[int, list[BarisProgram]]:
    """Kegiatan with their own money by the sasaran of their program; what is missing stays so."""
    daftar = Program.objects.filter(
        instansi=bahan.draf.instansi_id,
        tahun=bahan.tahun,
        jenis=Program.Jenis.KEGIATAN,
        induk__sasaran__isnull=False,
    )
    belanja = dict(
        RealisasiAnggaran.objects.filter(
            program__in=daftar, triwulan=bahan.laporan.periode.triwulan
        ).values_list("program", "nilai")
    )
    kegiatan: dict[int, list[BarisProgram]] = {}
    for p in daftar.annotate(menunjang=F("induk__sasaran")).order_by("kode"):
        baris = BarisProgram(p.kode, p.nama, Uang(p.pagu, belanja.get(p.pk)))
        kegiatan.setdefault(p.menunjang, []).append(baris)
    return kegiatan


def _tell_sumber_daya(
    tabel: TabelCapaian,
    b: BarisTabel,
    anggaran: AnggaranSasaran | None,
    kegiatan: list[BarisProgram],
) -> tuple[Bentuk, ...]:
    if anggaran is None:
        tanpa = Teks("Belum ada program yang tercatat mendukung sasaran ini.", is_kosong=True)
        return (Judul(_JUDUL[5]), tanpa, Judul(_JUDUL[6]), tanpa)
    kolom = (
        Kolom("Capaian indikator", 0, is_angka=True),
        Kolom("Rata-rata sasaran", 22, is_angka=True),
        Kolom("Serapan anggaran", 22, is_angka=True),
        Kolom("Selisih", 14, is_angka=True),
        Kolom("Simpulan", 22),
    )
    efisiensi = reckon_efisiensi(b.persen, anggaran.uang)
    baris = (
        b.capaian_teks,
        tabel.rerata_teks,
        anggaran.uang.serapan_teks,
        efisiensi.selisih_teks,
        efisiensi.selisih.sebutan,
    )
    judul = f"Efisiensi sumber daya {b.indikator}"
    catatan = (f"{efisiensi.selisih.alasan} Anggaran dicatat per sasaran, bukan per indikator.",)
    return (
        Judul(_JUDUL[5]),
        Tabel(judul, kolom, (baris,), catatan=catatan, kepala=4, is_kecil=True),
        Judul(_JUDUL[6]),
        _list_program(b, anggaran, kegiatan),
    )


def _list_program(b: BarisTabel, anggaran: AnggaranSasaran, kegiatan: list[BarisProgram]) -> Tabel:
    kolom = (
        Kolom("Kode", 15),
        Kolom("Program dan kegiatan"),
        Kolom("Pagu (Rp)", 19, is_angka=True),
        Kolom("Realisasi (Rp)", 19, is_angka=True),
        Kolom("Serapan", 12, is_angka=True),
    )
    baris: list[tuple[str, ...]] = []
    tebal = []
    for p in anggaran.program:
        tebal.append(len(baris))
        dalam = (k for k in kegiatan if k.kode.startswith(f"{p.kode}."))
        baris += [
            (x.kode, x.nama, x.uang.pagu_teks, x.uang.belanja_teks, x.uang.serapan_teks)
            for x in (p, *dalam)
        ]
    return Tabel(
        f"Program yang menunjang {b.indikator}", kolom, tuple(baris), tuple(tebal), is_kecil=True
    )
