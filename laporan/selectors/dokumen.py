"""Reading documents and signatures: for the signer, for readers of the draft, for the public."""

from collections.abc import Sequence
from dataclasses import dataclass

from laporan.models import Dokumen, Draf, Efek, TandaTangan, Tugas
from laporan.selectors.naskah import get_versi_terakhir


def get_dokumen_tanda(draf: Draf) -> Dokumen | None:
    """The document to sign now: the frozen one of the version last handed over, if it is made."""
    versi = get_versi_terakhir(draf)
    return Dokumen.objects.filter(versi_naskah=versi).first() if versi else None


def get_dokumen_terakhir(draf: Draf) -> Dokumen | None:
    """The newest document there is, also while a newer version is still being written."""
    return Dokumen.objects.filter(draf=draf).order_by("-versi_naskah__nomor").first()


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


@dataclass(frozen=True)
class Terdaftar:
    """What the public may know of a signed report. There is no text of the report in it."""

    draf: Draf
    dokumen: Dokumen
    tanda_tangan: list[TandaTangan]
    pengesahan: Sequence[Tugas]

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
        return group_sidik(self.draf.token)


def find_terdaftar(token: str) -> Terdaftar | None:
    """The signed report behind a QR, or None: an unknown code, or nothing is signed yet.

    Initials alone are no signature.

    Spaces and capitals do not matter: people copy the code in groups of four.
    """
    token = "".join(token.split()).lower()
    draf = Draf.objects.select_related("instansi").filter(token=token).first()
    tanda = (
        TandaTangan.objects.filter(dokumen__draf=draf, is_paraf=False)
        .select_related("dokumen")
        .order_by("-dokumen__versi_naskah__nomor", "-urut")
        .first()
        if draf
        else None
    )
    if draf is None or tanda is None:
        return None
    riwayat = list_pengesahan(draf, dengan_kembali=True)
    return Terdaftar(draf, tanda.dokumen, list_rantai(tanda.dokumen), riwayat)


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
