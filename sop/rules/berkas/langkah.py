"""Reading one step of a data file."""

from collections.abc import Mapping
from typing import Any

import yaml

from sakip.common.waktu import Durasi, SatuanWaktu
from sop.rules.berkas.pembaca import Pembaca, Simpul, line_of
from sop.rules.durasi import WaktuTidakTerbaca, parse_waktu
from sop.rules.graf import SimpulLangkah, SimpulPelaksana
from sop.rules.istilah import Hasil, JenisUnit

SELESAI = "selesai"
_TEKS = ("kegiatan", "simbol", "tindakan", "output", "keterangan", "periode")
_DAFTAR = ("kelengkapan", "kelengkapan_ulang", "efek")
_LAIN = ("pelaksana", "waktu", "waktu_satuan", "beda_orang_dari")
# What a note or a doubt can be about.
KOLOM_LANGKAH = (*_TEKS, *_DAFTAR, *_LAIN, *(h.value for h in Hasil))
KUNCI_LANGKAH = (
    "nomor",
    *KOLOM_LANGKAH,
    "waktu_nilai",
    "waktu_per_unit",
    "catatan_sumber",
    "perlu_konfirmasi",
)
TANPA_BATAS = "tanpa"
_KUNCI_PELAKSANA = ("jabatan", "urutan", "per_unit")


def read_langkah(simpul: Simpul, baca: Pembaca) -> list[SimpulLangkah]:
    """The step at `simpul`, its id being its nomor; empty, and noted, without a readable nomor."""
    nomor = _read_nomor(simpul, baca)
    if nomor is None:
        return []
    baca.langkah = nomor
    baca.baris[nomor, ""] = line_of(simpul)
    peta = baca.read_peta(simpul, KUNCI_LANGKAH)
    langkah = SimpulLangkah(
        id=nomor,
        nomor=nomor,
        ke=_read_jalur(peta, baca),
        pelaksana=tuple(
            p for s in baca.read_simpul(peta.get("pelaksana")) for p in _read_pelaksana(s, baca)
        ),
        beda_orang_dari=_read_beda(peta.get("beda_orang_dari"), baca),
        **_read_sel(peta, baca),
        **_read_waktu(peta, baca),
    )
    baca.langkah = None
    return [langkah]


def _read_nomor(simpul: Simpul, baca: Pembaca) -> int | None:
    pasangan = simpul.value if isinstance(simpul, yaml.MappingNode) else []
    for kunci, isi in pasangan:
        if kunci.value == "nomor":
            return baca.read_bilangan(isi, "nomor")
    pesan = "Langkah ini tidak punya nomor. Awali dengan “nomor: …”."
    baca.note(simpul, "nomor", pesan, "wajib")
    return None


def _read_sel(peta: Mapping[str, Simpul], baca: Pembaca) -> dict[str, Any]:
    isi: dict[str, Any] = {nama: baca.read_teks(peta.get(nama), nama) for nama in _TEKS}
    isi |= {nama: baca.read_daftar(peta.get(nama), nama) for nama in _DAFTAR}
    catatan = peta.get("catatan_sumber")
    isi["catatan_sumber"] = baca.read_peta_teks(catatan, KOLOM_LANGKAH, "catatan_sumber")
    ragu = peta.get("perlu_konfirmasi")
    isi["perlu_konfirmasi"] = baca.read_pilihan(ragu, KOLOM_LANGKAH, "perlu_konfirmasi")
    return isi


def _read_jalur(peta: Mapping[str, Simpul], baca: Pembaca) -> dict[str, int | None]:
    ke: dict[str, int | None] = {}
    for hasil in (h.value for h in Hasil if h.value in peta):
        if baca.read_teks(peta[hasil], hasil) == SELESAI:
            ke[hasil] = None
        elif nomor := baca.read_bilangan(peta[hasil], hasil):
            ke[hasil] = nomor
    return ke


def _read_beda(simpul: Simpul | None, baca: Pembaca) -> tuple[int, ...]:
    """Numbers of steps; 0 stands for one that was deleted, which publishing refuses."""
    nomor = [
        0 if s.value == "0" else baca.read_bilangan(s, "beda_orang_dari")
        for s in baca.read_simpul(simpul)
    ]
    return tuple(n for n in nomor if n is not None)


def _read_waktu(peta: Mapping[str, Simpul], baca: Pembaca) -> dict[str, Any]:
    teks = baca.read_teks(peta.get("waktu"), "waktu")
    satuan = baca.read_satuan(peta.get("waktu_satuan"), "waktu_satuan")
    if "waktu_nilai" in peta:
        per_unit = baca.read_pilihan(peta.get("waktu_per_unit"), ("ya", "tidak"), "waktu_per_unit")
        durasi = _read_durasi(peta["waktu_nilai"], satuan, baca)
        return {"waktu": durasi, "waktu_per_unit": per_unit == ("ya",), "waktu_teks": teks}
    try:
        waktu = parse_waktu(teks, baca.satuan)
    except WaktuTidakTerbaca as galat:
        baca.note(peta["waktu"], "waktu", str(galat), "waktu")
        return {"waktu_teks": teks}
    durasi = waktu.durasi
    if durasi and satuan:
        durasi = Durasi(durasi.nilai, satuan)
    return {"waktu": durasi, "waktu_per_unit": waktu.per_unit, "waktu_teks": teks}


def _read_durasi(simpul: Simpul, satuan: SatuanWaktu | None, baca: Pembaca) -> Durasi | None:
    """The time said outright, whatever the printed text looks like."""
    if baca.read_teks(simpul, "waktu_nilai") == TANPA_BATAS:
        return None
    nilai = baca.read_bilangan(simpul, "waktu")
    if nilai is not None and satuan is None:
        baca.note(simpul, "waktu", "Satuannya belum ada. Tambahkan waktu_satuan.", "wajib")
    return Durasi(nilai, satuan) if nilai and satuan else None


def _read_pelaksana(simpul: Simpul, baca: Pembaca) -> list[SimpulPelaksana]:
    """One line: the name of a post, or a mapping. Empty, and noted, when the post is unknown."""
    peta: dict[str, Simpul] = {"jabatan": simpul}
    if not isinstance(simpul, yaml.ScalarNode):
        peta = {"jabatan": simpul} | baca.read_peta(simpul, _KUNCI_PELAKSANA, "pelaksana")
    kode = baca.read_jabatan(peta["jabatan"], "pelaksana")
    urutan = baca.read_bilangan(peta["urutan"], "pelaksana") if "urutan" in peta else 1
    jenis = baca.read_pilihan(peta.get("per_unit"), [j.value for j in JenisUnit], "pelaksana")
    if kode is None or urutan is None:
        return []
    return [SimpulPelaksana(0, 0, kode, kode, "", urutan, tuple(sorted(set(jenis))))]
