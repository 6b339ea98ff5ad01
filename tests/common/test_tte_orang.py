"""Whose certificate a service signed with."""

from datetime import UTC, datetime

import pytest

from sakip.common.rahasia import Rahasia
from sakip.common.tte import Penandatangan, Sertifikat
from sakip.common.tte_orang import is_orang_sama

KINI = datetime(2026, 10, 12, tzinfo=UTC)
NIK, NIP = "3516015503720001", "197203151998032001"


@pytest.mark.parametrize(
    ("di_sertifikat", "pengenal", "sama"),
    [
        ("RATNA WULANDARI", "", True),
        ("Ratna Wulandari", "", True),
        ("dr. Ratna Wulandari, M.Kes.", "", True),
        ("RATNA", "", True),
        ("RATNA WULANDARI KUSUMA", "", True),
        ("Budi Santoso", "", False),
        ("RATNA SARI", "", False),
        ("", "", False),
        ("Budi Santoso", NIK, True),
        ("Budi Santoso", f"NIP-{NIP}", True),
        ("Ratna Wulandari", "3516015503720099", False),
        ("Ratna Wulandari", "EMP-77", True),
    ],
)
def test_certificate_is_that_of_the_signer(di_sertifikat: str, pengenal: str, sama: bool) -> None:  # noqa: FBT001 - a column of the table
    sertifikat = Sertifikat(di_sertifikat, "1", "CA", KINI, KINI, is_uji=False, pengenal=pengenal)
    siapa = Penandatangan(NIP, "dr. Hj. Ratna Wulandari, M.Kes.", "Kepala", "", Rahasia(NIK))
    assert is_orang_sama(sertifikat, siapa) is sama


def test_name_of_titles_only_is_compared_as_it_is() -> None:
    sertifikat = Sertifikat("H. M.", "1", "CA", KINI, KINI, is_uji=False)
    assert is_orang_sama(sertifikat, Penandatangan(NIP, "H. M.", "Kepala", ""))
    assert not is_orang_sama(sertifikat, Penandatangan(NIP, "Ratna", "Kepala", ""))
