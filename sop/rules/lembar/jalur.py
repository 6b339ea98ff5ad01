"""Symbols, routes and kinds of work: as the sheet says them, else as its words suggest."""

import re
from collections.abc import Mapping, Sequence

from sop.rules.istilah import Hasil, Simbol, Tindakan
from sop.rules.lembar.baris import Baris
from sop.rules.lembar.hasil import Derajat
from sop.rules.lembar.kata import SELESAI, parse_label

TIADA = "-"
_TANDA = (
    (Simbol.KEPUTUSAN, re.compile(r"keputusan|decision|[◇◆◊⬦⬥♢♦]|<>|\bya\b.*\btidak\b", re.S)),
    (Simbol.MULAI, re.compile(r"\bmulai\b|\bstart\b")),
    (Simbol.AKHIR, re.compile(r"\bselesai\b|\bakhir\b|\bend\b|\bstop\b")),
)
_KEPUTUSAN = re.compile(r"\b(?:jika|bila|apabila|kalau)\s+ya\b|\bya\b.*\btidak\b", re.S)
_KE = r"\b[^.;\n]*?\b(?:langkah|no\.?|nomor|butir)\s*(?:ke-?\s*)?(\d{1,5}\s?[a-z]?)\b"
_TUJUAN = {
    Hasil.YA: re.compile(rf"\bya{_KE}"),
    Hasil.TIDAK: re.compile(rf"\btidak{_KE}"),
    Hasil.LANJUT: re.compile(rf"\b(?:lanjut|lompat){_KE}"),
}
_KERJA = (
    (Tindakan.TANDA_TANGAN, "tanda tangan|andatangan"),
    (Tindakan.PENGGANDAAN, "menggandakan|penggandaan"),
    (Tindakan.ARSIP, "arsip"),
    (Tindakan.SURAT, "surat pengantar|penomoran surat|nomor surat"),
    (Tindakan.SOSIALISASI, "sosialisasi"),
    (Tindakan.RAPAT, r"\brapat\b"),
    (Tindakan.REVIU, r"\b(?:reviu|review)\b.*\b(?:apip|inspektorat)\b"),
    (Tindakan.KOREKSI, "[ko]reksi|reviu|review"),
    (Tindakan.VERIFIKASI, "verifikasi|validasi|memvalidasi|memeriksa|meneliti|evaluasi"),
    (Tindakan.DISPOSISI, "memerintahkan|menugaskan|disposisi|menyampaikan"),
    (Tindakan.KETIK, "mengetik"),
    (Tindakan.KUMPUL, "mengumpulkan|menghimpun|mengisi|merekap"),
    (Tindakan.SUSUN, "menyusun|mengolah|membuat|mengonsep|pembuatan|mengkompilasi"),
)


def read_simbol(b: Baris, semua: Sequence[Baris]) -> str:
    """The symbol said in its column, drawn in an actor column, or given by the place of the row."""
    if teks := b.get("simbol").strip():
        simbol = parse_label(teks, Simbol)
        if simbol:
            return simbol
        pesan = f"simbol “{teks}” tidak dikenal. Pilih Mulai, Proses, Keputusan, atau Selesai."
        b.note("simbol", pesan)
    tanda = " ".join(b.tanda.values()).casefold()
    for calon, pola in _TANDA:
        if pola.search(tanda):
            return calon.value
    kata = f"{b.get('kegiatan')}\n{b.get('keterangan')}".casefold()
    if _KEPUTUSAN.search(kata) and b is not semua[0]:
        pesan = "dibaca sebagai keputusan, karena teksnya menyebut Ya atau Tidak. Periksa."
        b.note("simbol", pesan, derajat=Derajat.RAGU)
        return Simbol.KEPUTUSAN.value
    if b is semua[0]:
        return Simbol.MULAI.value
    return Simbol.AKHIR.value if b is semua[-1] else Simbol.PROSES.value


def read_tindakan(b: Baris) -> str:
    """The kind of work said in its column, else by the first verb that tells."""
    if teks := b.get("tindakan").strip():
        tindakan = parse_label(teks, Tindakan)
        if tindakan:
            return tindakan
        b.note(
            "tindakan", f"tindakan “{teks}” tidak dikenal. Pilih dari daftar pada contoh lembar."
        )
    kegiatan = b.get("kegiatan").casefold()
    letak = [
        (cocok.start(), urut, t.value)
        for urut, (t, pola) in enumerate(_KERJA)
        if (cocok := re.search(pola, kegiatan))
    ]
    if letak:
        return min(letak)[2]
    pesan = "tindakan belum dapat diperkirakan; sementara Menyusun. Pilih yang sesuai."
    b.note("tindakan", pesan, derajat=Derajat.RAGU)
    return Tindakan.SUSUN.value


def read_ke(
    b: Baris, simbol: str, semua: Sequence[Baris], label: Mapping[str, int]
) -> dict[str, int | None]:
    """Where the step leads: its columns, else its words, else the next row.

    A decision without a word where Tidak leads goes back one row, and that is doubted.
    """
    wajib = {Hasil.YA, Hasil.TIDAK} if simbol == Simbol.KEPUTUSAN else {Hasil.LANJUT}
    kata = "\n".join([b.get("keterangan"), *b.tanda.values(), b.get("kegiatan")]).casefold()
    ke: dict[str, int | None] = {}
    for hasil in Hasil:
        teks = b.get(hasil.value).strip()
        if teks == TIADA or (not teks and hasil not in wajib):
            continue
        cocok = None if teks else _TUJUAN[hasil].search(kata)
        tertulis = cocok[1] if cocok else teks
        if tertulis:
            _arahkan(b, hasil, tertulis, (ke, label))
        elif hasil == Hasil.TIDAK:
            _mundur(b, semua, ke)
        else:
            ke[hasil.value] = _berikut(b, simbol, semua)
    return ke


def _arahkan(
    b: Baris,
    hasil: Hasil,
    teks: str,
    tujuan: tuple[dict[str, int | None], Mapping[str, int]],
) -> None:
    ke, label = tujuan
    rata = re.sub(r"\s|^langkah|\.0$", "", teks.casefold())
    if rata == SELESAI and hasil != Hasil.TIDAK:
        ke[hasil.value] = None
    elif rata in label:
        ke[hasil.value] = label[rata]
    else:
        pesan = f"tujuan “{teks}” bukan nomor langkah pada lembar ini. Isi nomor langkah yang ada."
        b.note(hasil.value, pesan, asli=teks)


def _mundur(b: Baris, semua: Sequence[Baris], ke: dict[str, int | None]) -> None:
    urut = semua.index(b)
    pesan = "lembar tidak menyebut ke mana Tidak kembali. "
    if urut:
        ke[Hasil.TIDAK.value] = semua[urut - 1].nomor
        pesan += f"Sementara ke langkah {semua[urut - 1].nomor}; betulkan bila bukan itu."
        b.note("tidak", pesan, derajat=Derajat.RAGU)
    else:
        b.note("tidak", f"{pesan}Isi nomor langkah tujuannya.")


def _berikut(b: Baris, simbol: str, semua: Sequence[Baris]) -> int | None:
    urut = semua.index(b)
    if simbol == Simbol.AKHIR or urut + 1 == len(semua):
        return None
    return semua[urut + 1].nomor
