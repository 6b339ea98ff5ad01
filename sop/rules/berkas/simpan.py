"""An SOP with faults made fit for the tables, every change noted where it was made."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from sop.rules.berkas.baca import BerkasSOP
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.istilah import Hasil, Periode, Simbol, Tindakan

MAKS_WAKTU = 60
TANPA_KEGIATAN = "(belum diisi)"
_BAKU = (
    ("simbol", tuple(Simbol), Simbol.PROSES.value),
    ("tindakan", tuple(Tindakan), Tindakan.SUSUN.value),
    ("periode", ("", *Periode), ""),
)


class NomorGanda(ValueError):
    """Two steps bear one number, so no arrow to it is certain; the message names it."""


@dataclass
class _Ubahan:
    isi: dict[str, Any] = field(default_factory=dict)
    catatan: dict[str, str] = field(default_factory=dict)

    def set(self, kolom: str, nilai: object, pesan: str, ruas: str = "") -> None:
        self.isi[ruas or kolom] = nilai
        self.catatan[kolom] = pesan


def make_storable(sop: BerkasSOP) -> BerkasSOP:
    """The same SOP, with what no table holds taken out and noted as a doubt of its step.

    Raises:
        NomorGanda: two steps bear the same number.
    """
    banyak = Counter(s.nomor for s in sop.graf.langkah)
    ganda = [n for n, kali in banyak.items() if kali > 1]
    if ganda:
        raise NomorGanda(f"Nomor langkah {ganda[0]} dipakai dua kali. Beri nomor yang berbeda.")
    langkah = tuple(_langkah(s, sop.graf) for s in sop.graf.langkah)
    return replace(sop, graf=Graf(langkah))


def _langkah(s: SimpulLangkah, graf: Graf) -> SimpulLangkah:
    ubah = _Ubahan()
    for kolom, dikenal, baku in _BAKU:
        if getattr(s, kolom) not in dikenal:
            asli = getattr(s, kolom)
            ubah.set(kolom, baku, f"Tertulis “{asli}”, yang tidak dikenal. Pilih yang sesuai.")
    if not s.kegiatan.strip():
        ubah.set("kegiatan", TANPA_KEGIATAN, "Uraian kegiatan kosong. Isi seperti pada SOP.")
    if len(s.waktu_teks) > MAKS_WAKTU:
        pesan = f"Tertulis “{s.waktu_teks}”, terlalu panjang. Tulis satu angka dan satuan."
        ubah.set("waktu", s.waktu_teks[:MAKS_WAKTU], pesan, "waktu_teks")
    _jalur(s, graf, ubah)
    if not ubah.isi:
        return s
    catatan = {k: " ".join([*_lama(s, k), pesan]) for k, pesan in ubah.catatan.items()}
    return replace(
        s,
        **ubah.isi,
        catatan_sumber={**s.catatan_sumber, **catatan},
        perlu_konfirmasi=tuple(dict.fromkeys([*s.perlu_konfirmasi, *ubah.catatan])),
    )


def _lama(s: SimpulLangkah, kolom: str) -> list[str]:
    return [s.catatan_sumber[kolom]] if s.catatan_sumber.get(kolom) else []


def _jalur(s: SimpulLangkah, graf: Graf, ubah: _Ubahan) -> None:
    ke = dict(s.ke)
    for hasil, tujuan in s.ke.items():
        if (tujuan is None and hasil == Hasil.TIDAK) or (
            tujuan is not None and tujuan not in graf.menurut_id
        ):
            del ke[hasil]
            ditulis = "selesai" if tujuan is None else f"langkah {tujuan}"
            pesan = f"Tertulis {ditulis}, yang tidak mungkin. Pilih langkah yang ada."
            ubah.set(hasil, ke, pesan, "ke")
