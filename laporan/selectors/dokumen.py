"""Reading documents and signatures: for the signer, for readers of the draft, for the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from laporan.models import Dokumen, Draf, Efek, SuratPengantar, TandaTangan, Tugas
from laporan.rules.tindakan import TINDAKAN, Halaman
from laporan.selectors.cetak import RUAS_LUAR
from laporan.selectors.naskah import get_versi_terakhir

# Signature field of a letter: one signer only.
RUAS_SURAT = "TTE_surat"


def get_dokumen_tanda(tugas: Tugas) -> Dokumen | None:
    """The document to sign in that turn, if it is made.

    At a step of letters the newest PDF of the letter of this visit, and none while a newer one is
    still to be made; else the frozen report of the version last handed over.
    """
    if is_surat(tugas):
        efek = get_efek_surat(tugas)
        if efek is None or efek.status != Efek.Status.SELESAI:
            return None
        surat = SuratPengantar.objects.filter(kunjungan=tugas.kunjungan_id).first()
        return get_dokumen_surat(surat) if surat else None
    versi = get_versi_terakhir(tugas.draf)
    return Dokumen.objects.filter(versi_naskah=versi).first() if versi else None


def get_dokumen_surat(surat: SuratPengantar) -> Dokumen | None:
    """The newest PDF of a letter, as frozen for its signature."""
    daftar = Dokumen.objects.filter(surat=surat).select_related("surat", "draf")
    return daftar.order_by("-pk").first()


def can_sign(tugas: Tugas) -> bool:
    """Whether that turn has a ceremony: its step signs, or a letter of it was promised as PDF."""
    if is_surat(tugas):
        return get_efek_surat(tugas) is not None
    return TINDAKAN[tugas.kunjungan.langkah.tindakan].halaman == Halaman.TANDA_TANGAN


def get_efek_surat(tugas: Tugas) -> Efek | None:
    """The newest job that makes the PDF of the letter of this visit."""
    daftar = Efek.objects.filter(kunjungan=tugas.kunjungan_id, jenis=Efek.Jenis.BEKUKAN_SURAT)
    return daftar.order_by("-pk").first()


def is_surat(tugas: Tugas) -> bool:
    """Whether the step of that turn makes a letter."""
    return TINDAKAN[tugas.kunjungan.langkah.tindakan].halaman == Halaman.SURAT


def get_dokumen_terakhir(draf: Draf) -> Dokumen | None:
    """The newest report there is, also while a newer version is still being written."""
    daftar = Dokumen.objects.filter(draf=draf, jenis=Dokumen.Jenis.LAPORAN)
    return daftar.order_by("-versi_naskah__nomor").first()


def list_rantai(
    dokumen: Dokumen, *, kecuali: tuple[int, int | None] | None = None
) -> list[TandaTangan]:
    """Signatures that stand on one another in the newest file, oldest first.

    Signing again after a return begins at the bytes before one's earlier signature.
    kecuali: (pelaksana, unit) who is about to sign; the chain ends before his earlier signature.
    """
    rantai: list[TandaTangan] = []
    for tanda in dokumen.tanda_tangan.select_related("tugas").order_by("urut"):
        rantai = _cut(rantai, (tanda.tugas.pelaksana_id, tanda.tugas.unit_id))
        rantai.append(tanda)
    return _cut(rantai, kecuali) if kecuali else rantai


def _cut(rantai: list[TandaTangan], siapa: tuple[int, int | None]) -> list[TandaTangan]:
    urut = [(t.tugas.pelaksana_id, t.tugas.unit_id) for t in rantai]
    return rantai[: urut.index(siapa)] if siapa in urut else rantai


def group_sidik(sidik: str) -> str:
    """A fingerprint or code as people compare it: in groups of four."""
    return " ".join(sidik[n : n + 4] for n in range(0, len(sidik), 4))


class Keberlakuan(StrEnum):
    """Whether a signed document may be relied upon today."""

    BERLAKU = "berlaku"
    BELUM_LENGKAP = "belum_lengkap"
    DIPERBAIKI = "diperbaiki"
    BATAL = "batal"


@dataclass(frozen=True)
class Terdaftar:
    """What the public may know of a signed report. There is no text of the report in it."""

    draf: Draf
    dokumen: Dokumen
    tanda_tangan: list[TandaTangan]
    pengesahan: Sequence[Tugas]
    keberlakuan: Keberlakuan

    @property
    def akhir(self) -> TandaTangan:
        """The last signature: its file is the document."""
        return self.tanda_tangan[-1]

    @property
    def is_uji(self) -> bool:
        """Whether any signature is one of the test authority, without legal force."""
        return any(t.is_uji for t in self.tanda_tangan)

    @property
    def kode(self) -> str:
        """The code as people compare it: in groups of four."""
        return group_sidik(self.dokumen.kode)

    @property
    def is_diganti(self) -> bool:
        """Whether a letter of a later round has taken the place of this one."""
        surat = self.dokumen.surat
        return surat is not None and not surat.is_berlaku


def find_terdaftar(token: str) -> Terdaftar | None:
    """The signed report or letter behind a QR, or None: an unknown code, or nothing is signed yet.

    Initials alone are no signature.

    Spaces and capitals do not matter: people copy the code in groups of four.
    """
    token = "".join(token.split()).lower()
    laporan = Q(dokumen__draf__token=token, dokumen__jenis=Dokumen.Jenis.LAPORAN)
    tanda = (
        TandaTangan.objects.filter(laporan | Q(dokumen__token=token), is_paraf=False)
        .select_related("dokumen__draf__instansi", "dokumen__surat")
        .order_by("-dokumen__versi_naskah__nomor", "-urut")
        .first()
    )
    if tanda is None or not token:
        return None
    dokumen = tanda.dokumen
    riwayat = list_pengesahan(dokumen.draf, dengan_kembali=True) if dokumen.surat is None else []
    rantai = list_rantai(dokumen)
    return Terdaftar(dokumen.draf, dokumen, rantai, riwayat, _judge_berlaku(dokumen, rantai))


def _judge_berlaku(dokumen: Dokumen, rantai: list[TandaTangan]) -> Keberlakuan:
    """A report may be given up, corrected or unfinished while somebody holds a signed file."""
    draf = dokumen.draf
    if draf.status == Draf.Status.DIBATALKAN:
        return Keberlakuan.BATAL
    if draf.status == Draf.Status.SELESAI or dokumen.surat is not None:
        return Keberlakuan.BERLAKU
    terakhir = get_versi_terakhir(draf)
    if draf.status == Draf.Status.PERBAIKAN or terakhir != dokumen.versi_naskah:
        return Keberlakuan.DIPERBAIKI
    lengkap = len(rantai) >= len(dokumen.kotak.keys() - {RUAS_LUAR})
    return Keberlakuan.BERLAKU if lengkap else Keberlakuan.BELUM_LENGKAP


def list_pengesahan(draf: Draf, *, dengan_kembali: bool = False) -> list[Tugas]:
    """Turns closed with consent, newest first: who judged and corrected, without their words.

    dengan_kembali: those that sent the report back as well.
    """
    status = [Tugas.Status.SELESAI, *([Tugas.Status.DIKEMBALIKAN] if dengan_kembali else [])]
    daftar = Tugas.objects.filter(draf=draf, status__in=status)
    judul = ("verifikasi", "koreksi", "paraf", "tanda_tangan")
    return list(
        daftar.filter(kunjungan__langkah__tindakan__in=judul)
        .select_related("kunjungan__langkah")
        .order_by("-pada", "-pk")
    )


def get_efek_tanda(tugas: Tugas) -> Efek | None:
    """The newest attempt to sign this turn."""
    return Efek.objects.filter(tugas=tugas, jenis=Efek.Jenis.TANDA_TANGAN).order_by("-pk").first()
