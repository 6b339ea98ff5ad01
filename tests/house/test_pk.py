"""An id that no database can hold is an unknown row (404), never a fault of the server."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from sakip.common.pk import read_pk
from sakip.env import BASE_DIR
from tests.factories.organisasi import InstansiFactory, PenugasanFactory

# The largest id and one more, more than a database holds, more than `int` reads.
DIGIT = (19, 30, 5_000)
_APP = ("organisasi", "sop", "kinerja", "laporan")
_SENDIRI = re.compile(r"\.is(digit|decimal|numeric)\(")


def list_alamat(banyak: int) -> list[str]:
    """Every address with an id in it, that id being so many nines."""

    def walk(resolver: URLResolver, awal: str) -> list[str]:
        hasil: list[str] = []
        for butir in resolver.url_patterns:
            pola = butir.pattern
            if not isinstance(pola, RoutePattern):
                continue
            rute = awal + str(pola)
            for nama, pengubah in pola.converters.items():
                if type(pengubah).__name__ == "IntConverter":
                    rute = rute.replace(f"<int:{nama}>", "9" * banyak)
                else:
                    contoh = pengubah.regex.split("|")[0]
                    isi = contoh if contoh.replace("-", "").isalpha() else "x"
                    rute = re.sub(rf"<\w+:{nama}>|<{nama}>", isi, rute)
            if isinstance(butir, URLPattern):
                hasil += [f"/{rute}"] if "9" * banyak in rute else []
            elif butir.app_name != "admin":
                hasil += walk(butir, rute)
        return hasil

    return walk(get_resolver(), "")


@pytest.mark.django_db
@pytest.mark.parametrize("banyak", DIGIT)
def test_address_with_an_impossible_id_is_not_found(client: Client, banyak: int) -> None:
    kantor = InstansiFactory()
    client.force_login(
        PenugasanFactory(jabatan__instansi=kantor, jabatan__tingkat="kepala").pengguna
    )
    alamat = list_alamat(banyak)
    assert len(alamat) > 60
    for cara in (client.get, client.post):
        jawab = {a[:70]: cara(a).status_code for a in alamat}
        assert not {a for a, kode in jawab.items() if kode >= 500}


@pytest.mark.parametrize(
    ("teks", "pk"),
    [
        ("12", 12),
        ("0", 0),
        ("9" * 18, 10**18 - 1),
        ("", None),
        ("-1", None),
        (" 1", None),
        ("1.0", None),
        ("²", None),
        ("١٢", None),
        ("9" * 19, None),
        ("9" * 5_000, None),
    ],
)
def test_id_from_a_form(teks: str, pk: int | None) -> None:
    assert read_pk(teks) == pk


def test_views_read_ids_in_one_way() -> None:
    berkas = [b for app in _APP for b in Path(BASE_DIR / app / "views").glob("*.py")]
    assert len(berkas) > 50
    sendiri = {
        f"{b.relative_to(BASE_DIR)}: {baris.strip()}"
        for b in berkas
        for baris in b.read_text(encoding="utf-8").splitlines()
        # A year, or the number of a version, is asked for its length first.
        if _SENDIRI.search(baris) and "len(" not in baris
    }
    assert not sendiri
