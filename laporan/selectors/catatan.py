"""What was recorded along the way: meetings, letters, copies, archive, files of turns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from laporan.models import (
    ButirReviu,
    CatatanArsip,
    CatatanLangkah,
    Draf,
    Lampiran,
    Penggandaan,
    Rapat,
    ReviuAPIP,
    SuratPengantar,
    Undangan,
)
from sakip.common.teks_kaya import bersihkan
from sakip.common.waktu import jam_menit, tanggal_angka, tanggal_panjang
from sop.selectors import get_graf

_KOSONG = SafeString("")


@dataclass(frozen=True)
class CatatanTampil:
    """One record as shown. cetak: kinds of PDF with their words, under the row's id.

    tautan: address and words of papers that are found another way.
    """

    kunjungan_id: int
    judul: str
    pk: int = 0
    rincian: Sequence[tuple[str, str]] = ()
    html: SafeString = _KOSONG
    cetak: Sequence[tuple[str, str]] = ()
    lampiran: Sequence[Lampiran] = field(default_factory=list)
    tautan: Sequence[tuple[str, str]] = ()


def list_catatan(draf: Draf) -> list[CatatanTampil]:
    """Records of a draft in the order of its visits.

    Asks only for what its route can hold: at most two queries for each kind of step, and one for
    files.
    """
    tindakan = {s.tindakan for s in get_graf(draf.versi_id, draf.versi.sidik).langkah}
    hasil = [catatan for syarat, sumber in _SUMBER if tindakan & syarat for catatan in sumber(draf)]
    hasil += _list_lampiran(draf)
    return sorted(hasil, key=lambda c: c.kunjungan_id)


def group_catatan(catatan: Iterable[CatatanTampil]) -> dict[int, list[CatatanTampil]]:
    """The same by visit."""
    kelompok: dict[int, list[CatatanTampil]] = {}
    for c in catatan:
        kelompok.setdefault(c.kunjungan_id, []).append(c)
    return kelompok


def _list_lampiran(draf: Draf) -> list[CatatanTampil]:
    kelompok: dict[tuple[int, str], list[Lampiran]] = {}
    daftar = Lampiran.objects.filter(tugas__draf=draf).select_related("tugas")
    for satu in daftar.order_by("pk"):
        kunci = (satu.tugas.kunjungan_id, str(satu.get_untuk_display()))
        kelompok.setdefault(kunci, []).append(satu)
    return [
        CatatanTampil(kunjungan, judul, lampiran=berkas)
        for (kunjungan, judul), berkas in kelompok.items()
    ]


def describe_waktu(undangan: Undangan, draf: Draf) -> str:
    """ "Rabu, 14 Oktober 2026 pukul 09.00 sampai 11.00 WIB"."""
    zona = draf.instansi.zona_waktu
    mulai = undangan.mulai.astimezone(zona)
    akhir = f" sampai {jam_menit(undangan.selesai.astimezone(zona))}" if undangan.selesai else ""
    nama = draf.instansi.get_zona_display()
    return f"{tanggal_panjang(mulai)} pukul {jam_menit(mulai)}{akhir} {nama}"


def name_orang(nama: str, jabatan: str) -> str:
    """ "Budi Santoso (Camat)"."""
    return f"{nama} ({jabatan})" if jabatan else nama


def _show_undangan(u: Undangan, draf: Draf) -> CatatanTampil:
    tempat = ", ".join(filter(None, [u.tempat, u.tautan]))
    peserta = "; ".join(name_orang(p.nama, p.jabatan) for p in u.peserta.all())
    return CatatanTampil(
        u.kunjungan_id,
        f"Undangan: {u.acara}",
        u.pk,
        [("Waktu", describe_waktu(u, draf)), ("Tempat", tempat), ("Diundang", peserta)],
        cetak=[("undangan", "Undangan")],
    )


def _show_rapat(r: Rapat, draf: Draf) -> CatatanTampil:
    semua = list(r.kehadiran.all())
    hadir = "; ".join(name_orang(k.nama, k.jabatan) for k in semua if k.is_hadir)
    tidak = "; ".join(name_orang(k.nama, k.jabatan) for k in semua if not k.is_hadir)
    rincian = [
        ("Waktu", describe_waktu(r.undangan, draf)),
        ("Pimpinan", r.pimpinan),
        ("Hadir", hadir),
        ("Tidak hadir", tidak),
    ]
    return CatatanTampil(
        r.kunjungan_id,
        f"Rapat: {r.undangan.acara}",
        r.pk,
        [(nama, nilai) for nama, nilai in rincian if nilai],
        mark_safe(bersihkan(r.notulen)),  # noqa: S308 - cleaned on the line itself
        [("notulen", "Notulen"), ("daftar-hadir", "Daftar hadir")],
    )


def _show_surat(s: SuratPengantar) -> CatatanTampil:
    judul = f"Surat pengantar {s.nomor or 'belum bernomor'}"
    rincian = [
        ("Tanggal", tanggal_angka(s.tanggal)),
        ("Tujuan", "; ".join(t.kepada for t in s.tujuan.all())),
        ("Perihal", s.perihal),
        ("Keadaan", "" if s.is_berlaku else "Diganti surat putaran berikutnya"),
    ]
    return CatatanTampil(
        s.kunjungan_id,
        judul,
        s.pk,
        [(nama, nilai) for nama, nilai in rincian if nilai],
        cetak=[("surat-pengantar", "Surat pengantar")],
    )


def _show_penggandaan(g: Penggandaan) -> CatatanTampil:
    salinan = list(g.salinan.all())
    penerima = "; ".join(
        f"{s.untuk}, {s.jumlah} eksemplar"
        + (f", diterima {s.penerima}" if s.penerima else "")
        + (f" {tanggal_angka(s.diterima_pada)}" if s.diterima_pada else "")
        for s in salinan
    )
    return CatatanTampil(
        g.kunjungan_id,
        f"Penggandaan: {sum(s.jumlah for s in salinan)} eksemplar",
        g.pk,
        [("Tanggal", tanggal_angka(g.tanggal)), ("Oleh", g.oleh), ("Untuk", penerima)],
        cetak=[("daftar-penyampaian", "Daftar penyampaian")],
    )


def _show_arsip(a: CatatanArsip) -> CatatanTampil:
    return CatatanTampil(
        a.kunjungan_id,
        f"Arsip {a.klasifikasi}",
        a.pk,
        [("Uraian", a.uraian), ("Tempat simpan", a.lokasi), ("Retensi", a.retensi)],
    )


def _show_reviu(r: ReviuAPIP) -> CatatanTampil:
    temuan = sum(b.jawaban == ButirReviu.Jawaban.TIDAK for b in r.butir.all())
    rincian = [
        ("Pereviu", f"{r.pereviu}{f', nomor {r.nomor}' if r.nomor else ''}"),
        ("Tanggal", tanggal_angka(r.tanggal)),
        ("Simpulan", str(r.get_simpulan_display())),
        ("Catatan", r.catatan),
        ("Daftar periksa", f"{temuan} dari {len(r.butir.all())} butir tidak sesuai"),
    ]
    alamat = reverse("laporan:print-pernyataan-reviu", args=[r.draf_id])
    return CatatanTampil(
        r.kunjungan_id,
        "Reviu APIP",
        r.pk,
        [(nama, nilai) for nama, nilai in rincian if nilai],
        tautan=[(alamat, "Pernyataan telah direviu")] if r.ditutup_pada else (),
    )


def _list_reviu(draf: Draf) -> Iterator[CatatanTampil]:
    return (_show_reviu(r) for r in ReviuAPIP.objects.filter(draf=draf).prefetch_related("butir"))


def _list_undangan(draf: Draf) -> Iterator[CatatanTampil]:
    daftar = Undangan.objects.filter(draf=draf).prefetch_related("peserta")
    return (_show_undangan(u, draf) for u in daftar)


def _list_rapat(draf: Draf) -> Iterator[CatatanTampil]:
    daftar = Rapat.objects.filter(draf=draf).select_related("undangan")
    return (_show_rapat(r, draf) for r in daftar.prefetch_related("kehadiran"))


def _list_surat(draf: Draf) -> Iterator[CatatanTampil]:
    daftar = SuratPengantar.objects.filter(draf=draf).prefetch_related("tujuan")
    return (_show_surat(s) for s in daftar)


def _list_penggandaan(draf: Draf) -> Iterator[CatatanTampil]:
    daftar = Penggandaan.objects.filter(draf=draf).prefetch_related("salinan")
    return (_show_penggandaan(g) for g in daftar)


def _list_arsip(draf: Draf) -> Iterator[CatatanTampil]:
    return (_show_arsip(a) for a in CatatanArsip.objects.filter(draf=draf))


_RAPAT = frozenset({"rapat", "sosialisasi"})
# Kinds of step, and what they leave behind.
_SUMBER: tuple[tuple[frozenset[str], Callable[[Draf], Iterator[CatatanTampil]]], ...] = (
    (_RAPAT, _list_undangan),
    (_RAPAT, _list_rapat),
    (frozenset({"surat"}), _list_surat),
    (frozenset({"penggandaan"}), _list_penggandaan),
    (frozenset({"arsip"}), _list_arsip),
    (frozenset({"reviu"}), _list_reviu),
)

# Kinds of PDF: the row each is made of.
CETAKAN: dict[str, type[CatatanLangkah]] = {
    "undangan": Undangan,
    "notulen": Rapat,
    "daftar-hadir": Rapat,
    "surat-pengantar": SuratPengantar,
    "daftar-penyampaian": Penggandaan,
}
