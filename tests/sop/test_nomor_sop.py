"""The number of an SOP: typed from the paper, or the next one of the office's register."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from organisasi.models import Instansi, NomorRegister, Register
from sop.models import VersiSOP
from sop.rules.graf import Graf
from sop.selectors import read_sidik
from tests.factories.sop import create_konsep, graf_sah
from tests.sop.test_penyusun_layar import Jawaban, admin, alamat, instansi, isi, klien

__all__ = ["admin", "instansi", "klien"]
pytestmark = pytest.mark.django_db


def hari_ini() -> date:
    """Today where the office is."""
    return timezone.now().astimezone(ZoneInfo("Asia/Jakarta")).date()


@pytest.fixture
def register(instansi: Instansi) -> Register:
    """The office's register of SOP, begun on paper."""
    return Register.objects.create(
        instansi=instansi,
        nama="Register SOP",
        untuk=Register.Untuk.SOP,
        pola="065/{nomor:03}/416-317/{tahun}",
        reset=Register.Reset.TAHUN,
        mulai_dari=112,
    )


def terbitkan(klien: Client, versi: VersiSOP, **isian: str) -> Jawaban:
    """Publish with the number left empty unless `isian` says one."""
    data = {
        "nomor_sop": "",
        "tanggal": hari_ini().isoformat(),
        "mulai": hari_ini().isoformat(),
        "jabatan": "Kepala Dinas",
        "nama": "dr. Ratna",
        "versi": read_sidik(versi),
    }
    return klien.post(alamat("publish-versi", versi), data | isian)


def test_an_empty_number_is_the_next_of_the_register(
    klien: Client, instansi: Instansi, register: Register
) -> None:
    nomor = f"065/112/416-317/{hari_ini().year}"
    versi = create_konsep(instansi=instansi)
    assert f"berikutnya {nomor}" in isi(klien.get(alamat("publish-versi", versi)))
    assert terbitkan(klien, versi).status_code == 302
    versi.refresh_from_db()
    tercatat = register.nomor.get()
    assert (versi.status, versi.nomor_sop, tercatat.nomor) == ("terbit", nomor, nomor)
    assert (tercatat.status, tercatat.perihal) == ("terpakai", versi.nama_sop or versi.sop.nama)


def test_a_number_from_the_paper_is_kept_and_takes_none(
    klien: Client, instansi: Instansi, register: Register
) -> None:
    versi = create_konsep(instansi=instansi)
    assert terbitkan(klien, versi, nomor_sop="5459/SOP/VIII/2023").status_code == 302
    versi.refresh_from_db()
    assert versi.nomor_sop == "5459/SOP/VIII/2023"
    assert not register.nomor.exists()


def test_without_a_register_the_number_has_to_be_written(klien: Client, instansi: Instansi) -> None:
    versi = create_konsep(instansi=instansi)
    assert "register SOP" not in isi(klien.get(alamat("publish-versi", versi)))
    jawab = terbitkan(klien, versi)
    assert jawab.status_code == 422
    assert "nomor_sop" in jawab.context["form"].errors


def test_a_register_switched_off_meanwhile_is_said_in_words(
    klien: Client,
    instansi: Instansi,
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    versi = create_konsep(instansi=instansi)
    monkeypatch.setattr("sop.views.pengesahan.guess_nomor_sop", lambda *_a: "065/112")
    Register.objects.update(is_aktif=False)
    jawab = terbitkan(klien, versi)
    assert jawab.status_code == 422
    assert "belum mempunyai register SOP" in isi(jawab)


@pytest.mark.parametrize(
    ("geser", "kata"), [(-1, "Ambil nomor itu di Surat &amp; Arsip"), (1, "belum tiba")]
)
def test_a_day_the_book_cannot_number_publishes_nothing(
    klien: Client, instansi: Instansi, register: Register, *, geser: int, kata: str
) -> None:
    assert terbitkan(klien, create_konsep(instansi=instansi)).status_code == 302
    versi = create_konsep(instansi=instansi)
    jawab = terbitkan(klien, versi, tanggal=(hari_ini() + timedelta(days=geser)).isoformat())
    assert jawab.status_code == 422
    assert kata in isi(jawab)
    versi.refresh_from_db()
    assert (versi.status, register.nomor.count()) == ("konsep", 1)


def test_an_sop_with_faults_takes_no_number(
    klien: Client, instansi: Instansi, register: Register
) -> None:
    versi = create_konsep(instansi=instansi, graf=Graf(graf_sah().langkah[1:]))
    assert terbitkan(klien, versi).status_code == 422
    assert not NomorRegister.objects.exists()
