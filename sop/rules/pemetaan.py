"""Taking over an SOP into another office: its posts become posts of that office."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.identitas import Identitas


@dataclass(frozen=True)
class Naskah:
    """A whole SOP as values: identity page and route."""

    identitas: Identitas
    graf: Graf


def list_jabatan_naskah(naskah: Naskah) -> dict[str, list[str]]:
    """Posts of an SOP by kode, each with every name that it bears there, kode first."""
    hasil: dict[str, list[str]] = {}
    for s in naskah.graf.langkah:
        for p in s.pelaksana:
            hasil.setdefault(p.jabatan_kode, [p.jabatan_kode]).append(p.jabatan_nama)
    for kolom in naskah.identitas.judul_pelaksana:
        for kode in kolom.jabatan:
            nama = hasil.setdefault(kode, [kode])
            if len(kolom.jabatan) == 1:
                nama.append(kolom.judul)
    return {kode: list(dict.fromkeys(nama)) for kode, nama in hasil.items()}


def guess_peta(asing: Mapping[str, list[str]], milik: Mapping[str, str]) -> dict[str, str]:
    """Posts that the office has under the same name. milik: every name of its posts to kode."""
    kecil = {sebutan.casefold(): kode for sebutan, kode in milik.items()}
    hasil = {}
    for kode, nama in asing.items():
        cocok = [kecil[n.casefold()] for n in nama if n.casefold() in kecil]
        if cocok:
            hasil[kode] = cocok[0]
    return hasil


def name_jabatan(graf: Graf, nama: Mapping[str, str]) -> Graf:
    """The route with its posts called by name. nama: kode to name; one not in it stays."""
    return Graf(
        tuple(
            replace(
                s,
                pelaksana=tuple(
                    replace(p, jabatan_nama=nama.get(p.jabatan_kode, p.jabatan_nama))
                    for p in s.pelaksana
                ),
            )
            for s in graf.langkah
        )
    )


def apply_peta(naskah: Naskah, peta: Mapping[str, str]) -> Naskah:
    """The SOP with its posts exchanged; a post without counterpart leaves its lines out."""
    langkah = tuple(
        replace(s, pelaksana=_lines(s, peta), catatan_sumber={}, perlu_konfirmasi=())
        for s in naskah.graf.langkah
    )
    kolom = tuple(
        replace(k, jabatan=tuple(dict.fromkeys(peta[j] for j in k.jabatan if j in peta)))
        for k in naskah.identitas.judul_pelaksana
    )
    identitas = replace(naskah.identitas, judul_pelaksana=tuple(k for k in kolom if k.jabatan))
    return Naskah(identitas, Graf(langkah))


def _lines(s: SimpulLangkah, peta: Mapping[str, str]) -> tuple[SimpulPelaksana, ...]:
    """One line per post and turn, the first that says so."""
    hasil: dict[tuple[str, int], SimpulPelaksana] = {}
    for p in s.pelaksana:
        if p.jabatan_kode in peta:
            kode = peta[p.jabatan_kode]
            hasil.setdefault((kode, p.urutan), replace(p, jabatan_kode=kode))
    return tuple(hasil.values())


def strip_identitas(identitas: Identitas, nama: str, kop: tuple[str, ...]) -> Identitas:
    """The page as a starting point for another SOP: without number, days, official and notes."""
    return replace(
        Identitas(nama_sop=nama, kop=kop),
        **{
            k: getattr(identitas, k)
            for k in (
                "dasar_hukum",
                "kualifikasi",
                "keterkaitan",
                "peralatan",
                "peringatan",
                "pencatatan",
                "judul_kolom",
                "judul_pelaksana",
            )
        },
    )
