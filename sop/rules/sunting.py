"""Editing a route as values: one step changed, steps put in another order, one taken out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from sakip.common.waktu import Durasi, SatuanWaktu
from sop.rules.durasi import WaktuTidakTerbaca, parse_waktu
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.identitas import Identitas
from sop.rules.istilah import Hasil, Simbol

# A step that another was to be kept apart from, and that is gone. Publishing refuses it.
TERHAPUS = 0

_SEL = (
    "kegiatan",
    "simbol",
    "tindakan",
    "kelengkapan",
    "kelengkapan_ulang",
    "waktu_teks",
    "output",
    "keterangan",
    "periode",
    "efek",
)
# A doubt is noted under the name of the column on paper.
_RAGU = {"waktu_teks": "waktu"}


@dataclass(frozen=True)
class IsianLangkah:
    """One step as typed. beda_orang: ids of steps; jalur: chosen targets of every outcome."""

    kegiatan: str = ""
    simbol: str = Simbol.PROSES
    tindakan: str = ""
    pelaksana: tuple[SimpulPelaksana, ...] = ()
    jalur: Mapping[str, int | None] = field(default_factory=dict)
    kelengkapan: tuple[str, ...] = ()
    kelengkapan_ulang: tuple[str, ...] = ()
    waktu_teks: str = ""
    output: str = ""
    keterangan: str = ""
    periode: str = ""
    efek: tuple[str, ...] = ()
    beda_orang: tuple[int, ...] = ()


def pick_jalur(simbol: str, jalur: Mapping[str, int | None]) -> dict[str, int | None]:
    """The arrows that fit the symbol: two for a decision, none to choose for the end."""
    if simbol == Simbol.AKHIR:
        return {Hasil.LANJUT.value: None}
    boleh = (Hasil.YA, Hasil.TIDAK) if simbol == Simbol.KEPUTUSAN else (Hasil.LANJUT,)
    return {h.value: jalur[h.value] for h in boleh if h.value in jalur}


def read_waktu(teks: str, bawaan: SatuanWaktu | None) -> tuple[Durasi | None, bool]:
    """Standard time and whether it is per unit; a text that says neither gives no limit."""
    try:
        baca = parse_waktu(teks, bawaan)
    except WaktuTidakTerbaca:
        return None, False
    return baca.durasi, baca.per_unit


def read_satuan(identitas: Identitas) -> SatuanWaktu | None:
    """Unit of bare numbers, from a heading such as "Waktu (menit)"."""
    judul = identitas.judul_kolom.get("waktu", "").lower()
    return next((s for s in SatuanWaktu if f"({s.value.replace('_', ' ')})" in judul), None)


def apply_isian(
    graf: Graf, langkah_id: int, isian: IsianLangkah, bawaan: SatuanWaktu | None
) -> Graf:
    """The route with that step as typed. A doubt about a cell that changed is thereby settled."""
    lama = graf.menurut_id[langkah_id]
    nomor = [graf.menurut_id[i].nomor for i in isian.beda_orang if i in graf.menurut_id]
    baru = replace(
        lama,
        **{nama: getattr(isian, nama) for nama in _SEL},
        pelaksana=isian.pelaksana,
        ke=pick_jalur(isian.simbol, isian.jalur),
        beda_orang_dari=tuple(sorted(nomor)),
    )
    if isian.waktu_teks != lama.waktu_teks:
        waktu, per_unit = read_waktu(isian.waktu_teks, bawaan)
        baru = replace(baru, waktu=waktu, waktu_per_unit=per_unit)
    berubah = set(list_berubah(lama, baru))
    ragu = tuple(k for k in lama.perlu_konfirmasi if k not in berubah)
    return _swap(graf, replace(baru, perlu_konfirmasi=ragu))


def list_berubah(lama: SimpulLangkah, baru: SimpulLangkah) -> list[str]:
    """Names of the cells that differ, as doubts and findings call them."""
    hasil = [_RAGU.get(n, n) for n in _SEL if getattr(lama, n) != getattr(baru, n)]
    if _lines(lama) != _lines(baru):
        hasil.append("pelaksana")
    if set(lama.beda_orang_dari) != set(baru.beda_orang_dari):
        hasil.append("beda_orang_dari")
    return hasil + [
        h.value for h in Hasil if lama.ke.get(h.value, ...) != baru.ke.get(h.value, ...)
    ]


def _lines(s: SimpulLangkah) -> list[tuple[int, str, tuple[str, ...]]]:
    return sorted((p.urutan, p.jabatan_kode, p.per_unit) for p in s.pelaksana)


def reorder(graf: Graf, urutan: Sequence[int]) -> Graf:
    """The same steps in the order of those ids, numbered from 1; what names a step follows it."""
    nomor = {graf.menurut_id[i].nomor: n for n, i in enumerate(urutan, start=1)}
    return Graf(
        tuple(
            replace(
                graf.menurut_id[i],
                nomor=n,
                beda_orang_dari=tuple(
                    sorted(nomor.get(x, TERHAPUS) for x in graf.menurut_id[i].beda_orang_dari)
                ),
            )
            for n, i in enumerate(urutan, start=1)
        )
    )


def remove(graf: Graf, langkah_id: int) -> Graf:
    """The route without that step. Arrows to it are gone, which publishing will refuse."""
    sisa = [s.id for s in graf.langkah if s.id != langkah_id]
    return Graf(
        tuple(
            replace(s, ke={h: t for h, t in s.ke.items() if t != langkah_id})
            for s in reorder(graf, sisa).langkah
        )
    )


def list_menuju(graf: Graf, langkah_id: int) -> list[tuple[int, str]]:
    """Arrows to that step, as (nomor, outcome); the step itself left out."""
    return [
        (s.nomor, h)
        for s in graf.langkah
        for h, tujuan in s.ke.items()
        if tujuan == langkah_id and s.id != langkah_id
    ]


def splice(graf: Graf, baru: int) -> Graf:
    """Lead the arrows that ran past a new step into it, and from it to where they ran.

    Of the step before: its onward arrow, where it went to the very next step or nowhere yet.
    """
    tempat = next(n for n, s in enumerate(graf.langkah) if s.id == baru)
    sesudah = graf.langkah[tempat + 1].id if tempat + 1 < len(graf.langkah) else None
    ke = {} if sesudah is None else {Hasil.LANJUT.value: sesudah}
    graf = _swap(graf, replace(graf.langkah[tempat], ke=ke))
    if tempat == 0:
        return graf
    asal = graf.langkah[tempat - 1]
    maju = Hasil.YA.value if asal.is_keputusan else Hasil.LANJUT.value
    buntu = maju not in asal.ke
    if asal.simbol == Simbol.AKHIR or not (buntu or (sesudah and asal.ke[maju] == sesudah)):
        return graf
    return _swap(graf, replace(asal, ke={**asal.ke, maju: baru}))


def _swap(graf: Graf, baru: SimpulLangkah) -> Graf:
    return Graf(tuple(baru if s.id == baru.id else s for s in graf.langkah))


def compute_sidik_langkah(graf: Graf, langkah_id: int) -> str:
    """Short fingerprint of one step as its editor saw it; numbers that only moved do not count."""
    s = graf.menurut_id[langkah_id]
    isi: dict[str, Any] = {nama: getattr(s, nama) for nama in _SEL}
    beda = [graf.menurut_nomor[n].id for n in s.beda_orang_dari if n in graf.menurut_nomor]
    return _digest([isi, _lines(s), sorted(s.ke.items()), beda, s.perlu_konfirmasi])


def compute_sidik_identitas(identitas: Identitas) -> str:
    """Short fingerprint of the identity page as its editor saw it."""
    return _digest(asdict(identitas))


def _digest(isi: object) -> str:
    teks = json.dumps(isi, sort_keys=True, ensure_ascii=False, default=date.isoformat)
    return hashlib.sha256(teks.encode()).hexdigest()[:16]
