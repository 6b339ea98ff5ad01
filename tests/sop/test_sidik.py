"""The fingerprint changes with every word of a version, and with nothing else."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from sakip.common.waktu import Durasi, SatuanWaktu
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas, KolomPelaksana
from sop.rules.sidik import compute_sidik
from tests.factories.sop import graf_sah, simpul, simpul_pelaksana

KOSONG = Identitas()
BEDA_IDENTITAS: dict[str, Any] = {
    "judul_kolom": {"waktu": "Waktu (menit)"},
    "judul_pelaksana": (KolomPelaksana("Staf", ("staf",)),),
    "catatan_sumber": {"kop": "hilang"},
}
BEDA_LANGKAH: dict[str, Any] = {
    "nomor": 9,
    "simbol": "akhir",
    "pelaksana": (simpul_pelaksana("lain"),),
    "ke": {"ya": None},
    "waktu": Durasi(1, SatuanWaktu.HARI_KERJA),
    "waktu_per_unit": True,
    "beda_orang_dari": (1,),
    "catatan_sumber": {"waktu": "ragu"},
}


def test_primary_keys_order_and_names_of_posts_do_not_matter() -> None:
    graf = graf_sah()
    lain = Graf(
        tuple(
            replace(
                s,
                id=s.id + 100,
                ke={h: t and t + 100 for h, t in s.ke.items()},
                pelaksana=tuple(
                    replace(p, id=7, jabatan_id=8, jabatan_nama="X") for p in s.pelaksana
                ),
            )
            for s in reversed(graf.langkah)
        )
    )
    assert compute_sidik(graf, KOSONG) == compute_sidik(lain, KOSONG)


def test_every_field_of_a_step_matters() -> None:
    asal = simpul(1)
    sidik = {compute_sidik(Graf((asal,)), KOSONG)}
    for f in fields(asal):
        if f.name == "id":
            continue
        nilai: Any = BEDA_LANGKAH.get(f.name) or (("x",) if "tuple" in str(f.type) else "x")
        sidik.add(compute_sidik(Graf((replace(asal, **{f.name: nilai}),)), KOSONG))
    assert len(sidik) == len(fields(asal))


def test_every_field_of_the_identity_page_matters() -> None:
    sidik = {compute_sidik(graf_sah(), KOSONG)}
    for f in fields(KOSONG):
        biasa = (
            ("x",) if "tuple" in str(f.type) else date(2023, 2, 9) if "date" in str(f.type) else "x"
        )
        nilai: Any = BEDA_IDENTITAS.get(f.name, biasa)
        sidik.add(compute_sidik(graf_sah(), replace(KOSONG, **{f.name: nilai})))
    assert len(sidik) == len(fields(KOSONG)) + 1


def test_the_order_and_units_of_actors_matter() -> None:
    dua = (simpul_pelaksana("a"), simpul_pelaksana("b", urutan=2, per_unit=("bidang",)))
    sama = Graf((simpul(1, pelaksana=dua[::-1]),))
    lain = Graf(
        (
            simpul(
                1,
                pelaksana=(dua[0], replace(dua[1], per_unit=())),
            ),
        )
    )
    asal = compute_sidik(Graf((simpul(1, pelaksana=dua),)), KOSONG)
    assert compute_sidik(sama, KOSONG) == asal
    assert compute_sidik(lain, KOSONG) != asal
