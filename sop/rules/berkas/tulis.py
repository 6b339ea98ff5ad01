"""Writing the data file of an SOP: what is written reads back as the same SOP, to the letter."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import yaml

from sakip.common.waktu import SatuanWaktu
from sop.rules.berkas.baca import BerkasSOP
from sop.rules.berkas.langkah import SELESAI, TANPA_BATAS
from sop.rules.durasi import WaktuTidakTerbaca, parse_waktu
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.identitas import (
    TANGGAL,
    Identitas,
    KolomPelaksana,
    TanggalTidakTerbaca,
    parse_tanggal,
)
from sop.rules.istilah import Hasil, Menghasilkan

_KEPALA = """\
# {nama}
# Berkas data SOP, UTF-8. Kunci yang kosong boleh dihapus; urutannya bebas. Teks disalin apa adanya.
# Muat kembali lewat halaman Impor SOP, atau: manage.py muat_sop BERKAS --instansi KODE
"""
_PENJELASAN: Mapping[str, str] = {
    "kode": "kode: pengenal SOP dalam kantor; kode yang sama berarti versi baru dari SOP itu.",
    "menghasilkan": "menghasilkan: laporan_kinerja, perjanjian_kinerja, atau rencana_aksi.",
    "satuan_waktu": "satuan_waktu: satuan angka tanpa satuan, misalnya dari “Waktu (menit)”.",
    "identitas": """\
identitas: halaman pertama, seperti tercetak. tanggal_…_dibaca hanya bila teksnya bukan tanggal.
# catatan_sumber dan perlu_konfirmasi menyebut bagian yang diragukan pada naskah asli.""",
    "pelaksana": "pelaksana: kolom pada bagan dan kode jabatan yang berdiri di dalamnya.",
    "langkah": """\
langkah: simbol mulai, proses, keputusan, atau akhir; tindakan menentukan halaman kerja.
# lanjut, ya, tidak: nomor langkah tujuan, atau “selesai”. waktu: seperti tercetak;
# waktu_nilai, waktu_satuan, dan waktu_per_unit hanya bila teks itu tidak berkata demikian.
# pelaksana: kode jabatan; urutan 1, 2, … bergiliran; per_unit: satu tugas tiap unit.""",
}
_DAFTAR = ("dasar_hukum", "kualifikasi", "keterkaitan", "peralatan", "peringatan", "pencatatan")
_BAKU = Menghasilkan.LAPORAN_KINERJA.value
_POLOS = ("output", "keterangan", "periode")


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key; text in the plainest style that keeps it to the letter."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - PyYAML's own
        super().increase_indent(flow, False)  # noqa: FBT003 - as above


def _represent_teks(dumper: yaml.SafeDumper, teks: str) -> yaml.ScalarNode:
    gaya = None
    if "\n" in teks or teks != teks.strip() or not teks.isprintable():
        gaya = "|" if all(_is_rapi(baris) for baris in teks.split("\n")) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", teks, style=gaya)


def _is_rapi(baris: str) -> bool:
    return bool(baris) and baris == baris.strip() and baris.isprintable()


_Dumper.add_representer(str, _represent_teks)


def from_rute(sop: BerkasSOP) -> BerkasSOP:
    """The same SOP as a file says it: steps and posts without keys of a database."""
    graf = sop.graf
    langkah = tuple(_lepas(s, graf) for s in sorted(graf.langkah, key=lambda s: s.nomor))
    return replace(sop, graf=Graf(langkah))


def _lepas(s: SimpulLangkah, graf: Graf) -> SimpulLangkah:
    return replace(
        s,
        id=s.nomor,
        ke={hasil: graf.nomor(tujuan) for hasil, tujuan in s.ke.items()},
        pelaksana=tuple(
            SimpulPelaksana(0, 0, p.jabatan_kode, p.jabatan_kode, "", p.urutan, p.per_unit)
            for p in s.pelaksana
        ),
        catatan_sumber=dict(s.catatan_sumber),
    )


def write_berkas(sop: BerkasSOP) -> str:
    """The data file of `sop`, whose steps have their nomor as id (see `from_rute`)."""
    satuan = _satuan_umum(sop.graf)
    isi: dict[str, Any] = {
        "kode": sop.kode,
        "nama": sop.nama,
        "unit_pemilik": sop.unit_pemilik,
        "menghasilkan": "" if sop.menghasilkan == _BAKU else sop.menghasilkan,
        "satuan_waktu": satuan.value if satuan else "",
        "identitas": _identitas(sop.identitas),
        "pelaksana": [_kolom(k) for k in sop.identitas.judul_pelaksana],
        "langkah": [_langkah(s, satuan) for s in sop.graf.langkah],
    }
    wajib = ("kode", "nama", "langkah")
    bagian = [_bagian(k, v) for k, v in isi.items() if k in wajib or v]
    nama = "".join(c for c in sop.nama if c.isprintable())
    return _KEPALA.format(nama=nama) + "".join(bagian)


