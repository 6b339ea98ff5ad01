"""Appointing people, ending it, inviting them: rules, refusals, pages."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisasi.models import Instansi, Jabatan, Jejak, Pengguna, Penugasan
from organisasi.rules.penugasan import (
    Masa,
    check_penugasan,
    find_kembar,
    is_lama,
    list_bersama,
)
from organisasi.selectors import find_chain_break
from organisasi.services.orang import IsianOrang, appoint_orang, invite_orang
from organisasi.services.penugasan import (
    PenugasanTidakSah,
    Rencana,
    TumpangTindih,
    appoint,
    end_penugasan,
)
from sakip.common.errors import AksesDitolak, TransisiDitolak
from tests.factories.organisasi import (
    JabatanFactory,
    PenggunaFactory,
    PenugasanFactory,
    UnitKerjaFactory,
)

AWAL = datetime(2026, 10, 1, tzinfo=UTC)
HARI = timedelta(days=1)


def masa(
    orang: int = 1,
    *,
    unit: int | None = None,
    jenis: str = "definitif",
    mulai: int = 0,
    selesai: int | None = None,
) -> Masa:
    """A mandate for post 7 by days since AWAL."""
    akhir = None if selesai is None else AWAL + selesai * HARI
    return Masa(orang, 7, unit, jenis, AWAL + mulai * HARI, akhir)


@pytest.mark.parametrize(
    ("a", "b", "harap"),
    [
        (masa(), masa(2), True),
        (masa(selesai=5), masa(2, mulai=5), False),
        (masa(selesai=6), masa(2, mulai=5), True),
        (masa(unit=1), masa(2, unit=2), False),
        (masa(unit=1), masa(2), True),
        (masa(unit=1), masa(2, unit=1), True),
        (masa(), Masa(2, 8, None, "definitif", AWAL, None), False),
    ],
)
def test_mandates_overlap_in_post_unit_and_time(a: Masa, b: Masa, *, harap: bool) -> None:
    assert a.overlaps(b) is harap
    assert b.overlaps(a) is harap


def test_same_person_twice_is_told_from_several_holders() -> None:
    lain = [masa(1), masa(2), masa(3, selesai=0)]
    assert find_kembar(masa(1, mulai=1), lain) == lain[0]
    assert find_kembar(masa(9), lain) is None
    assert list_bersama(masa(1, mulai=1), lain) == [lain[1]]


@pytest.mark.parametrize(
    ("m", "dasar", "ruas"),
    [
        (masa(), "SK 1", set()),
        (masa(), "  ", {"dasar"}),
        (masa(jenis="plt"), "SK 1", set()),
        (masa(jenis="plh"), "SK 1", {"terakhir"}),
        (masa(jenis="delegasi"), "", {"terakhir", "dasar"}),
        (masa(jenis="plh", selesai=3), "SP 1", set()),
        (masa(mulai=3, selesai=3), "SK 1", {"terakhir"}),
    ],
)
def test_appointment_needs_basis_and_stand_ins_an_end(m: Masa, dasar: str, ruas: set[str]) -> None:
    assert set(check_penugasan(m, dasar=dasar)) == ruas


@pytest.mark.parametrize(
    ("m", "harap"),
    [
        (masa(), False),
        (masa(jenis="plt"), True),
        (masa(jenis="plt", selesai=92), False),
        (masa(jenis="plh", selesai=93), True),
    ],
)
def test_long_stand_ins_are_noticed(m: Masa, *, harap: bool) -> None:
    assert is_lama(m) is harap


@pytest.fixture
def kelola(db: None) -> Penugasan:
    """Who configures an office."""
    return PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))


@pytest.fixture
def jabatan(kelola: Penugasan) -> Jabatan:
    """A post of that office that nobody holds."""
    return JabatanFactory.create(instansi=kelola.jabatan.instansi, nama="Kepala Dinas")


def rencana(jabatan: Jabatan, now: datetime, **isi: object) -> Rencana:
    """An appointment from now on, by SK."""
    bawaan: dict[str, object] = {
        "unit": None,
        "jenis": "definitif",
        "mulai": now,
        "selesai": None,
        "dasar": "SK 821/1/2026",
    }
    return Rencana(jabatan=jabatan, **(bawaan | isi))  # type: ignore[arg-type]  # free-form test data


def test_appointment_is_in_the_trail_with_its_basis(
    kelola: Penugasan, jabatan: Jabatan, now: datetime
) -> None:
    orang = PenggunaFactory()
    p = appoint(pengguna=orang, rencana=rencana(jabatan, now), aktor=kelola.pengguna, now=now)
    jejak = Jejak.objects.get(aksi="organisasi.penugasan.tetapkan")
    assert (jejak.sebagai, jejak.data["penugasan"]) == (kelola.sebutan, p.pk)
    assert jejak.data["dasar"] == "SK 821/1/2026"
    assert find_chain_break(Instansi.objects.get()) is None


def test_nobody_appoints_himself(kelola: Penugasan, jabatan: Jabatan, now: datetime) -> None:
    with pytest.raises(AksesDitolak, match="diri sendiri"):
        appoint(
            pengguna=kelola.pengguna,
            rencana=rencana(jabatan, now),
            aktor=kelola.pengguna,
            now=now,
        )
    assert not jabatan.penugasan.exists()


def test_colleague_without_the_right_appoints_nobody(jabatan: Jabatan, now: datetime) -> None:
    staf = PenugasanFactory(jabatan__instansi=jabatan.instansi).pengguna
    with pytest.raises(AksesDitolak):
        appoint(pengguna=PenggunaFactory(), rencana=rencana(jabatan, now), aktor=staf, now=now)


def test_what_is_wrong_is_told_by_field(kelola: Penugasan, jabatan: Jabatan, now: datetime) -> None:
    buruk = rencana(jabatan, now, unit=UnitKerjaFactory(), jenis="plh", dasar="")
    with pytest.raises(PenugasanTidakSah) as galat:
        appoint(
            pengguna=PenggunaFactory(is_active=False),
            rencana=buruk,
            aktor=kelola.pengguna,
            now=now,
        )
    assert set(galat.value.galat) == {"dasar", "terakhir", "unit", "nip"}


def test_several_holders_are_explained_and_then_allowed(
    kelola: Penugasan, jabatan: Jabatan, now: datetime
) -> None:
    unit = UnitKerjaFactory(instansi=jabatan.instansi)
    lama = PenugasanFactory(jabatan=jabatan)
    kedua = PenggunaFactory()
    siapa: dict[str, Any] = {"pengguna": kedua, "aktor": kelola.pengguna, "now": now}
    with pytest.raises(TumpangTindih, match=re.escape(lama.pengguna.nama)):
        appoint(rencana=rencana(jabatan, now), **siapa)
    appoint(rencana=rencana(jabatan, now, unit=unit, bersama=True), **siapa)
    with pytest.raises(PenugasanTidakSah, match="sudah memegang jabatan ini"):
        appoint(rencana=rencana(jabatan, now, bersama=True), **siapa)


def test_mandate_is_ended_and_kept(kelola: Penugasan, jabatan: Jabatan, now: datetime) -> None:
    p = PenugasanFactory(jabatan=jabatan)
    akhir: dict[str, Any] = {"penugasan_id": p.pk, "aktor": kelola.pengguna, "now": now}
    with pytest.raises(PenugasanTidakSah, match="alasan"):
        end_penugasan(pada=now, alasan=" ", **akhir)
    with pytest.raises(PenugasanTidakSah, match="mundur"):
        end_penugasan(pada=now - HARI, alasan="Mutasi", **akhir)
    end_penugasan(pada=now + HARI, alasan="Mutasi", **akhir)
    p.refresh_from_db()
    assert p.selesai == now + HARI
    with pytest.raises(TransisiDitolak, match="sudah berakhir"):
        end_penugasan(pada=now + HARI, alasan="Mutasi", **akhir)
    end_penugasan(pada=now, alasan="Lebih cepat", **akhir)
    assert Jejak.objects.filter(aksi="organisasi.penugasan.akhiri").count() == 2


def test_mandate_that_has_not_begun_is_taken_back(
    kelola: Penugasan, jabatan: Jabatan, now: datetime
) -> None:
    p = PenugasanFactory(jabatan=jabatan, mulai=now + HARI)
    end_penugasan(penugasan_id=p.pk, pada=now, alasan="Batal", aktor=kelola.pengguna, now=now)
    assert not Penugasan.objects.filter(pk=p.pk).exists()
    assert Jejak.objects.get(aksi="organisasi.penugasan.batalkan").data["nip"] == p.pengguna.nip


def test_last_who_configures_an_office_stays(kelola: Penugasan, now: datetime) -> None:
    akhir: dict[str, Any] = {
        "penugasan_id": kelola.pk,
        "pada": now,
        "aktor": kelola.pengguna,
        "now": now,
    }
    with pytest.raises(TransisiDitolak, match="tidak ada yang dapat mengelola"):
        end_penugasan(alasan="Pindah", **akhir)
    PenugasanFactory(jabatan=JabatanFactory(instansi=kelola.jabatan.instansi, tingkat="kepala"))
    end_penugasan(alasan="Pindah", **akhir)


def test_new_person_gets_an_account_nobody_can_enter(
    kelola: Penugasan, jabatan: Jabatan, now: datetime
) -> None:
    isian = IsianOrang("199001012020011001", "Baru, S.E.", "baru@contoh.go.id", "Penata", "III/c")
    p = appoint_orang(isian=isian, rencana=rencana(jabatan, now), aktor=kelola.pengguna, now=now)
    assert not p.pengguna.has_usable_password()
    assert (p.pengguna.nama, p.pengguna.golongan) == ("Baru, S.E.", "III/c")
    assert Jejak.objects.filter(aksi="organisasi.pengguna.buat").exists()
    lain = JabatanFactory(instansi=jabatan.instansi)
    lagi = IsianOrang(isian.nip, "Nama lain", "lain@contoh.go.id")
    kedua = appoint_orang(isian=lagi, rencana=rencana(lain, now), aktor=kelola.pengguna, now=now)
    assert kedua.pengguna == p.pengguna
    assert kedua.pengguna.nama == "Baru, S.E."


@pytest.mark.parametrize(
    ("isi", "ruas"),
    [
        (("", ""), {"nama", "surel"}),
        (("Baru", "TERPAKAI@contoh.go.id"), {"surel"}),
        (("", "baru@contoh.go.id"), {"nama"}),
    ],
)
def test_unknown_nip_needs_name_and_free_address(
    kelola: Penugasan, jabatan: Jabatan, now: datetime, isi: tuple[str, str], ruas: set[str]
) -> None:
    PenggunaFactory(surel="terpakai@contoh.go.id")
    isian = IsianOrang("199001012020011001", *isi)
    with pytest.raises(PenugasanTidakSah) as galat:
        appoint_orang(isian=isian, rencana=rencana(jabatan, now), aktor=kelola.pengguna, now=now)
    assert set(galat.value.galat) == ruas
    assert not Pengguna.objects.filter(nip=isian.nip).exists()


def test_whoever_has_a_password_is_not_invited_again(kelola: Penugasan, now: datetime) -> None:
    orang = PenggunaFactory()
    with pytest.raises(TransisiDitolak, match="sudah memilih kata sandi"):
        invite_orang(
            pengguna=orang,
            instansi_id=kelola.jabatan.instansi_id,
            aktor=kelola.pengguna,
            now=now,
        )


def test_person_of_a_mandate_cannot_be_deleted(kelola: Penugasan) -> None:
    with pytest.raises(ProtectedError):
        kelola.pengguna.delete()


DATA = {
    "nip": "19900101 202001 1 001",
    "nama": "Baru, S.E.",
    "surel": "baru@contoh.go.id",
    "jenis": "plh",
    "mulai": "2026-10-12",
    "terakhir": "2026-10-14",
    "dasar": "SP/1/2026",
}


def test_invitation_is_shown_once_and_lets_the_person_in(
    client: Client, kelola: Penugasan, jabatan: Jabatan
) -> None:
    client.force_login(kelola.pengguna)
    jawab = client.post(reverse("organisasi:appoint", args=[jabatan.pk]), DATA)
    assert jawab.status_code == 200
    assert "no-store" in jawab["Cache-Control"]
    tautan = re.search(r"http://testserver(/undangan/[^<\s]+)", jawab.content.decode())
    assert tautan
    p = Penugasan.objects.get(jabatan=jabatan)
    assert p.mulai == datetime(2026, 10, 11, 17, tzinfo=UTC)  # midnight in WIB
    with timezone.override("Asia/Jakarta"):
        assert p.hari_terakhir == date(2026, 10, 14)
    tamu = Client()
    buka = tamu.get(tautan[1], follow=True)
    assert "Baru, S.E." in buka.content.decode()
    alamat = buka.redirect_chain[-1][0]
    beda = {"new_password1": "kata-sandi-panjang-1", "new_password2": "lain"}
    assert tamu.post(alamat, beda).status_code == 422
    sama = beda | {"new_password2": "kata-sandi-panjang-1"}
    assert tamu.post(alamat, sama)["Location"] == reverse("organisasi:sign-in")
    masuk = {"username": p.pengguna.nip, "password": "kata-sandi-panjang-1"}
    assert tamu.post(reverse("organisasi:sign-in"), masuk).status_code == 302
    assert "tidak berlaku lagi" in Client().get(tautan[1], follow=True).content.decode()
    lagi = client.post(reverse("organisasi:invite", args=[p.pk]))
    assert lagi.status_code == 409


def test_invitation_can_be_made_anew_until_it_is_used(
    client: Client, kelola: Penugasan, jabatan: Jabatan
) -> None:
    p = PenugasanFactory(jabatan=jabatan)
    p.pengguna.set_unusable_password()
    p.pengguna.save()
    client.force_login(kelola.pengguna)
    daftar = client.get(reverse("organisasi:list-penugasan")).content.decode()
    assert "Belum menerima undangan" in daftar
    isi = client.post(reverse("organisasi:invite", args=[p.pk])).content.decode()
    assert "/undangan/" in isi
    asing = PenugasanFactory()
    assert client.post(reverse("organisasi:invite", args=[asing.pk])).status_code == 404


def test_known_person_is_appointed_by_nip_alone_with_a_word_about_length(
    client: Client, kelola: Penugasan, jabatan: Jabatan
) -> None:
    orang = PenggunaFactory()
    client.force_login(kelola.pengguna)
    alamat = reverse("organisasi:appoint", args=[jabatan.pk])
    assert "Tetapkan pejabat" in client.get(alamat).content.decode()
    data = {"nip": orang.nip, "jenis": "plt", "mulai": "2026-01-01", "dasar": "SK 1"}
    isi = client.post(alamat, data, follow=True).content.decode()
    assert f"{orang.nama} ditetapkan sebagai Plt. Kepala Dinas" in isi
    assert "paling lama tiga bulan" in isi


@pytest.mark.parametrize(
    "ubah",
    [
        {"nip": "123"},
        {"nip": "abc def"},
        {"mulai": "besok"},
        {"terakhir": "2026-10-01"},
        {"terakhir": ""},
        {"dasar": ""},
        {"jenis": "raja"},
        {"surel": "bukan surel"},
    ],
    ids=lambda ubah: "-".join(f"{k}={v}" for k, v in ubah.items()),
)
def test_bad_input_is_kept_and_changes_nothing(
    client: Client, kelola: Penugasan, jabatan: Jabatan, ubah: dict[str, str]
) -> None:
    client.force_login(kelola.pengguna)
    jawab = client.post(reverse("organisasi:appoint", args=[jabatan.pk]), DATA | ubah)
    assert jawab.status_code == 422
    assert "Baru, S.E." in jawab.content.decode()
    assert not jabatan.penugasan.exists()
    assert not Pengguna.objects.filter(nama="Baru, S.E.").exists()


def test_ending_from_the_page(client: Client, kelola: Penugasan, jabatan: Jabatan) -> None:
    p = PenugasanFactory(jabatan=jabatan)
    client.force_login(kelola.pengguna)
    alamat = reverse("organisasi:end-penugasan", args=[p.pk])
    assert p.pengguna.nama in client.get(alamat).content.decode()
    mundur = client.post(alamat, {"alasan": "Pensiun", "terakhir": "2020-01-01"})
    assert mundur.status_code == 422
    assert "Pensiun" in mundur.content.decode()
    assert client.post(alamat, {"alasan": ""}).status_code == 422
    assert client.post(alamat, {"alasan": "Pensiun"}).status_code == 302
    p.refresh_from_db()
    assert p.selesai is not None
    client.force_login(PenugasanFactory(jabatan__instansi=jabatan.instansi).pengguna)
    assert client.get(alamat).status_code == 403
    assert client.get(reverse("organisasi:appoint", args=[jabatan.pk])).status_code == 403


def test_own_appointment_is_refused_from_the_page(
    client: Client, kelola: Penugasan, jabatan: Jabatan
) -> None:
    client.force_login(kelola.pengguna)
    data = DATA | {"nip": kelola.pengguna.nip}
    jawab = client.post(reverse("organisasi:appoint", args=[jabatan.pk]), data)
    assert jawab.status_code == 403
    assert "SP/1/2026" in jawab.content.decode()  # nothing typed is lost
