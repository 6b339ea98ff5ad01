"""Days in files are those of the office."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from kinerja.rules.periode import Periode
from kinerja.selectors.matriks import BarisMatriks, Matriks, SelMatriks
from kinerja.selectors.unduhan import list_tabel_matriks
from organisasi.models import UnitKerja


def test_the_day_of_sending_is_that_of_the_office() -> None:
    pada = datetime(2026, 7, 9, 20, 0, tzinfo=UTC)
    sel = SelMatriks(Periode(2026, 2), "diajukan", "Dikirim", "", "", pada, 0, "", "")
    matriks = Matriks(2026, [], [BarisMatriks(UnitKerja(kode="P2P", nama="P2P"), [sel])])
    with timezone.override(ZoneInfo("Asia/Jakarta")):
        (tabel,) = list_tabel_matriks(matriks)
        ((*_kiri, hari, _pengembalian),) = tabel.baris
    assert hari == date(2026, 7, 10)
