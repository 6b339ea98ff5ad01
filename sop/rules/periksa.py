"""Publishing rules: what a route must be so that every draft on it can reach its end."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from sop.rules.durasi import WaktuTidakTerbaca, parse_waktu
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.istilah import EFEK_TAMBAHAN, Hasil, JenisUnit, Periode, Simbol, Tindakan
from sop.rules.masalah import Masalah, Tingkat
from sop.rules.sunting import TERHAPUS
from sop.rules.terjangkau import find_putaran, list_terjangkau

# Desk of posts that configure: a draft never lies there.
_TANPA_GILIRAN = frozenset({"pengelola", "pembina"})
_DIKENAL: dict[str, tuple[str, ...]] = {
    "simbol": tuple(Simbol),
    "tindakan": tuple(Tindakan),
    "periode": ("", *Periode),
}


def check_graf(graf: Graf) -> list[Masalah]:
    """Every fault (galat) and doubt (peringatan): of the whole first, then step by step."""
    temuan: list[Masalah] = []
    for periksa in _SELURUH:
        temuan += periksa(graf)
    for langkah in graf.langkah:
        for periksa_langkah in _TIAP_LANGKAH:
            temuan += periksa_langkah(langkah, graf)
    return temuan


# --- the route as a whole ---------------------------------------------------------------------


def _nomor(graf: Graf) -> Iterator[Masalah]:
    if not graf.langkah:
        yield Masalah(
            "tanpa-langkah", None, "", "SOP belum punya langkah. Tambahkan langkah pertama."
        )
    for a, b in pairwise(sorted(s.nomor for s in graf.langkah)):
        if a == b:
            yield Masalah(
                "nomor-ganda", a, "nomor", "Nomor ini dipakai dua kali. Beri nomor yang berbeda."
            )


def _mulai(graf: Graf) -> Iterator[Masalah]:
    mulai = [s.nomor for s in graf.langkah if s.simbol == Simbol.MULAI]
    if graf.langkah and not mulai:
        yield Masalah(
            "tanpa-mulai",
            None,
            "",
            "Belum ada simbol mulai. Beri simbol mulai pada langkah pertama.",
        )
    for nomor in mulai[1:]:
        pesan = f"Simbol mulai sudah dipakai langkah {mulai[0]}. Ubah simbol ini menjadi proses."
        yield Masalah("mulai-ganda", nomor, "simbol", pesan)
    if mulai and mulai[0] != min(s.nomor for s in graf.langkah):
        pesan = "Simbol mulai harus pada langkah bernomor terkecil. Pindahkan simbol mulai ke sana."
        yield Masalah("mulai-bukan-pertama", mulai[0], "simbol", pesan)


def _terjangkau(graf: Graf) -> Iterator[Masalah]:
    terjangkau = list_terjangkau(graf)
    for s in graf.langkah:
        if s.id not in terjangkau:
            pesan = "Tidak ada jalur menuju langkah ini. Arahkan lanjut dari langkah lain ke sini."
            yield Masalah("tak-terjangkau", s.nomor, "", pesan)


def _putaran(graf: Graf) -> Iterator[Masalah]:
    putaran = find_putaran(graf)
    if putaran:
        daftar = ", ".join(str(n) for n in putaran)
        pesan = f"Langkah {daftar} berputar tanpa keputusan. Kembali hanya lewat jalur Tidak."
        yield Masalah("putaran", putaran[0], "lanjut", pesan)


def _periode_berurutan(graf: Graf) -> Iterator[Masalah]:
    lewat: set[str] = set()
    for a, b in pairwise(graf.langkah):
        if a.periode != b.periode:
            lewat.add(a.periode)
            if b.periode in lewat:
                periode = b.periode or "kosong"
                pesan = f"Periode {periode} terputus. Letakkan langkah satu periode berurutan."
                yield Masalah("periode-terputus", b.nomor, "periode", pesan)


# --- one step ---------------------------------------------------------------------------------


def _isian(s: SimpulLangkah, _graf: Graf) -> Iterator[Masalah]:
    if not s.kegiatan.strip():
        yield Masalah(
            "tanpa-kegiatan", s.nomor, "kegiatan", "Uraian kegiatan kosong. Isi seperti pada SOP."
        )
    for kolom, dikenal in _DIKENAL.items():
        if getattr(s, kolom) not in dikenal:
            pilihan = ", ".join(d for d in dikenal if d)
            pesan = f"“{getattr(s, kolom)}” tidak dikenal. Pilih salah satu: {pilihan}."
            yield Masalah(f"{kolom}-tak-dikenal", s.nomor, kolom, pesan)
    for efek in s.efek:
        if efek not in EFEK_TAMBAHAN:
            pesan = f"“{efek}” tidak dikenal. Pilih dari: {', '.join(EFEK_TAMBAHAN)}."
            yield Masalah("efek-tak-dikenal", s.nomor, "efek", pesan)


def _pelaksana(s: SimpulLangkah, _graf: Graf) -> Iterator[Masalah]:
    if not s.pelaksana:
        pesan = "Belum ada pelaksana. Isi jabatan yang mengerjakan langkah ini."
        yield Masalah("tanpa-pelaksana", s.nomor, "pelaksana", pesan)
    baris = [(p.jabatan_kode, p.urutan) for p in s.pelaksana]
    if len(set(baris)) < len(baris):
        pesan = "Jabatan yang sama tertulis dua kali pada urutan yang sama. Hapus salah satu."
        yield Masalah("pelaksana-ganda", s.nomor, "pelaksana", pesan)
    for p in s.pelaksana:
        if p.tingkat in _TANPA_GILIRAN:
            pesan = (
                f"{p.jabatan_nama} mengelola atau membina, dan tidak mendapat giliran. "
                "Pilih jabatan yang mengerjakan langkah ini."
            )
            yield Masalah("pelaksana-pengelola", s.nomor, "pelaksana", pesan)
    jenis = {p.per_unit for p in s.pelaksana if p.per_unit}
    if len(jenis) > 1:
        pesan = (
            "Satu langkah hanya boleh menyebar ke satu himpunan jenis unit. Samakan per_unit-nya."
        )
        yield Masalah("jenis-unit-berbeda", s.nomor, "pelaksana", pesan)
    if asing := sorted({j for himpunan in jenis for j in himpunan} - {j.value for j in JenisUnit}):
        pesan = f"Jenis unit {', '.join(asing)} tidak dikenal. Pilih dari: {', '.join(JenisUnit)}."
        yield Masalah("jenis-unit-asing", s.nomor, "pelaksana", pesan)
    if s.is_keputusan and jenis and len(s.pelaksana) > 1:
        pesan = "Keputusan per unit hanya boleh punya satu baris pelaksana. Hapus yang lain."
        yield Masalah("keputusan-sebar", s.nomor, "pelaksana", pesan)


def _jalur(s: SimpulLangkah, graf: Graf) -> Iterator[Masalah]:
    wajib: set[str] = {Hasil.YA, Hasil.TIDAK} if s.is_keputusan else {Hasil.LANJUT}
    for hasil in sorted(wajib - set(s.ke)):
        if s.is_keputusan:
            pesan = f"Keputusan wajib punya Ya dan Tidak. Isi {hasil} dengan nomor langkah tujuan."
        else:
            pesan = "Jalan buntu. Isi lanjut dengan nomor langkah berikutnya, atau jadikan akhir."
        yield Masalah("jalan-buntu", s.nomor, hasil, pesan)
    for hasil in sorted(set(s.ke) - wajib):
        pesan = f"Simbol {s.simbol} tidak punya jalur {hasil}. Hapus jalur itu atau ubah simbolnya."
        yield Masalah("jalur-berlebih", s.nomor, hasil, pesan)
    for hasil, tujuan in s.ke.items():
        if tujuan is not None and tujuan not in graf.menurut_id:
            pesan = "Langkah tujuan tidak ada dalam SOP ini. Isi nomor langkah yang ada."
            yield Masalah("tujuan-tak-ada", s.nomor, hasil, pesan)


def _arah(s: SimpulLangkah, graf: Graf) -> Iterator[Masalah]:
    for hasil, tujuan in s.ke.items():
        nomor = graf.nomor(tujuan)
        if hasil == Hasil.TIDAK and tujuan is None:
            pesan = "Tidak harus kembali ke langkah sebelumnya. Isi nomor langkah yang memperbaiki."
            yield Masalah("tidak-selesai", s.nomor, hasil, pesan)
        if nomor is None:
            continue
        if hasil == Hasil.TIDAK and nomor >= s.nomor:
            pesan = f"Tidak harus kembali ke langkah sebelum {s.nomor}, bukan ke {nomor}."
            yield Masalah("tidak-maju", s.nomor, hasil, pesan)
        if hasil != Hasil.TIDAK and nomor <= s.nomor:
            pesan = (
                f"{hasil.capitalize()} harus menuju langkah setelah {s.nomor}, bukan ke {nomor}."
            )
            yield Masalah("lanjut-mundur", s.nomor, hasil, pesan)


def _akhir(s: SimpulLangkah, _graf: Graf) -> Iterator[Masalah]:
    if s.is_keputusan or Hasil.LANJUT not in s.ke:
        return
    selesai = s.ke[Hasil.LANJUT] is None
    if selesai and s.simbol != Simbol.AKHIR:
        pesan = "Hanya langkah bersimbol akhir yang menuju selesai. Ubah simbolnya menjadi akhir."
        yield Masalah("akhir-tanpa-simbol", s.nomor, "simbol", pesan)
    if not selesai and s.simbol == Simbol.AKHIR:
        pesan = "Langkah akhir menuju selesai. Isi lanjut dengan selesai, atau ubah simbolnya."
        yield Masalah("akhir-berlanjut", s.nomor, Hasil.LANJUT, pesan)


def _waktu(s: SimpulLangkah, _graf: Graf) -> Iterator[Masalah]:
    if s.waktu is None and (pesan := _alasan_tak_terbaca(s.waktu_teks)):
        yield Masalah("waktu-tak-terbaca", s.nomor, "waktu", pesan)


def _alasan_tak_terbaca(waktu_teks: str) -> str:
    try:
        parse_waktu(waktu_teks)
    except WaktuTidakTerbaca as galat:
        return str(galat)
    return ""


def _beda_orang(s: SimpulLangkah, graf: Graf) -> Iterator[Masalah]:
    for nomor in s.beda_orang_dari:
        if nomor == TERHAPUS:
            pesan = "Langkah yang disebut di sini sudah dihapus. Pilih langkah lain atau kosongkan."
            yield Masalah("beda-orang", s.nomor, "beda_orang_dari", pesan)
        elif nomor >= s.nomor or nomor not in graf.menurut_nomor:
            pesan = (
                f"Langkah {nomor} bukan langkah sebelumnya. Sebut nomor langkah yang lebih dahulu."
            )
            yield Masalah("beda-orang", s.nomor, "beda_orang_dari", pesan)


def _peringatan(s: SimpulLangkah, graf: Graf) -> Iterator[Masalah]:
    ragu = Tingkat.PERINGATAN
    for kolom in s.perlu_konfirmasi:
        pesan = s.catatan_sumber.get(kolom) or "Isi sel ini diragukan. Cocokkan dengan naskah asli."
        yield Masalah("perlu-konfirmasi", s.nomor, kolom, pesan, ragu)
    if s.waktu is None and not _alasan_tak_terbaca(s.waktu_teks):
        pesan = "Tanpa waktu baku; tugasnya tidak akan punya batas waktu."
        yield Masalah("tanpa-waktu", s.nomor, "waktu", pesan, ragu)
    if s.waktu_per_unit and not s.per_unit:
        pesan = "Waktu ditulis per unit, tetapi langkah ini tidak disebar ke unit."
        yield Masalah("waktu-per-unit", s.nomor, "waktu", pesan, ragu)
    kembali = graf.menurut_id.get(s.ke.get(Hasil.TIDAK) or 0)
    if kembali and kembali.periode != s.periode:
        pesan = "Tidak kembali ke langkah yang periodenya berbeda."
        yield Masalah("tidak-lintas-periode", s.nomor, Hasil.TIDAK, pesan, ragu)


_SELURUH: tuple[Callable[[Graf], Iterator[Masalah]], ...] = (
    _nomor,
    _mulai,
    _terjangkau,
    _putaran,
    _periode_berurutan,
)
_TIAP_LANGKAH: tuple[Callable[[SimpulLangkah, Graf], Iterator[Masalah]], ...] = (
    _isian,
    _pelaksana,
    _jalur,
    _arah,
    _akhir,
    _waktu,
    _beda_orang,
    _peringatan,
)
