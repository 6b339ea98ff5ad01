"""Rows kept by shape come back as they were, and those of earlier versions are read."""

import json

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.models import UnggahanCapaian
from sakip.common.ruas_baris import pack_baris, unpack_baris
from tests.factories.kinerja import DIBUKA, FormulirFactory
from tests.factories.organisasi import PenggunaFactory

nilai = st.one_of(st.none(), st.integers(), st.text(), st.dictionaries(st.text(), st.text()))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["baris", "kode", "sel", "nilai"]), nilai)))
def test_rows_of_any_shapes_come_back(baris: list[dict[str, object]]) -> None:
    kembali = unpack_baris(json.loads(json.dumps(pack_baris(baris))))
    assert kembali == baris
    assert [list(b) for b in kembali] == [list(b) for b in baris]


@pytest.mark.django_db
@pytest.mark.basisdata
def test_names_are_kept_once_and_a_column_of_an_earlier_version_is_read() -> None:
    baris = [{"baris": 5, "hasil": "ubah", "uraian": {}}, {"baris": 6, "hasil": "galat", "sel": {}}]
    unggahan = UnggahanCapaian.objects.create(
        formulir=FormulirFactory(), oleh=PenggunaFactory(), pada=DIBUKA, baris=baris
    )
    with connection.cursor() as kursor:
        kursor.execute("SELECT baris FROM kinerja_unggahancapaian")
        (isi,) = kursor.fetchone()
        assert isi.count("hasil") == 2  # one for each shape
        unggahan.refresh_from_db()
        assert unggahan.baris == baris
        lama = json.dumps([*baris, *baris])
        kursor.execute("UPDATE kinerja_unggahancapaian SET baris = %s", [lama])
    unggahan.refresh_from_db()
    assert unggahan.baris == [*baris, *baris]
