"""Writing, publishing and withdrawing versions of an SOP."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from organisasi.models import Jabatan, Pengguna
from sakip.common.errors import AlurTidakSah, IsianTidakSah, TransisiDitolak
from sakip.common.fsm import can_proceed
from sop import perms
from sop.models import SOP, Alur, Langkah, Pelaksana, VersiSOP
from sop.rules.berlaku import Terbitan, list_diganti
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.identitas import Identitas, format_tanggal
from sop.rules.istilah import join_per_unit
from sop.rules.kantor import check_kantor
from sop.rules.masalah import list_galat
from sop.rules.periksa import check_graf
from sop.rules.sidik import compute_sidik
from sop.selectors import read_graf, read_identitas, read_kantor, read_sidik
from sop.services.kunci import lock_versi, record_versi, require_boleh
from sop.services.nomor import number_versi

_POLOS = "nomor kegiatan simbol tindakan waktu_per_unit waktu_teks output keterangan periode"
_DAFTAR = "kelengkapan kelengkapan_ulang efek beda_orang_dari perlu_konfirmasi"


@transaction.atomic
def create_versi(
    *, sop: SOP, identitas: Identitas, graf: Graf, aktor: Pengguna | None, now: datetime
) -> VersiSOP:
    """Write a new konsep, whole. `graf` may have faults: only publishing needs a sound route.

    Posts are found by `jabatan_kode` within the office. aktor None: the operator of the machine.

    Raises:
        AksesDitolak: `aktor` drafts no SOP for this office (HTTP 403).
        AlurTidakSah: unknown post, arrow out of the route, text that does not fit (HTTP 422).
    """
    require_boleh(perms.can_draft, sop.instansi_id, aktor, now)
    SOP.objects.select_for_update().get(pk=sop.pk)
    terakhir = VersiSOP.objects.filter(sop=sop).aggregate(n=Max("nomor"))["n"] or 0
    versi = VersiSOP(sop=sop, nomor=terakhir + 1, **asdict(identitas))
    jabatan = dict(Jabatan.objects.filter(instansi=sop.instansi_id).values_list("kode", "pk"))
    langkah = {s.id: _langkah(versi, s) for s in graf.langkah}
    _require_writable(graf, jabatan, [versi, *langkah.values()])
    versi.save()
    _write_rute(graf, langkah, jabatan)
    record_versi(versi, aksi="sop.versi.create", aktor=aktor, now=now, langkah=len(graf.langkah))
    versi.save(update_fields=["jejak_urut", "jejak_sidik"])
    return versi


@dataclass(frozen=True)
class Pengesahan:
    """What the official act of publishing adds. sidik: what the publisher saw, "" unasked.

    mulai: first day in force; before it the version until now stays. tanggal: of the approval.
    nomor_sop: as on the paper; "" for the next one of the office's register.
    """

    mulai: date
    nomor_sop: str
    tanggal: date
    jabatan: str
    nama: str
    pangkat: str = ""
    nip: str = ""
    sidik: str = ""


@transaction.atomic
def publish_versi(
    *,
    versi_id: int,
    aktor: Pengguna | None,
    now: datetime,
    pengesahan: Pengesahan | None = None,
) -> VersiSOP:
    """Freeze a konsep. In force from its day on; versions that day ends are withdrawn with it.

    aktor None: the operator of the machine, who may load an SOP before its people are there.
    pengesahan None: in force from today, the identity page as it stands.

    Raises:
        AksesDitolak: `aktor` may not publish for this office (HTTP 403).
        TransisiDitolak: it is no konsep any more, or not what the publisher saw (HTTP 409).
        AlurTidakSah: the route has faults, all of them in `masalah` (HTTP 422).
        NomorSopBelumAda: the register has no number for it (HTTP 422).
    """
    versi = lock_versi(versi_id)
    require_boleh(perms.can_publish, versi.sop.instansi_id, aktor, now)
    _require_state(versi.publish, _("Versi ini sudah pernah terbit. Muat ulang halaman ini."))
    graf = read_graf(versi.pk)
    hari = now.astimezone(versi.sop.instansi.zona_waktu).date()
    mulai = pengesahan.mulai if pengesahan else hari
    if pengesahan:
        _require_seen(versi, pengesahan)
        _seal(versi, pengesahan)
    _require_sah(versi, graf, aktor, now)
    if pengesahan and not pengesahan.nomor_sop:
        number_versi(versi, tanggal=pengesahan.tanggal, aktor=aktor, now=now)
    _replace_terbit(versi, mulai, hari, aktor, now)
    versi.publish(sidik=compute_sidik(graf, read_identitas(versi)), pada=now, mulai=mulai)
    record_versi(
        versi,
        aksi="sop.versi.publish",
        aktor=aktor,
        now=now,
        sidik=versi.sidik,
        nomor_sop=versi.nomor_sop,
        berlaku_mulai=mulai.isoformat(),
    )
    versi.save()
    return versi


def _require_seen(versi: VersiSOP, pengesahan: Pengesahan) -> None:
    if pengesahan.sidik and pengesahan.sidik != read_sidik(versi):
        raise TransisiDitolak(
            _(
                "Konsep ini berubah sejak Anda memeriksanya. "
                "Lihat perubahannya, lalu sahkan kembali."
            )
        )


def _seal(versi: VersiSOP, pengesahan: Pengesahan) -> None:
    """Put number, days and official on the identity page; doubts about them are settled by it."""
    versi.nomor_sop = pengesahan.nomor_sop
    versi.tanggal_pengesahan = pengesahan.tanggal
    versi.tanggal_pengesahan_teks = format_tanggal(pengesahan.tanggal)
    versi.tanggal_efektif = pengesahan.mulai
    versi.tanggal_efektif_teks = format_tanggal(pengesahan.mulai)
    for nama in ("jabatan", "nama", "pangkat", "nip"):
        setattr(versi, f"disahkan_{nama}", getattr(pengesahan, nama))
    diisi = ("nomor_sop", "tanggal_pengesahan", "tanggal_efektif", "disahkan")
    versi.perlu_konfirmasi = [k for k in versi.perlu_konfirmasi if k not in diisi]
    masalah = list_kekeliruan(versi)
    if masalah:
        raise AlurTidakSah(_("Pengesahan belum dapat disimpan."), masalah)


def _require_sah(versi: VersiSOP, graf: Graf, aktor: Pengguna | None, now: datetime) -> None:
    masalah = check_graf(graf)
    if aktor is not None:
        masalah += check_kantor(graf, read_kantor(versi.sop.instansi, pada=now))
    galat = list_galat(masalah)
    if galat:
        pesan = _(
            "SOP belum dapat diterbitkan: %(n)d galat. Perbaiki satu per satu, lalu terbitkan lagi."
        )
        raise AlurTidakSah(pesan % {"n": len(galat)}, [str(m) for m in galat])


def _replace_terbit(
    versi: VersiSOP, mulai: date, hari: date, aktor: Pengguna | None, now: datetime
) -> None:
    terbit = VersiSOP.objects.select_for_update().filter(
        sop=versi.sop, status=VersiSOP.Status.TERBIT
    )
    lama = {v.pk: v for v in terbit}
    terbitan = [Terbitan(v.pk, v.status, v.berlaku_mulai) for v in lama.values()]
    for pk in list_diganti(terbitan, mulai, hari):
        _withdraw(lama[pk], aktor, now, {"diganti": versi.nomor})


@transaction.atomic
def withdraw_versi(
    *, versi_id: int, aktor: Pengguna | None, now: datetime, alasan: str = ""
) -> VersiSOP:
    """Take a version out of force: no new draft starts on it, running ones finish on it.

    Raises:
        AksesDitolak: `aktor` may not withdraw for this office (HTTP 403).
        IsianTidakSah: a person gives no reason (HTTP 422).
        TransisiDitolak: it is not in force (HTTP 409).
    """
    versi = lock_versi(versi_id)
    require_boleh(perms.can_publish, versi.sop.instansi_id, aktor, now)
    _require_state(versi.withdraw, _("Versi ini tidak sedang berlaku. Muat ulang halaman ini."))
    if aktor is not None and not alasan.strip():
        raise IsianTidakSah(_("Tuliskan alasan pencabutan."))
    _withdraw(versi, aktor, now, {"alasan": alasan.strip()} if alasan.strip() else {})
    return versi


def _require_state(tindakan: Callable[..., None], pesan: str) -> None:
    if not can_proceed(tindakan):
        raise TransisiDitolak(pesan)


def _withdraw(
    versi: VersiSOP, aktor: Pengguna | None, now: datetime, rincian: Mapping[str, Any]
) -> None:
    versi.withdraw(pada=now)
    record_versi(versi, aksi="sop.versi.withdraw", aktor=aktor, now=now, **rincian)
    versi.save(update_fields=["status", "dicabut_pada", "jejak_urut", "jejak_sidik"])


def _write_rute(graf: Graf, langkah: Mapping[int, Langkah], jabatan: Mapping[str, int]) -> None:
    Langkah.objects.bulk_create(langkah.values())
    Pelaksana.objects.bulk_create(
        Pelaksana(
            langkah=langkah[s.id],
            jabatan_id=jabatan[p.jabatan_kode],
            urutan=p.urutan,
            per_unit=join_per_unit(p.per_unit),
        )
        for s in graf.langkah
        for p in s.pelaksana
    )
    Alur.objects.bulk_create(
        Alur(langkah=langkah[s.id], hasil=hasil, ke=None if tujuan is None else langkah[tujuan])
        for s in graf.langkah
        for hasil, tujuan in s.ke.items()
    )


def _require_writable(
    graf: Graf, jabatan: Mapping[str, int], baris: Sequence[VersiSOP | Langkah]
) -> None:
    asing = {p.jabatan_kode for s in graf.langkah for p in s.pelaksana} - jabatan.keys()
    masalah = [
        _("Jabatan “%(kode)s” tidak ada di instansi ini.") % {"kode": kode}
        for kode in sorted(asing)
    ]
    masalah += [
        _("Jalur %(hasil)s dari langkah %(nomor)d keluar dari SOP.")
        % {"hasil": hasil, "nomor": s.nomor}
        for s in graf.langkah
        for hasil, tujuan in s.ke.items()
        if tujuan is not None and tujuan not in graf.menurut_id
    ]
    for b in baris:
        masalah += list_kekeliruan(b, f"langkah {b.nomor}, " if isinstance(b, Langkah) else "")
    if masalah:
        raise AlurTidakSah(_("SOP tidak dapat disimpan. Perbaiki dahulu yang berikut."), masalah)


def list_kekeliruan(baris: Model, awalan: str = "") -> list[str]:
    """What the database would refuse in this unsaved row: texts too long, words unknown."""
    induk = [f.name for f in baris._meta.local_fields if f.is_relation]
    try:
        baris.clean_fields(exclude=induk)
    except ValidationError as galat:
        isi = galat.message_dict.items()
        return [f"{awalan}{nama}: {pesan}" for nama, daftar in isi for pesan in daftar]
    return []


def _langkah(versi: VersiSOP, s: SimpulLangkah) -> Langkah:
    isi: dict[str, Any] = {nama: getattr(s, nama) for nama in _POLOS.split()}
    isi |= {nama: list(getattr(s, nama)) for nama in _DAFTAR.split()}
    return Langkah(
        versi=versi,
        waktu_nilai=s.waktu.nilai if s.waktu else None,
        waktu_satuan=s.waktu.satuan.value if s.waktu else "",
        catatan_sumber=dict(s.catatan_sumber),
        **isi,
    )
