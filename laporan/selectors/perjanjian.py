"""A Perjanjian Kinerja as the pages and papers of its draft show it."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from kinerja.models import PerjanjianKinerja
from kinerja.rules.periode import Periode
from kinerja.rules.perjanjian import (
    Beda,
    ButirAnggaran,
    ButirKinerja,
    IsiPerjanjian,
    Keadaan,
    Pihak,
    list_kurang,
)
from kinerja.selectors.perjanjian import (
    build_isi,
    compare_isi,
    find_sebelum,
    get_perjanjian_berlaku,
    get_pihak,
    list_perjanjian,
    read_isi,
)
from laporan.models import Draf, Tugas
from laporan.rules.periode import last_triwulan
from organisasi.models import Instansi
from sakip.common.unduhan import Tabel

BLOK = "perjanjian"

_B = TypeVar("_B", ButirKinerja, ButirAnggaran)


def build_perjanjian(perjanjian: PerjanjianKinerja, *, pada: datetime) -> dict[str, Any]:
    """The agreement as one table of JSON values: parties, rows, money, what a perubahan changes.

    Until it is signed these come from the plan and the posts as they stand at `pada`.
    """
    isi = get_isi(perjanjian)
    pertama, kedua = get_pihak(perjanjian, pada=pada)
    sebelum = find_sebelum(perjanjian)
    return {
        "blok": BLOK,
        "judul": perjanjian.nama,
        "tahun": perjanjian.tahun,
        "nomor": perjanjian.nomor,
        "alasan": perjanjian.alasan,
        "pertama": asdict(pertama),
        "kedua": asdict(kedua),
        "beda": build_beda(read_isi(sebelum), isi) if sebelum else None,
        **isi.to_json(),
    }


def list_perjanjian_laporan(draf: Draf) -> list[dict[str, Any]]:
    """The agreement in force at the end of a report's period, at most one. One query without."""
    akhir = Periode(draf.tahun, last_triwulan(draf.jenis, draf.periode_ke)).akhir
    perjanjian = get_perjanjian_berlaku(draf.instansi_id, draf.tahun, akhir)
    if perjanjian is None:
        return []
    perjanjian.instansi = draf.instansi
    return [build_perjanjian(perjanjian, pada=draf.dibuat_pada) | {"beda": None}]


def get_isi(perjanjian: PerjanjianKinerja) -> IsiPerjanjian:
    """As signed, else as the plan has it now."""
    if perjanjian.status == PerjanjianKinerja.Status.DITETAPKAN:
        return read_isi(perjanjian)
    return build_isi(perjanjian.instansi, perjanjian.tahun, perjanjian.unit_id)


def build_beda(lama: IsiPerjanjian, baru: IsiPerjanjian) -> list[dict[str, str]]:
    """What changed, row by row, as JSON values; rows that did not change are left out."""
    kinerja, anggaran = compare_isi(lama, baru)
    semua = [_say(b, _say_target) for b in kinerja] + [_say(b, _say_anggaran) for b in anggaran]
    return [b for b in semua if b["keadaan"] != Keadaan.TETAP]


def _say(beda: Beda[_B], kata: Callable[[_B], str]) -> dict[str, str]:
    butir = [b for b in (beda.baru, beda.lama) if b is not None]
    return {
        "kode": butir[0].kode,
        "nama": butir[0].nama,
        "keadaan": beda.keadaan.value,
        "semula": kata(beda.lama) if beda.lama else "–",
        "menjadi": kata(beda.baru) if beda.baru else "–",
    }


def _say_target(butir: ButirKinerja) -> str:
    return butir.target_bersatuan


def _say_anggaran(butir: ButirAnggaran) -> str:
    return butir.anggaran_teks if butir.anggaran is None else f"Rp{butir.anggaran_teks}"


def list_tabel_perjanjian(tabel: dict[str, Any]) -> list[Tabel]:
    """The same as tables of a file: what is promised, and the money for it."""
    isi = IsiPerjanjian.from_json(tabel)
    return [
        Tabel(
            "Target",
            [("Sasaran", 48), ("Kode", 10), ("Indikator", 48), ("Satuan", 14), ("Target", 16)],
            [
                (f"{b.sasaran_kode}. {b.sasaran}", b.kode, b.nama, b.satuan, b.target_teks)
                for b in isi.kinerja
            ],
        ),
        Tabel(
            "Anggaran",
            [("Kode", 18), ("Program dan kegiatan", 60), ("Anggaran (Rp)", 20)],
            [(a.kode, a.nama, a.anggaran) for a in isi.anggaran],
        ),
    ]


def list_kurang_tabel(tabel: dict[str, Any]) -> list[str]:
    """Why an agreement, as that table has it, cannot be signed yet."""
    return list_kurang(
        IsiPerjanjian.from_json(tabel), Pihak(**tabel["pertama"]), Pihak(**tabel["kedua"])
    )


def list_catatan_unit(draf: Draf) -> list[Tugas]:
    """What units noted when they last looked at their rows. One query."""
    daftar = Tugas.objects.filter(
        draf=draf, kunjungan__langkah__tindakan="kumpul", status=Tugas.Status.SELESAI
    ).exclude(catatan="")
    terakhir = {
        (t.pelaksana_id, t.unit_id): t for t in daftar.select_related("unit").order_by("pk")
    }
    return list(terakhir.values())


@dataclass(frozen=True)
class BarisPerjanjian:
    """One agreement in the list of a year. is_berlaku: in force today.

    draf: None of one that was signed on paper before the office used this.
    """

    perjanjian: PerjanjianKinerja
    draf: Draf | None
    is_berlaku: bool


def list_baris(instansi: Instansi, tahun: int, *, hari: date) -> list[BarisPerjanjian]:
    """Agreements of one year with their drafts. Two queries."""
    semua = list(list_perjanjian(instansi, tahun))
    draf = {d.perjanjian_id: d for d in Draf.objects.filter(perjanjian__in=semua)}
    berlaku: set[int | None] = set()
    hasil = []
    for p in semua:  # newest first, so the first one of each party that has begun is in force
        mulai = p.nomor == 0 or (p.berlaku_mulai is not None and p.berlaku_mulai <= hari)
        sah = p.status == PerjanjianKinerja.Status.DITETAPKAN and mulai
        hasil.append(BarisPerjanjian(p, draf.get(p.pk), sah and p.unit_id not in berlaku))
        if sah:
            berlaku.add(p.unit_id)
    return hasil


def find_kedua_terakhir(instansi: Instansi) -> Pihak:
    """The superior named last, to begin the next agreement with. One query."""
    lama = PerjanjianKinerja.objects.filter(instansi=instansi, kedua_jabatan=None).order_by("pk")
    terakhir = lama.exclude(kedua_nama="").last()
    return terakhir.kedua if terakhir else Pihak("", "")
