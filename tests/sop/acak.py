"""Random SOPs: any text, any route, any doubt that the tables can hold."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from sakip.common.waktu import Durasi, SatuanWaktu
from sop.rules.berkas import BerkasSOP
from sop.rules.berkas.langkah import KOLOM_LANGKAH
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.identitas import TANGGAL, Identitas, KolomPelaksana
from sop.rules.istilah import EFEK_TAMBAHAN, JenisUnit, Menghasilkan, Periode, Simbol, Tindakan

JABATAN = ("kepala_dinas", "sekretaris", "perencana", "staf", "kasi")
SEBUTAN = {kode: kode for kode in JABATAN}
_LICIN = [
    "- a",
    "• b",
    "# c",
    "null",
    "1.",
    "=1+1",
    "a: b",
    '"',
    "'",
    " x ",
    "a\n b\n\nc",
    "@",
    "{",
]
_KOLOM_IDENTITAS = ("nama_sop", "nomor_sop", "kop", "disahkan", "unit_pemilik", *TANGGAL)
_JUDUL = ("no", "kegiatan", "pelaksana", "mutu_baku", "kelengkapan", "waktu", "output")

isi = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
)
isi = isi | st.sampled_from(_LICIN)
teks = isi | st.just("")
daftar = st.lists(isi, max_size=3).map(tuple)
_WAKTU = ["", "-", "10 menit", "3 hari", "1 jam/ bidang", "480", "3 - 5 hari", "segera", " 2 jam "]
_TANGGAL = ["", "-", "9 Februari 2023", "31 Februari 2023", "kemarin"]


def _catatan(kolom: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "catatan_sumber": st.dictionaries(st.sampled_from(kolom), isi, max_size=2),
            "perlu_konfirmasi": st.lists(st.sampled_from(kolom), unique=True, max_size=2).map(
                tuple
            ),
        }
    )


def _identitas() -> st.SearchStrategy[Identitas]:
    kolom = st.builds(
        KolomPelaksana,
        judul=teks,
        jabatan=st.lists(st.sampled_from(JABATAN), unique=True, max_size=2).map(tuple),
        tercetak=st.booleans(),
    )
    bagian: dict[str, st.SearchStrategy[Any]] = dict.fromkeys(("nama_sop", "nomor_sop"), teks)
    bagian |= {f"disahkan_{n}": teks for n in ("jabatan", "nama", "pangkat", "nip")}
    bagian |= dict.fromkeys(("kop", "dasar_hukum", "kualifikasi", "keterkaitan"), daftar)
    bagian |= dict.fromkeys(("peralatan", "peringatan", "pencatatan"), daftar)
    for t in TANGGAL:
        bagian[t] = st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1))
        bagian[f"{t}_teks"] = st.sampled_from(_TANGGAL)
    bagian["judul_uraian"] = teks
    bagian["judul_kolom"] = st.dictionaries(st.sampled_from(_JUDUL), isi, max_size=3)
    bagian["judul_pelaksana"] = st.lists(kolom, max_size=4).map(tuple)
    umum = st.fixed_dictionaries(bagian)
    return st.tuples(umum, _catatan(_KOLOM_IDENTITAS)).map(lambda t: Identitas(**t[0], **t[1]))


def _pelaksana() -> st.SearchStrategy[tuple[SimpulPelaksana, ...]]:
    satu = st.builds(
        lambda kode, urutan, unit: SimpulPelaksana(0, 0, kode, kode, "", urutan, unit),
        st.sampled_from(JABATAN),
        st.integers(1, 3),
        st.lists(st.sampled_from([j.value for j in JenisUnit]), unique=True, max_size=2).map(
            lambda unit: tuple(sorted(unit))
        ),
    )
    return st.lists(satu, max_size=3, unique_by=lambda p: (p.jabatan_kode, p.urutan)).map(tuple)


def _waktu() -> st.SearchStrategy[dict[str, Any]]:
    durasi = st.builds(Durasi, st.integers(1, 99_999), st.sampled_from(SatuanWaktu))
    return st.fixed_dictionaries(
        {
            "waktu": st.none() | durasi,
            "waktu_per_unit": st.booleans(),
            "waktu_teks": st.sampled_from(_WAKTU) | isi,
        }
    )


@st.composite
def _langkah(draw: st.DrawFn, nomor: int, semua: list[int]) -> SimpulLangkah:
    sel: dict[str, Any] = {n: draw(teks) for n in ("output", "keterangan")}
    sel |= {n: draw(daftar) for n in ("kelengkapan", "kelengkapan_ulang")}
    sel |= draw(_waktu()) | draw(_catatan(KOLOM_LANGKAH))
    simbol = draw(st.sampled_from([s.value for s in Simbol]))
    hasil = ("ya", "tidak") if simbol == Simbol.KEPUTUSAN else ("lanjut",)
    tujuan = st.sampled_from(semua)
    return SimpulLangkah(
        id=nomor,
        nomor=nomor,
        kegiatan=draw(isi),
        simbol=simbol,
        tindakan=draw(st.sampled_from([t.value for t in Tindakan])),
        pelaksana=draw(_pelaksana()),
        ke={h: draw(tujuan if h == "tidak" else tujuan | st.none()) for h in hasil},
        periode=draw(st.sampled_from(["", *(p.value for p in Periode)])),
        efek=tuple(draw(st.lists(st.sampled_from(EFEK_TAMBAHAN), unique=True, max_size=2))),
        beda_orang_dari=tuple(draw(st.lists(tujuan | st.just(0), unique=True, max_size=2))),
        **sel,
    )


@st.composite
def sop_acak(draw: st.DrawFn) -> BerkasSOP:
    """An SOP whose route may have any fault, steps in order of nomor."""
    nomor = sorted(draw(st.lists(st.integers(1, 40), unique=True, min_size=1, max_size=5)))
    return BerkasSOP(
        kode=draw(isi),
        nama=draw(isi),
        unit_pemilik=draw(teks),
        identitas=draw(_identitas()),
        graf=Graf(tuple(draw(_langkah(n, nomor)) for n in nomor)),
        menghasilkan=draw(st.sampled_from([m.value for m in Menghasilkan])),
    )
