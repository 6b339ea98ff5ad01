"""What an uploaded SOP file says, before any of it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from organisasi.models import Instansi, Jabatan, Jejak
from organisasi.selectors import list_jejak
from sakip.common.errors import IsianTidakSah
from sakip.common.lembar import read_buku
from sop.models import SOP, UnggahanSOP, VersiSOP
from sop.rules.berkas import BerkasSOP, HasilBaca, read_berkas
from sop.rules.berkas.simpan import NomorGanda, make_storable
from sop.rules.lembar import BukanLembarSOP, Derajat, HasilLembar, Temuan, read_lembar
from sop.rules.pemetaan import name_jabatan
from sop.selectors.graf import map_jabatan, read_sidik
from sop.selectors.halaman import HalamanVersi, describe_halaman

AKHIRAN_YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class Padanan:
    """A post of the file that the office does not know, and the post chosen for it, "" yet none."""

    sebutan: str
    tempat: str
    kode: str


@dataclass(frozen=True)
class Pratinjau:
    """The preview of an upload. sop_lama: the SOP that would get a new version, if any."""

    unggahan: UnggahanSOP
    hasil: HasilLembar
    halaman: HalamanVersi
    padanan: tuple[Padanan, ...]
    jabatan: tuple[Jabatan, ...]
    sop_lama: SOP | None
    kode: str
    nama: str

    @property
    def belum(self) -> int:
        """Cells that were not read."""
        return sum(t.derajat == Derajat.BELUM for t in self.hasil.temuan)

    @property
    def ragu(self) -> int:
        """Cells that were read and should be checked."""
        return sum(t.derajat == Derajat.RAGU for t in self.hasil.temuan)


def list_unggahan(instansi: Instansi) -> QuerySet[UnggahanSOP]:
    """Uploads that wait in the office, newest first, without their bytes. One query."""
    daftar = UnggahanSOP.objects.filter(instansi=instansi).select_related("pengunggah")
    return daftar.defer("isi")


def read_isi(isi: bytes, nama: str, jabatan: Mapping[str, str]) -> HasilLembar:
    """Read a workbook or a data file, by its name. jabatan: names of posts to kode.

    Raises:
        IsianTidakSah: it cannot be read at all, or holds no SOP; the message says what to do.
    """
    if PurePath(nama).suffix.lower() in AKHIRAN_YAML:
        hasil = _read_yaml(isi, jabatan)
    else:
        try:
            hasil = read_lembar(read_buku(isi), jabatan)
        except BukanLembarSOP as sebab:
            raise IsianTidakSah(str(sebab)) from sebab
    try:
        return replace(hasil, sop=make_storable(hasil.sop))
    except NomorGanda as sebab:
        raise IsianTidakSah(str(sebab)) from sebab


def _read_yaml(isi: bytes, jabatan: Mapping[str, str]) -> HasilLembar:
    try:
        teks = isi.decode("utf-8-sig")
    except UnicodeDecodeError as sebab:
        raise IsianTidakSah(
            _("Berkas data ini bukan teks UTF-8. Simpan ulang sebagai UTF-8, lalu unggah lagi.")
        ) from sebab
    hasil = read_berkas(teks, jabatan)
    if hasil.mentah is None:
        raise IsianTidakSah(str(hasil.galat[0]))
    asing = {sebutan: _("baris %(n)d") % {"n": baris} for sebutan, baris in hasil.asing.items()}
    return HasilLembar(hasil.mentah, tuple(_list_temuan(hasil)), (), asing)


def _list_temuan(hasil: HasilBaca) -> list[Temuan]:
    return [
        Temuan(
            _("baris %(n)d") % {"n": m.baris},
            str(m.masalah),
            Derajat.BELUM,
            m.masalah.langkah,
            m.masalah.kolom,
        )
        for m in hasil.galat
    ]


def read_unggahan(unggahan: UnggahanSOP) -> HasilLembar:
    """Read an upload with the posts chosen so far. One query."""
    kenal = map_jabatan(unggahan.instansi)
    milik = set(kenal.values())
    peta = {sebutan: kode for sebutan, kode in unggahan.peta.items() if kode in milik}
    return read_isi(bytes(unggahan.isi), unggahan.nama_berkas, kenal | peta)


def build_pratinjau(unggahan: UnggahanSOP) -> Pratinjau:
    """The SOP as it would be written. Three queries."""
    hasil = read_unggahan(unggahan)
    isi = name_sop(hasil.sop, unggahan.nama_berkas)
    contoh = VersiSOP(sop=SOP(nama=isi.nama), nomor=1)
    jabatan = tuple(Jabatan.objects.filter(instansi=unggahan.instansi).order_by("nama"))
    graf = name_jabatan(isi.graf, {j.kode: j.nama for j in jabatan})
    sebutan = dict.fromkeys([*unggahan.peta, *hasil.asing])
    return Pratinjau(
        unggahan=unggahan,
        hasil=hasil,
        halaman=describe_halaman(contoh, graf, isi.identitas),
        padanan=tuple(
            Padanan(s, hasil.asing.get(s, ""), unggahan.peta.get(s, "")) for s in sebutan
        ),
        jabatan=tuple(j for j in jabatan if j.tingkat != Jabatan.Tingkat.PENGELOLA),
        sop_lama=SOP.objects.filter(instansi=unggahan.instansi, kode=isi.kode).first(),
        kode=isi.kode,
        nama=isi.nama,
    )


@dataclass(frozen=True)
class Konsep:
    """An open konsep that an upload would replace. terakhir: the last act on it."""

    versi: VersiSOP
    sidik: str
    terakhir: Jejak | None


def find_konsep(instansi: Instansi, kode: str) -> Konsep | None:
    """The open konsep of the office's SOP with that kode. One query where there is none."""
    daftar = VersiSOP.objects.select_related("sop__instansi").filter(
        sop__instansi=instansi, sop__kode=kode, status=VersiSOP.Status.KONSEP
    )
    versi = daftar.first()
    if versi is None:
        return None
    return Konsep(versi, read_sidik(versi), list_jejak(versi).order_by("-urut").first())


def name_sop(sop: BerkasSOP, nama_berkas: str) -> BerkasSOP:
    """The SOP with a name and a kode, from its file where it says none."""
    nama = sop.nama or PurePath(nama_berkas).stem
    kode = sop.kode or slugify(nama.removeprefix("SOP "))[:60].strip("-")
    return replace(sop, nama=nama, kode=kode or "sop")
