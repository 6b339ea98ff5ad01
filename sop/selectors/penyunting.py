"""What the editor of a konsep shows: rows, findings with their cells, doubts, the drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from organisasi.models import Jejak
from organisasi.selectors import list_jejak
from sop.models import VersiSOP, sebutan
from sop.models.sebutan import name_kolom
from sop.rules.bagan.ringkas import Ringkas, make_tergambar, write_ringkas
from sop.rules.bagan.svg import Sampul
from sop.rules.durasi import WaktuTidakTerbaca, parse_waktu
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.identitas import Identitas, check_identitas
from sop.rules.istilah import Hasil
from sop.rules.kantor import Kantor, check_kantor
from sop.rules.masalah import Masalah
from sop.rules.periksa import check_graf
from sop.rules.sunting import read_satuan
from sop.selectors.bagan import arrange_naskah, build_kepala
from sop.selectors.graf import read_graf, read_identitas
from sop.selectors.kantor import read_kantor

_BUKAN_TEMUAN = "perlu-konfirmasi"


@dataclass(frozen=True)
class Bahan:
    """All that the editor reads about one konsep."""

    versi: VersiSOP
    graf: Graf
    identitas: Identitas
    kantor: Kantor


@dataclass(frozen=True)
class Baris:
    """One row of the table. jalur: (words, colour) of its arrows; waktu_baca: how it is read."""

    langkah: SimpulLangkah
    pelaksana: tuple[str, ...]
    waktu_baca: str
    jalur: tuple[tuple[str, str], ...]
    salah: bool
    ragu: int


@dataclass(frozen=True)
class Temuan:
    """A finding with the way to its cell. langkah: id of its step, None for none."""

    tempat: str
    pesan: str
    url: str
    is_galat: bool
    langkah: int | None


@dataclass(frozen=True)
class Ragu:
    """A doubtful cell. langkah: id of its step, None for the identity page."""

    langkah: int | None
    kolom: str
    tempat: str
    isi: str
    catatan: str
    url: str


@dataclass(frozen=True)
class HalamanSunting:
    """The whole editor page."""

    bahan: Bahan
    baris: tuple[Baris, ...]
    temuan: tuple[Temuan, ...]
    ragu: tuple[Ragu, ...]
    bagan: str

    @property
    def banyak_galat(self) -> int:
        """Findings that block publishing."""
        return sum(t.is_galat for t in self.temuan)

    @property
    def banyak_peringatan(self) -> int:
        """Findings that do not."""
        return len(self.temuan) - self.banyak_galat


def read_bahan(versi: VersiSOP, *, pada: datetime) -> Bahan:
    """Route, identity page and office of one version. Five queries."""
    kantor = read_kantor(versi.sop.instansi, pada=pada)
    return Bahan(versi, read_graf(versi.pk), read_identitas(versi), kantor)


def build_sunting(bahan: Bahan, *, sunting: int | None = None) -> HalamanSunting:
    """The page, with the step of that id open. No query."""
    temuan = check_semua(bahan)
    salah = {m.langkah for m in temuan if m.is_galat and m.langkah is not None}
    return HalamanSunting(
        bahan=bahan,
        baris=tuple(_baris(s, bahan, salah=s.nomor in salah) for s in bahan.graf.langkah),
        temuan=tuple(_temuan(m, bahan) for m in temuan),
        ragu=list_ragu(bahan),
        bagan=draw_konsep(bahan, salah=salah, sunting=sunting),
    )


def check_semua(bahan: Bahan) -> list[Masalah]:
    """Everything found about route, identity page and office, galat first; doubts apart."""
    semua = [
        *check_graf(bahan.graf),
        *check_kantor(bahan.graf, bahan.kantor),
        *check_identitas(bahan.identitas),
    ]
    return sorted((m for m in semua if m.kode != _BUKAN_TEMUAN), key=lambda m: not m.is_galat)


def draw_konsep(bahan: Bahan, *, salah: set[int], sunting: int | None = None) -> str:
    """The narrow drawing, faults marked; "" without steps. No query."""
    graf = make_tergambar(bahan.graf, _("Belum ditentukan"))
    if not graf.langkah:
        return ""
    sampul = Sampul(
        kepala=build_kepala(bahan.identitas),
        judul=_("Diagram alir %(nama)s") % {"nama": bahan.versi},
        keterangan=_("Diagram alir %(n)d langkah; uraiannya ada pada tabel langkah.")
        % {"n": len(graf.langkah)},
        keadaan=dict.fromkeys(salah, "galat"),
    )
    waktu = {s.nomor: s.waktu_teks for s in bahan.graf.langkah}
    dibuka = bahan.graf.menurut_id.get(sunting or 0)
    susunan = arrange_naskah(graf, bahan.identitas)
    return write_ringkas(susunan, Ringkas(sampul, waktu, dibuka.nomor if dibuka else None))


def _baris(s: SimpulLangkah, bahan: Bahan, *, salah: bool) -> Baris:
    unit = {kode: str(nama) for kode, nama in sebutan.JENIS_UNIT}
    orang = []
    for p in sorted(s.pelaksana, key=lambda p: p.urutan):
        jenis = _(" dan ").join(unit[j] for j in p.per_unit)
        orang.append(f"{p.jabatan_nama}, {_('tiap')} {jenis}" if jenis else p.jabatan_nama)
    return Baris(
        langkah=s,
        pelaksana=tuple(orang),
        waktu_baca=describe_waktu(s, bahan),
        jalur=tuple(_jalur(h, s, bahan.graf) for h in Hasil if h.value in s.ke),
        salah=salah,
        ragu=len(s.perlu_konfirmasi),
    )


def _jalur(hasil: Hasil, s: SimpulLangkah, graf: Graf) -> tuple[str, str]:
    nomor = graf.nomor(s.ke[hasil.value])
    tujuan = _("selesai") if nomor is None else str(nomor)
    if hasil == Hasil.LANJUT:
        return tujuan.capitalize(), ""
    kata = {Hasil.YA: (_("Ya → %(ke)s"), "daun"), Hasil.TIDAK: (_("Tidak → %(ke)s"), "bata")}
    pola, warna = kata[hasil]
    return pola % {"ke": tujuan}, warna


def describe_waktu(s: SimpulLangkah, bahan: Bahan) -> str:
    """How the time of a step is read, "" where the text says it all already."""
    if s.waktu is None:
        return ""
    if s.waktu_per_unit:
        unit = len(bahan.kantor.list_unit(s.per_unit))
        if unit:
            isi = {"semua": s.waktu.kali(unit), "satu": s.waktu, "n": unit}
            return _("dibaca %(semua)s: %(satu)s per unit, %(n)d unit") % isi
        return _("dibaca %(satu)s per unit") % {"satu": s.waktu}
    tertulis = " ".join(s.waktu_teks.lower().split())
    if str(s.waktu).startswith(tertulis) and not tertulis.isdecimal():
        return ""
    return _("dibaca %(waktu)s") % {"waktu": s.waktu}


def explain_waktu(s: SimpulLangkah, bahan: Bahan) -> tuple[str, bool]:
    """What stands under the field while it is typed: words, and whether they are a galat."""
    try:
        parse_waktu(s.waktu_teks, read_satuan(bahan.identitas))
    except WaktuTidakTerbaca as galat:
        return str(galat), True
    if s.waktu is None:
        return _("Kosong: langkah ini tanpa batas waktu."), False
    return (describe_waktu(s, bahan) or _("dibaca %(waktu)s") % {"waktu": s.waktu}), False


# --- ways to the cells ------------------------------------------------------------------------


def url_sel(versi_id: int, langkah_id: int | None, kolom: str) -> str:
    """Address of the field in which that cell is edited."""
    ruas = _RUAS.get(kolom, kolom)
    if langkah_id is not None:
        return f"{reverse('sop:edit-langkah', args=[versi_id, langkah_id])}#id_{ruas}"
    if kolom == "judul_pelaksana":
        return reverse("sop:edit-peran", args=[versi_id])
    return f"{reverse('sop:edit-identitas', args=[versi_id])}#id_{ruas}"


_RUAS: Mapping[str, str] = {
    "": "kegiatan",
    "waktu": "waktu_teks",
    "pelaksana": "pelaksana-0-jabatan",
    "beda_orang_dari": "beda_orang",
    "disahkan": "disahkan_jabatan",
    "judul_kolom": "judul_kolom_no",
    **{
        f"tanggal_{t}": f"tanggal_{t}_teks"
        for t in ("pembuatan", "revisi", "efektif", "pengesahan")
    },
}


def _temuan(m: Masalah, bahan: Bahan) -> Temuan:
    pk = bahan.versi.pk
    langkah = bahan.graf.menurut_nomor.get(m.langkah or 0)
    asal = langkah.id if langkah else None
    if m.langkah is None and not m.kolom:
        url = f"{reverse('sop:edit-rute', args=[pk])}#tabel-langkah"
    else:
        url = url_sel(pk, asal, m.kolom)
    return Temuan(_tempat(m.langkah, m.kolom), m.pesan, url, m.is_galat, asal)


def _tempat(nomor: int | None, kolom: str) -> str:
    depan = _("Langkah %(nomor)d") % {"nomor": nomor} if nomor is not None else ""
    nama = name_kolom(kolom) if kolom else ""
    return ", ".join(t for t in (depan, nama) if t).capitalize() or _("Seluruh SOP")


def list_ragu(bahan: Bahan) -> tuple[Ragu, ...]:
    """Cells that wait for confirmation: of the identity page, then step by step."""
    pk, i = bahan.versi.pk, bahan.identitas
    hasil = [
        Ragu(
            None,
            kolom,
            _tempat(None, kolom),
            isi_identitas(i, kolom),
            i.catatan_sumber.get(kolom, ""),
            url_sel(pk, None, kolom),
        )
        for kolom in i.perlu_konfirmasi
    ]
    hasil += [
        Ragu(
            s.id,
            kolom,
            _tempat(s.nomor, kolom),
            isi_sel(s, kolom, bahan.graf),
            s.catatan_sumber.get(kolom, ""),
            url_sel(pk, s.id, kolom),
        )
        for s in bahan.graf.langkah
        for kolom in s.perlu_konfirmasi
    ]
    return tuple(hasil)


def isi_sel(s: SimpulLangkah, kolom: str, graf: Graf) -> str:
    """What stands in one cell of a step, for people."""
    if kolom == "waktu":
        return s.waktu_teks
    if kolom == "pelaksana":
        return "; ".join(_sebut_pelaksana(s))
    if kolom in ("lanjut", "ya", "tidak"):
        if kolom not in s.ke:
            return ""
        nomor = graf.nomor(s.ke[kolom])
        return _("selesai") if nomor is None else _("langkah %(nomor)d") % {"nomor": nomor}
    if kolom in _KATA:
        return str(dict(_KATA[kolom]).get(getattr(s, kolom), ""))
    isi = getattr(s, kolom, "")
    return "; ".join(str(b) for b in isi) if isinstance(isi, tuple) else str(isi)


_KATA = {
    "simbol": sebutan.SIMBOL,
    "tindakan": sebutan.TINDAKAN,
    "periode": sebutan.PERIODE,
}


def _sebut_pelaksana(s: SimpulLangkah) -> list[str]:
    giliran = len({p.urutan for p in s.pelaksana}) > 1
    unit = {kode: str(nama) for kode, nama in sebutan.JENIS_UNIT}
    hasil = []
    for p in sorted(s.pelaksana, key=lambda p: p.urutan):
        kata = p.jabatan_nama
        if p.per_unit:
            kata += f", {_('tiap')} " + _(" dan ").join(unit[j] for j in p.per_unit)
        if giliran:
            kata += " " + _("(giliran %(n)d)") % {"n": p.urutan}
        hasil.append(kata)
    return hasil


def isi_identitas(i: Identitas, kolom: str) -> str:
    """What stands in one field of the identity page, for people."""
    if kolom == "disahkan":
        bagian = (i.disahkan_jabatan, i.disahkan_nama, i.disahkan_pangkat, i.disahkan_nip)
        return "; ".join(b for b in bagian if b)
    if kolom.startswith("tanggal_"):
        return str(getattr(i, f"{kolom}_teks"))
    if kolom == "judul_pelaksana":
        return "; ".join(k.judul for k in i.judul_pelaksana)
    isi = getattr(i, kolom, "")
    if isinstance(isi, Mapping):
        return "; ".join(isi.values())
    return "; ".join(isi) if isinstance(isi, tuple) else str(isi)


# --- the trail --------------------------------------------------------------------------------


def find_jejak_langkah(versi: VersiSOP, langkah_id: int) -> Jejak | None:
    """The last act on that step, removal included. One query."""
    daftar = list_jejak(versi).filter(aksi__startswith="sop.langkah.", data__id=langkah_id)
    return daftar.order_by("-urut").first()


def get_jejak_terakhir(versi: VersiSOP) -> Jejak | None:
    """The last act on the version, whatever it was. One query."""
    return list_jejak(versi).order_by("-urut").first()


def list_konfirmasi(versi: VersiSOP, langkah_id: int | None) -> dict[str, Jejak]:
    """By column: who settled the doubt about it. One query."""
    aksi = "sop.langkah." if langkah_id is not None else "sop.identitas."
    daftar = list_jejak(versi).filter(aksi__startswith=aksi)
    if langkah_id is not None:
        daftar = daftar.filter(data__id=langkah_id)
    hasil: dict[str, Jejak] = {}
    for jejak in daftar:
        kolom: Sequence[str] = jejak.data.get("diperbaiki", [])
        for k in [jejak.data["kolom"]] if jejak.aksi.endswith(".confirm") else kolom:
            hasil[k] = jejak
    return hasil
