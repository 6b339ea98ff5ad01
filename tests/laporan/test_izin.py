"""Named readers: who gives, what a grant opens from first moment to last, and its record."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from laporan.models import Draf, DrafGroupPermission, DrafUserPermission, IzinBaca
from laporan.selectors.akses import visible_draf
from laporan.selectors.izin import list_calon, list_dibagikan, list_izin_instansi
from laporan.services.izin import IsianIzin, give_izin, revoke_izin
from organisasi.models import Jejak, Pengguna
from organisasi.selectors import find_chain_break, list_penugasan_for
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.organisasi import JabatanFactory, PenggunaFactory, PenugasanFactory
from tests.laporan.rute import DINKES, Kantor, make_kantor

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
HARI = timedelta(days=1)


@pytest.fixture
def kini() -> datetime:
    """The clock of the database decides, so these tests begin now."""
    return timezone.now()


@pytest.fixture
def kantor(kini: datetime) -> Kantor:
    """The Dinkes-like office."""
    return make_kantor(DINKES, kini)


@pytest.fixture
def pembaca() -> Pengguna:
    """The head of another office of the same government."""
    return PenugasanFactory.create(jabatan__tingkat="kepala").pengguna


def holder(kantor: Kantor, kode: str) -> Pengguna:
    """Who holds the post."""
    return kantor.orang[kantor.instansi.jabatan.get(kode=kode).pk]


def give(  # noqa: PLR0913 - a grant has this many facts
    kantor: Kantor,
    draf: Draf,
    pembaca: Pengguna,
    kini: datetime,
    dari: int = 0,
    sampai: int = 30,
    oleh: str = "kepala",
) -> IzinBaca:
    """Give it from `dari` to `sampai` days from now."""
    hari = kini.astimezone(kantor.instansi.zona_waktu).date()
    isian = IsianIzin(pembaca.pk, hari + dari * HARI, hari + sampai * HARI, " Surat tugas 7 ")
    return give_izin(draf_id=draf.pk, isian=isian, aktor=holder(kantor, oleh), now=kini)


def read(orang: Pengguna) -> list[Draf]:
    """Drafts the person may read now."""
    return list(visible_draf(orang, list_penugasan_for(orang, pada=timezone.now())))


def test_a_grant_opens_this_draft_only_and_is_on_record(
    kantor: Kantor, pembaca: Pengguna, kini: datetime
) -> None:
    draf, lain = kantor.start(kini, periode_ke=1), kantor.start(kini, periode_ke=2)
    assert read(pembaca) == []
    izin = give(kantor, draf, pembaca, kini)
    assert read(pembaca) == [draf]
    assert pembaca.has_perm("laporan.lihat_draf", draf)
    assert [i.draf for i in list_dibagikan(pembaca)] == [draf]
    assert (izin.alasan, izin.diberi_sebagai) == ("Surat tugas 7", "Kepala")
    jejak = Jejak.objects.get(aksi="laporan.izin.beri")
    assert jejak.data["nip"] == pembaca.nip
    assert jejak.objek == draf
    assert find_chain_break(Draf.objects.get(pk=draf.pk)) is None
    assert set(read(holder(kantor, "staf"))) == {draf, lain}


def test_dates_hold_whoever_cleans_up(kantor: Kantor, pembaca: Pengguna, kini: datetime) -> None:
    draf = kantor.start(kini)
    izin = give(kantor, draf, pembaca, kini, dari=1, sampai=2)
    assert read(pembaca) == []  # not yet
    assert list(list_dibagikan(pembaca)) == [izin]  # but announced
    IzinBaca.objects.update(mulai=kini - HARI)
    assert read(pembaca) == [draf]
    IzinBaca.objects.update(mulai=kini - 2 * HARI, selesai=kini)
    assert read(pembaca) == []  # the end itself is excluded, though the guardian row is still there
    assert DrafUserPermission.objects.filter(user=pembaca).exists()
    assert list(list_dibagikan(pembaca)) == []


def test_days_count_whole_in_the_zone_of_the_office(
    kantor: Kantor, pembaca: Pengguna, kini: datetime
) -> None:
    kantor.instansi.zona = "Asia/Jayapura"
    kantor.instansi.save()
    izin = give(kantor, kantor.start(kini), pembaca, kini, sampai=0)
    hari = kini.astimezone(kantor.instansi.zona_waktu).date()
    assert izin.selesai - izin.mulai == HARI
    assert (izin.hari_mulai, izin.hari_terakhir) == (hari, hari)
    assert izin.mulai.astimezone(kantor.instansi.zona_waktu).hour == 0


def test_revoking_ends_it_at_once_and_takes_the_guardian_row(
    kantor: Kantor, pembaca: Pengguna, kini: datetime
) -> None:
    draf = kantor.start(kini)
    izin, nanti = (
        give(kantor, draf, pembaca, kini, dari=0, sampai=1),
        give(kantor, draf, pembaca, kini, dari=2, sampai=3),
    )
    cabut = partial(revoke_izin, draf_id=draf.pk, aktor=holder(kantor, "sekretaris"), now=kini)
    cabut(izin_id=izin.pk)
    assert read(pembaca) == []
    assert DrafUserPermission.objects.count() == 1  # the grant to come still stands on it
    cabut(izin_id=nanti.pk)
    assert not DrafUserPermission.objects.exists()
    assert Jejak.objects.filter(aksi="laporan.izin.cabut").count() == 2
    with pytest.raises(TransisiDitolak, match="sudah dicabut"):
        cabut(izin_id=izin.pk)
    give(kantor, draf, pembaca, kini)
    assert read(pembaca) == [draf]
    tunggu = kini + 60 * HARI
    habis = IzinBaca.objects.get(dicabut_pada=None)
    with pytest.raises(TransisiDitolak):
        cabut(izin_id=habis.pk, now=tunggu)


@pytest.mark.parametrize("oleh", ["perencana", "staf", "admin", "kepala_lain", "akun"])
def test_only_who_leads_the_office_gives_and_takes(
    kantor: Kantor, pembaca: Pengguna, kini: datetime, oleh: str
) -> None:
    draf = kantor.start(kini)
    izin = give(kantor, draf, pembaca, kini, oleh="sekretaris")
    pengelola = JabatanFactory(instansi=kantor.instansi, kode="admin", tingkat="pengelola")
    orang: dict[str, Callable[[], Pengguna]] = {
        "admin": lambda: PenugasanFactory(jabatan=pengelola).pengguna,
        "kepala_lain": lambda: pembaca,
        "akun": lambda: PenggunaFactory(is_superuser=True, is_staff=True),
    }
    aktor = orang.get(oleh, lambda: holder(kantor, oleh))()
    isian = IsianIzin(PenugasanFactory().pengguna.pk, kini.date() + HARI, kini.date() + HARI, "x")
    with pytest.raises(AksesDitolak):
        give_izin(draf_id=draf.pk, isian=isian, aktor=aktor, now=kini)
    with pytest.raises(AksesDitolak):
        revoke_izin(izin_id=izin.pk, draf_id=draf.pk, aktor=aktor, now=kini)
    assert IzinBaca.objects.get() == izin


def test_what_cannot_be_given_is_refused_with_its_reason(
    kantor: Kantor, pembaca: Pengguna, kini: datetime
) -> None:
    draf, hari = kantor.start(kini), kini.astimezone(kantor.instansi.zona_waktu).date()
    tanpa_pos = PenggunaFactory()
    pergi = PenugasanFactory(pengguna__is_active=False).pengguna

    def refuse(kata: str, orang: Pengguna, mulai: date, terakhir: date, alasan: str = "x") -> None:
        isian = IsianIzin(orang.pk, mulai, terakhir, alasan)
        with pytest.raises(IsianTidakSah, match=kata):
            give_izin(draf_id=draf.pk, isian=isian, aktor=holder(kantor, "kepala"), now=kini)

    refuse("alasan", pembaca, hari, hari, " ")
    refuse("hari ini", pembaca, hari - HARI, hari)
    refuse("hari ini", pembaca, hari + HARI, hari)
    refuse("satu tahun", pembaca, hari, hari + 367 * HARI)
    refuse("jabatan", tanpa_pos, hari, hari)
    refuse("jabatan", pergi, hari, hari)
    refuse("sudah dapat membaca", holder(kantor, "staf"), hari, hari)
    give(kantor, draf, pembaca, kini, dari=5, sampai=9)
    refuse("Cabut dahulu", pembaca, hari, hari + 5 * HARI)
    give(kantor, draf, pembaca, kini, dari=0, sampai=4)
    assert IzinBaca.objects.count() == 2


def test_who_holds_no_post_any_more_reads_nothing(
    kantor: Kantor, pembaca: Pengguna, kini: datetime
) -> None:
    give(kantor, kantor.start(kini), pembaca, kini)
    pembaca.penugasan.update(selesai=kini)
    assert read(pembaca) == []


def test_record_and_guardian_row_cannot_part(
    kantor: Kantor, pembaca: Pengguna, kini: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    draf, lain = kantor.start(kini, periode_ke=1), kantor.start(kini, periode_ke=2)
    izin = give(kantor, draf, pembaca, kini)
    hak = izin.hak
    assert hak is not None
    with pytest.raises(ProtectedError):
        hak.delete()
    for salah in ({"hak": None}, {"dicabut_pada": kini}, {"selesai": izin.mulai}, {"alasan": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IzinBaca.objects.filter(pk=izin.pk).update(**salah)
    # A guardian row without a record, or one that says another draft, opens nothing.
    DrafUserPermission.objects.assign_perm(Draf.HAK_BACA, pembaca, lain)
    assert read(pembaca) == [draf]
    IzinBaca.objects.update(draf=lain)
    assert read(pembaca) == []
    IzinBaca.objects.update(draf=draf)
    # Both or neither: the trail fails last of all.
    monkeypatch.setattr(Jejak, "compute_sidik", lambda _j: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        revoke_izin(izin_id=izin.pk, draf_id=draf.pk, aktor=holder(kantor, "kepala"), now=kini)
    assert read(pembaca) == [draf]
    orang = PenugasanFactory().pengguna
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        give(kantor, draf, orang, kini)
    assert not DrafUserPermission.objects.filter(user=orang).exists()


def test_people_are_found_by_name_or_nip_outside_the_office(kantor: Kantor, kini: datetime) -> None:
    draf = kantor.start(kini)
    sini = PenugasanFactory(jabatan__instansi__pemerintah=kantor.instansi.pemerintah)
    jauh = PenugasanFactory(jabatan__instansi__pemerintah="Pemerintah Provinsi Uji")
    for p, nama in ((sini, "Siti Aminah"), (jauh, "Siti Rahma")):
        Pengguna.objects.filter(pk=p.pengguna_id).update(nama=nama)
    PenugasanFactory(pengguna=sini.pengguna, jabatan__instansi__pemerintah="Lain")
    Pengguna.objects.filter(pk=holder(kantor, "staf").pk).update(nama="Siti Sendiri")

    def cari(teks: str) -> list[int]:
        return [p.pengguna_id for p in list_calon(draf, teks, pada=kini)]

    assert cari("siti") == [sini.pengguna_id]
    assert cari(jauh.pengguna.nip_berkelompok) == [jauh.pengguna_id]
    assert cari(holder(kantor, "staf").nip) == []


def test_list_of_the_office_is_filtered_by_state(
    kantor: Kantor, pembaca: Pengguna, kini: datetime
) -> None:
    draf, lain = kantor.start(kini), make_kantor(DINKES, kini)
    give(lain, lain.start(kini), pembaca, kini)
    semua = {
        "habis": give(kantor, draf, pembaca, kini, sampai=0),
        "berlaku": give(kantor, draf, pembaca, kini, dari=1, sampai=2),
        "akan": give(kantor, draf, pembaca, kini, dari=3, sampai=4),
        "dicabut": give(kantor, draf, pembaca, kini, dari=5, sampai=6),
    }
    kepala = holder(kantor, "kepala")
    revoke_izin(izin_id=semua["dicabut"].pk, draf_id=draf.pk, aktor=kepala, now=kini)
    esok = semua["berlaku"].mulai + HARI / 2
    for keadaan, izin in semua.items():
        (satu,) = list_izin_instansi(kantor.instansi, keadaan, pada=esok)
        assert satu == izin
        assert satu.get_keadaan(esok) == keadaan
    assert list_izin_instansi(kantor.instansi, "entah", pada=esok).count() == 4


def test_check_names_rows_that_went_past_the_page(
    kantor: Kantor, pembaca: Pengguna, kini: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    draf, lain = kantor.start(kini, periode_ke=1), kantor.start(kini, periode_ke=2)
    izin = give(kantor, draf, pembaca, kini)
    call_command("periksa_izin")
    assert "1 izin dan 1 baris hak berpasangan" in capsys.readouterr().out
    DrafUserPermission.objects.assign_perm(Draf.HAK_BACA, pembaca, lain)
    DrafGroupPermission.objects.assign_perm(Draf.HAK_BACA, Group.objects.create(name="Tim"), lain)
    IzinBaca.objects.update(draf=lain)
    with pytest.raises(CommandError, match="3 baris"):
        call_command("periksa_izin")
    salah = capsys.readouterr().err
    assert f"izin berlainan dengan haknya: {izin.pk}" in salah
    assert "hak tanpa izin" in salah
    assert "hak kelompok" in salah
    assert read(pembaca) == []
