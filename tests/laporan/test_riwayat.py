"""The past of the demo office: walked by the rules, once, and alive on the page."""

from datetime import datetime

import pytest

from laporan.management.riwayat import KANTOR, SEJAK, load_riwayat
from laporan.models import Draf, Kunjungan, TandaTangan, Tugas
from laporan.rules.rentang import read_rentang
from laporan.selectors.pantau import get_pantau
from organisasi.models import Penugasan
from organisasi.selectors import find_chain_break
from tests.laporan.kantor_contoh import KantorContoh, load_kantor

pytestmark = pytest.mark.django_db


@pytest.fixture
def kantor() -> KantorContoh:
    """The demo office before it has a past."""
    return load_kantor(KANTOR, SEJAK)


def test_three_reports_are_walked_once(kantor: KantorContoh) -> None:
    assert load_riwayat() == 3
    assert load_riwayat() == 0
    draf = Draf.objects.filter(instansi=kantor.instansi)
    assert set(draf.values_list("status", "tahun")) == {(Draf.Status.SELESAI, 2025)}
    assert [find_chain_break(d) for d in draf] == [None] * 3
    assert not TandaTangan.objects.exists()
    assert Kunjungan.objects.filter(hasil="tidak").count() == 1
    assert Tugas.objects.filter(kunjungan__iterasi=2, unit__kode="KESSOS").count() == 1


def test_past_shows_a_bottleneck_and_a_return(kantor: KantorContoh) -> None:
    load_riwayat()
    pantau = get_pantau(kantor.versi, read_rentang("2025"))
    assert (pantau.draf.n, pantau.kembali, pantau.banyak) == (3, 1, 38)
    assert pantau.hambatan is not None
    assert pantau.hambatan.langkah.nomor == 4
    assert pantau.langkah[2].lewat == 16
    assert pantau.langkah[0].baku == "5 menit"


def test_missing_people_are_named_not_made_up(kantor: KantorContoh) -> None:
    Penugasan.objects.filter(jabatan__kode="kasubag_umum").delete()
    with pytest.raises(LookupError, match="nobody who may do it"):
        load_riwayat()


def test_an_sop_in_force_only_later_gets_no_past(now: datetime) -> None:
    load_kantor(KANTOR, now)
    assert load_riwayat() == 0
