"""Giving somebody outside the office one draft to read, for a time, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Draf, DrafUserPermission, IzinBaca
from laporan.perms import find_pemberi_izin
from laporan.services.kunci import lock_draf
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.waktu import tanggal_panjang

# A grant that nobody renews ends by itself.
MAKS_HARI = 366


@dataclass(frozen=True)
class IsianIzin:
    """A grant as filled in; the last day counts whole."""

    pembaca_id: int
    mulai: date
    terakhir: date
    alasan: str


@transaction.atomic
def give_izin(*, draf_id: int, isian: IsianIzin, aktor: Pengguna, now: datetime) -> IzinBaca:
    """Let one person read one draft from the first day to the last, with its evidence.

    Raises:
        AksesDitolak: `aktor` leads not the office of the draft (403).
        IsianTidakSah: no reason, days that are past or too many, a person without a post, one of
        the office, or one who holds a grant at that time already (422).
    """
    draf = lock_draf(pk=draf_id)
    sebagai = _require_pemberi(draf, aktor, now)
    mulai, selesai = _read_masa(draf, isian, now)
    pembaca = _find_pembaca(draf, isian.pembaca_id, now)
    lama = IzinBaca.objects.filter(draf=draf, pembaca=pembaca, dicabut_pada=None)
    tumpang = lama.filter(mulai__lt=selesai, selesai__gt=mulai).first()
    if tumpang is not None:
        tumpang.draf = draf
        raise IsianTidakSah(
            _("%(nama)s sudah memegang izin sampai %(hari)s. Cabut dahulu, atau mulai sesudahnya.")
            % {"nama": pembaca.nama, "hari": tanggal_panjang(tumpang.hari_terakhir)}
        )
    izin = IzinBaca.objects.create(
        draf=draf,
        pembaca=pembaca,
        hak=DrafUserPermission.objects.assign_perm(Draf.HAK_BACA, pembaca, draf),
        mulai=mulai,
        selesai=selesai,
        alasan=isian.alasan.strip(),
        diberi_oleh=aktor,
        diberi_sebagai=sebagai.sebutan,
        diberi_pada=now,
    )
    _record(izin, "laporan.izin.beri", sebagai, now)
    return izin


@transaction.atomic
def revoke_izin(*, izin_id: int, draf_id: int, aktor: Pengguna, now: datetime) -> IzinBaca:
    """End a grant at once.

    Raises:
        AksesDitolak: `aktor` leads not the office of the draft (403).
        IzinBaca.DoesNotExist: the draft has no such grant.
        TransisiDitolak: it was revoked before, or is over (409).
    """
    draf = lock_draf(pk=draf_id)
    sebagai = _require_pemberi(draf, aktor, now)
    izin = IzinBaca.objects.select_related("draf", "pembaca", "hak").get(pk=izin_id, draf=draf)
    hak, izin.draf = izin.hak, draf
    if hak is None or izin.selesai <= now:
        raise TransisiDitolak(_("Izin ini sudah dicabut atau habis. Muat ulang halaman ini."))
    izin.hak, izin.dicabut_oleh, izin.dicabut_pada = None, aktor, now
    izin.save(update_fields=["hak", "dicabut_oleh", "dicabut_pada"])
    if not hak.izin.exists():
        hak.delete()
    _record(izin, "laporan.izin.cabut", sebagai, now)
    return izin


def _require_pemberi(draf: Draf, aktor: Pengguna, now: datetime) -> Penugasan:
    sebagai = find_pemberi_izin(draf.instansi_id, list_penugasan_for(aktor, pada=now))
    if sebagai is None:
        raise AksesDitolak(
            _("Izin baca diberikan oleh kepala atau sekretaris instansi yang menyusunnya.")
        )
    return sebagai


def _read_masa(draf: Draf, isian: IsianIzin, now: datetime) -> tuple[datetime, datetime]:
    """First moment and end (excluded) in the zone of the office."""
    zona = draf.instansi.zona_waktu
    hari = now.astimezone(zona).date()
    if not isian.alasan.strip():
        raise IsianTidakSah(_("Tuliskan alasannya."))
    if not hari <= isian.mulai <= isian.terakhir:
        raise IsianTidakSah(_("Izin mulai hari ini atau sesudahnya, dan berakhir sesudah mulai."))
    if isian.terakhir > isian.mulai + timedelta(days=MAKS_HARI):
        raise IsianTidakSah(_("Izin paling lama satu tahun; sesudahnya diberikan kembali."))
    mulai = datetime.combine(isian.mulai, time.min, zona)
    return mulai, datetime.combine(isian.terakhir + timedelta(days=1), time.min, zona)


def _find_pembaca(draf: Draf, pembaca_id: int, now: datetime) -> Pengguna:
    pembaca = Pengguna.objects.filter(pk=pembaca_id, is_active=True).first()
    mandat = list_penugasan_for(pembaca, pada=now) if pembaca else []
    if pembaca is None or not mandat:
        raise IsianTidakSah(_("Pilih orang yang memegang jabatan dan akunnya aktif."))
    if any(p.jabatan.instansi_id == draf.instansi_id for p in mandat):
        raise IsianTidakSah(
            _("%(nama)s pegawai instansi ini dan sudah dapat membaca laporannya.")
            % {"nama": pembaca.nama}
        )
    return pembaca


def _record(izin: IzinBaca, aksi: str, sebagai: Penugasan, now: datetime) -> None:
    draf = izin.draf
    record_jejak(
        draf,
        aksi=aksi,
        aktor=sebagai.pengguna,
        now=now,
        sebagai=sebagai,
        status=draf.status,
        izin=izin.pk,
        pembaca=izin.pembaca.nama,
        nip=izin.pembaca.nip,
        mulai=str(izin.hari_mulai),
        terakhir=str(izin.hari_terakhir),
        alasan=izin.alasan,
    )
    draf.save(update_fields=["jejak_urut", "jejak_sidik"])