def _bagian(kunci: str, isi: Any) -> str:  # noqa: ANN401 - whatever YAML can say
    teks = yaml.dump(
        {kunci: isi}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, indent=2
    )
    if kunci == "langkah":
        teks = teks.replace("\n  - nomor:", "\n\n  - nomor:").replace("\n\n", "\n", 1)
    penjelasan = _PENJELASAN.get(kunci)
    return f"\n# {penjelasan}\n{teks}" if penjelasan else teks


def _satuan_umum(graf: Graf) -> SatuanWaktu | None:
    """The unit of bare numbers, where one unit explains all of them."""
    satuan = {s.waktu.satuan for s in graf.langkah if s.waktu and s.waktu_teks.strip().isdecimal()}
    return satuan.pop() if len(satuan) == 1 else None


def _ada(pasangan: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {kunci: isi for kunci, isi in pasangan if isi not in ("", [], {}, ())}


def _identitas(i: Identitas) -> dict[str, Any]:
    isi = _ada([("nama_sop", i.nama_sop), ("kop", list(i.kop)), ("nomor_sop", i.nomor_sop)])
    for nama in TANGGAL:
        isi |= _tanggal(nama, i)
    disahkan = _ada((n, getattr(i, f"disahkan_{n}")) for n in ("jabatan", "nama", "pangkat", "nip"))
    isi |= _ada([("disahkan", disahkan)])
    isi |= _ada((n, list(getattr(i, n))) for n in _DAFTAR)
    return isi | _ada(
        [
            ("judul_uraian", i.judul_uraian),
            ("judul_kolom", dict(i.judul_kolom)),
            ("catatan_sumber", dict(i.catatan_sumber)),
            ("perlu_konfirmasi", list(i.perlu_konfirmasi)),
        ]
    )


def _tanggal(nama: str, i: Identitas) -> dict[str, Any]:
    teks, dibaca = getattr(i, f"{nama}_teks"), getattr(i, nama)
    isi = _ada([(nama, teks)])
    if is_tanggal(teks, dibaca):
        return isi
    return isi | {f"{nama}_dibaca": dibaca.isoformat() if dibaca else "-"}


def is_tanggal(teks: str, dibaca: date | None) -> bool:
    """Whether the printed text alone says that date."""
    try:
        return parse_tanggal(teks) == dibaca
    except TanggalTidakTerbaca:
        return False


def _kolom(k: KolomPelaksana) -> dict[str, Any]:
    isi: dict[str, Any] = {"judul": k.judul, "jabatan": list(k.jabatan)}
    return isi if k.tercetak else isi | {"tercetak": "tidak"}


def _langkah(s: SimpulLangkah, satuan: SatuanWaktu | None) -> dict[str, Any]:
    isi: dict[str, Any] = {
        "nomor": s.nomor,
        "kegiatan": s.kegiatan,
        "simbol": s.simbol,
        "tindakan": s.tindakan,
        "pelaksana": [_pelaksana(p) for p in s.pelaksana],
    }
    isi |= _ada((n, list(getattr(s, n))) for n in ("kelengkapan", "kelengkapan_ulang"))
    isi |= {"waktu": s.waktu_teks} | _waktu(s, satuan)
    isi |= _ada((n, getattr(s, n)) for n in _POLOS)
    isi |= _ada((n, list(getattr(s, n))) for n in ("efek", "beda_orang_dari"))
    for hasil in (h.value for h in Hasil if h.value in s.ke):
        isi[hasil] = SELESAI if s.ke[hasil] is None else s.ke[hasil]
    return isi | _ada(
        [
            ("catatan_sumber", dict(s.catatan_sumber)),
            ("perlu_konfirmasi", list(s.perlu_konfirmasi)),
        ]
    )


def is_waktu(s: SimpulLangkah, satuan: SatuanWaktu | None) -> bool:
    """Whether the printed text alone says the time of the step. satuan: of a bare number."""
    try:
        dibaca = parse_waktu(s.waktu_teks, satuan)
    except WaktuTidakTerbaca:
        return False
    return (dibaca.durasi, dibaca.per_unit) == (s.waktu, s.waktu_per_unit)


def _waktu(s: SimpulLangkah, satuan: SatuanWaktu | None) -> dict[str, Any]:
    """What the printed text alone would not say."""
    if is_waktu(s, satuan):
        return {}
    per_unit = {"waktu_per_unit": "ya"} if s.waktu_per_unit else {}
    if s.waktu is None:
        return {"waktu_nilai": TANPA_BATAS} | per_unit
    return {"waktu_nilai": s.waktu.nilai, "waktu_satuan": s.waktu.satuan.value} | per_unit


def _pelaksana(p: SimpulPelaksana) -> dict[str, Any]:
    isi: dict[str, Any] = {"jabatan": p.jabatan_kode}
    isi |= {"urutan": p.urutan} if p.urutan != 1 else {}
    return isi | _ada([("per_unit", list(p.per_unit))])
