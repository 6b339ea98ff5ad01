"""Beginning a konsep: of a new SOP, empty or from another one, or the next version of one."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from organisasi.models import Instansi, Pengguna
from sakip.common.errors import AlurTidakSah, TransisiDitolak
from sop import perms
from sop.models import SOP, VersiSOP
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas
from sop.rules.pemetaan import Naskah, strip_identitas
from sop.selectors import read_graf, read_identitas
from sop.services.kunci import lock_versi, require_boleh
from sop.services.versi import create_versi, list_kekeliruan

_MAKS_KODE = 50


@dataclass(frozen=True)
class SOPBaru:
    """What is typed to begin an SOP. naskah: what it begins from, its posts those of the office."""

    nama: str
    unit_pemilik: str = ""
    menghasilkan: str = SOP.Menghasilkan.LAPORAN_KINERJA
    naskah: Naskah | None = None


@transaction.atomic
def create_sop(*, instansi: Instansi, baru: SOPBaru, aktor: Pengguna, now: datetime) -> VersiSOP:
    """Enter a new SOP into the catalogue, with its first konsep.

    Raises:
        AksesDitolak: `aktor` drafts no SOP for this office (HTTP 403).
        AlurTidakSah: no name, or one that the database cannot hold (HTTP 422).
    """
    sop = SOP(
        instansi=instansi,
        kode=_make_kode(instansi, baru.nama),
        nama=baru.nama,
        unit_pemilik=baru.unit_pemilik,
        menghasilkan=baru.menghasilkan,
    )
    require_boleh(perms.can_draft, instansi.pk, aktor, now)
    masalah = list_kekeliruan(sop)
    if masalah:
        raise AlurTidakSah(_("SOP belum dapat dibuat."), masalah)
    sop.save()
    kop = tuple(b for b in (instansi.pemerintah, instansi.nama, instansi.alamat) if b)
    naskah = baru.naskah or Naskah(Identitas(), Graf(()))
    identitas = strip_identitas(naskah.identitas, baru.nama, kop)
    return create_versi(sop=sop, identitas=identitas, graf=naskah.graf, aktor=aktor, now=now)


@transaction.atomic
def copy_versi(*, versi_id: int, aktor: Pengguna, now: datetime) -> VersiSOP:
    """Begin the next version as a copy of one, doubts and notes included.

    Raises:
        AksesDitolak: `aktor` drafts no SOP for this office (HTTP 403).
        TransisiDitolak: a konsep of this SOP is open already (HTTP 409).
    """
    versi = lock_versi(versi_id)
    require_boleh(perms.can_draft, versi.sop.instansi_id, aktor, now)
    terbuka = VersiSOP.objects.filter(sop=versi.sop, status=VersiSOP.Status.KONSEP).first()
    if terbuka is not None:
        raise TransisiDitolak(
            _(
                "SOP ini sudah punya konsep, versi %(nomor)d. "
                "Lanjutkan konsep itu dari halaman Templat SOP."
            )
            % {"nomor": terbuka.nomor}
        )
    return create_versi(
        sop=versi.sop,
        identitas=read_identitas(versi),
        graf=read_graf(versi.pk),
        aktor=aktor,
        now=now,
    )


def _make_kode(instansi: Instansi, nama: str) -> str:
    """A kode that the office does not use yet."""
    dasar = slugify(nama)[:_MAKS_KODE] or "sop"
    dipakai = set(SOP.objects.filter(instansi=instansi).values_list("kode", flat=True))
    calon, n = dasar, 1
    while calon in dipakai:
        n += 1
        calon = f"{dasar}-{n}"
    return calon


def take_naskah(versi: VersiSOP) -> Naskah:
    """A version of the office as what another SOP begins from: without notes and doubts."""
    graf = read_graf(versi.pk)
    langkah = tuple(replace(s, catatan_sumber={}, perlu_konfirmasi=()) for s in graf.langkah)
    return Naskah(read_identitas(versi), Graf(langkah))
