"""Notes on a text as they are shown: beside what they hang on, and who may do what with them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db.models import Max
from django.utils.safestring import SafeString, mark_safe

from laporan.models import CatatanKoreksi, Draf, Tugas, VersiDibaca, VersiNaskah
from laporan.rules.beda_naskah import BedaBlok, Nasib
from laporan.rules.beda_teks import mark_beda
from laporan.rules.tindakan import can_edit_naskah, can_examine
from laporan.rules.usul import BERUSUL, kata_polos
from laporan.selectors.meja import find_tugas_saya
from organisasi.middleware import Pelaku
from organisasi.models import Pengguna
from sakip.common.blok import Blok, mark_blok, split_blok
from sakip.common.teks_kaya import bersihkan

_POLOS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True)
class Koreksi:
    """Correction of one draft as one person sees it.

    versi: the newest, which notes hang on. tugas: the person's open turn. dibaca: when this person
    stated having read `versi`; dibaca_lalu: number of the last version read before it, 0 for none.
    bukti: goes with the page that shows `versi` to this person, and comes back with the statement.
    """

    draf: Draf
    versi: VersiNaskah | None
    tugas: Tugas | None
    catatan: list[CatatanKoreksi] = field(default_factory=list)
    dibaca: datetime | None = None
    dibaca_lalu: int = 0
    bukti: str = ""

    @property
    def terbuka(self) -> list[CatatanKoreksi]:
        """Notes somebody still has to see to."""
        return [c for c in self.catatan if c.is_terbuka]

    @property
    def banyak_tutup(self) -> int:
        """How many were seen to."""
        return len(self.catatan) - len(self.terbuka)

    @property
    def dapat_mencatat(self) -> bool:
        """Whether the person examines the text now."""
        if self.tugas is None or self.versi is None or not self._sedang:
            return False
        langkah = self.tugas.kunjungan.langkah
        return can_examine(langkah.tindakan, langkah.simbol)

    @property
    def dapat_menjawab(self) -> bool:
        """Whether the person writes the text now."""
        if self.tugas is None or not self._sedang:
            return False
        langkah = self.tugas.kunjungan.langkah
        return can_edit_naskah(langkah.tindakan, langkah.simbol)

    @property
    def _sedang(self) -> bool:
        return self.tugas is not None and self.tugas.status == Tugas.Status.AKTIF


def get_koreksi(
    draf: Draf, versi: VersiNaskah | None, pelaku: Pelaku, tugas: Sequence[Tugas]
) -> Koreksi:
    """Notes, rights and what was read. Two queries; none before the first version."""
    milik = find_tugas_saya(pelaku, tugas) if draf.is_aktif else None
    if versi is None:
        return Koreksi(draf, None, milik)
    catatan = CatatanKoreksi.objects.filter(draf=draf).exclude(status=CatatanKoreksi.Status.DITARIK)
    dibaca = dict(
        VersiDibaca.objects.filter(versi__draf=draf, pengguna=pelaku.pengguna.pk).values_list(
            "versi__nomor", "pada"
        )
    )
    return Koreksi(
        draf,
        versi,
        milik,
        list(catatan.select_related("versi").order_by("pk")),
        dibaca.get(versi.nomor),
        max((n for n in dibaca if n < versi.nomor), default=0),
        seal_baca(versi, pelaku.pengguna),
    )


def seal_baca(versi: VersiNaskah, orang: Pengguna) -> str:
    """What only a page that shows this version to this person holds."""
    return _pena().sign(f"{versi.draf_id}.{versi.nomor}.{orang.pk}")


def read_baca(bukti: str, draf: Draf, orang: Pengguna) -> int:
    """Number of the version of that draft that was shown to that person; 0 where none was."""
    try:
        draf_id, nomor, orang_id = map(int, _pena().unsign(bukti).split("."))
    except BadSignature:
        return 0
    return nomor if (draf_id, orang_id) == (draf.pk, orang.pk) else 0


def _pena() -> Signer:
    return Signer(salt="laporan.dibaca")


def find_dibaca_lalu(versi: VersiNaskah, orang: Pengguna) -> int:
    """Number of the last version before this one that the person read, 0 for none. One query."""
    lalu = VersiDibaca.objects.filter(
        versi__draf=versi.draf_id, versi__nomor__lt=versi.nomor, pengguna=orang
    )
    return lalu.aggregate(n=Max("versi__nomor"))["n"] or 0


@dataclass(frozen=True)
class CatatanLihat:
    """One note to be shown. hilang: what it hangs on is gone; beda: the proposal, marked.

    tuju: where who writes finds its part; "" for others.
    """

    baris: CatatanKoreksi
    hilang: bool
    beda: SafeString
    tuju: str = ""


def show_catatan(
    catatan: CatatanKoreksi, ada: Collection[tuple[str, str]], tuju: str = ""
) -> CatatanLihat:
    """A note beside the blocks that are there: (chapter, code) each."""
    hilang = bool(catatan.blok) and (catatan.bab, catatan.blok) not in ada
    return CatatanLihat(catatan, hilang, mark_usul(catatan), tuju)


def mark_usul(catatan: CatatanKoreksi) -> SafeString:
    """What the proposal changes in the words it was made for; empty without a proposal."""
    if not catatan.usul:
        return SafeString("")
    lama, baru = (f"<p>{t.translate(_POLOS)}</p>" for t in (catatan.kutipan, catatan.usul))
    return mark_safe(mark_beda(lama, baru))  # noqa: S308 - both sides escaped on the line above


@dataclass(frozen=True)
class BlokLihat:
    """One block of the paper with the notes that hang on it. beda: what became of it, if anything.

    A block that was deleted stands there too, marked, without notes.
    """

    kode: str
    html: SafeString
    catatan: list[CatatanLihat]
    beda: BedaBlok | None = None

    @property
    def is_terbuka(self) -> bool:
        """Whether a note on it waits."""
        return any(c.baris.is_terbuka for c in self.catatan)

    @property
    def is_hapus(self) -> bool:
        """Whether it is not in this version any more."""
        return self.beda is not None and self.beda.nasib == Nasib.DIHAPUS


def list_blok(
    bab: str, html: str, koreksi: Koreksi, beda: Sequence[BedaBlok] = ()
) -> tuple[list[BlokLihat], list[CatatanLihat]]:
    """Blocks of one part with their notes, and the notes that hang on the whole part.

    beda: the same blocks with what changed marked, and the deleted ones; empty to show none of it.
    """
    semua = split_blok(mark_blok(bersihkan(html)))
    ada = {(bab, b.kode) for b in semua}
    milik = [show_catatan(c, ada) for c in koreksi.catatan if c.bab == bab]
    tampil = [(b.kode, b.html, b if b.nomor else None) for b in beda]
    tampil = tampil or [(b.kode, b.html, None) for b in semua]
    blok = [_show_blok(*satu, milik) for satu in tampil]
    return blok, [c for c in milik if c.hilang or not c.baris.blok]


def _show_blok(
    kode: str, html: str, beda: BedaBlok | None, catatan: Sequence[CatatanLihat]
) -> BlokLihat:
    milik = [c for c in catatan if c.baris.blok == kode and not c.hilang]
    return BlokLihat(kode, mark_safe(html), milik, beda)  # noqa: S308 - cleaned by the caller


@dataclass(frozen=True)
class Sasaran:
    """What a new note is to hang on. kata: its words; usul: whether a sentence may be proposed."""

    bab: str
    judul: str
    blok: Blok | None
    kata: str = ""
    usul: bool = False


def find_sasaran(versi: VersiNaskah, bab: str, kode: str) -> Sasaran | None:
    """The part, or the block in it, of that version; None where there is no such one."""
    isi = next((b for b in versi.isi if b["kode"] == bab), None)
    if isi is None:
        return None
    if not kode:
        return Sasaran(bab, isi["judul"], None)
    blok = next((b for b in split_blok(isi["html"]) if b.kode == kode), None)
    if blok is None:
        return None
    return Sasaran(bab, isi["judul"], blok, kata_polos(blok.isi), blok.tag in BERUSUL)
