"""The words around printed figures: units, bounds, magnitudes, ways to say that there is none."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from kinerja.rules.tanggal import POLA_BULAN

# Dashes, quotes and full-width signs that mean the plain ones.
_TANDA = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63", "-")
    | dict.fromkeys("\u2018\u2019\u0060\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e", '"')
    | {"\u2044": "/", "\u2215": "/", "\u3000": " "}
    # Full-width signs and digits, as some keyboards and scanners write them.
    | {chr(n): chr(n - 0xFEE0) for n in range(0xFF01, 0xFF5F)}
)
# A figure goes on in words: "0 koma lima", "2 ratus". What is not read whole is not read.
_SEBUT = (
    "koma|setengah|(?:se)?perempat|pertiga|belas|puluh|ratus"
    "|titik (?:nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)"
)
# Words that join or deny: behind a figure they are no unit.
_BUKAN_SATUAN = (
    rf"(?!(?:s\.\s?d|s/d|sd\s*[0-9]|sampai|hingga|to|dan|atau|dari|dr|an|tidak|belum|bukan|wib|wita|wit"
    rf"|{POLA_BULAN}|{_SEBUT})\b)"
)
_KATA = r"[^\W\d_]+[23²³]?(?:['.&-][^\W\d_]+)*\.?"
_KATA_SATUAN = rf"{_BUKAN_SATUAN}{_KATA}"
SATUAN = rf"(?:\s*[%‰])?(?:\s*/?\s*{_KATA_SATUAN}(?:[\s/]+{_KATA_SATUAN}){{0,3}})?"
# "per 100.000 kelahiran hidup": a rate is its own figure, whatever it is counted against.
PER = r"\s*(?:%\s*)?(?:per\s*|/\s*(?=[0-9.,' ]+[^\W\d_]))10{0,2}(?:[., ]?000){1,2}(?![0-9])"
AWALAN = (
    r"(?:(?:rp\.?|idr|us\$|usd|(?:level|tingkat|peringkat|ranking|skala|minimal|minimum|maksimal|maksimum|nilai|skor|indeks|index"
    r"|rata-rata|sebesar|sebanyak|sekitar|paling (?:sedikit|banyak|rendah|tinggi|lama|lambat)"
    r"|se(?:kurang-kurang|dikit-dikit|tinggi-tinggi|banyak-banyak|lambat-lambat|lama-lama|kurang)nya"
    r"|setidak(?:-tidak)?nya|kurang (?:dari|lebih)|lebih dari|di (?:atas|bawah)|target|realisasi)"
    r"(?![^\W\d_]):?"
    r"|min\.?|maks\.?|max\.?|±|≈|~|≥|≤|>\s?=|<\s?=|>|<|=)\s*)*"
)
UANG = re.compile(r"\b(?:rp|idr|us)", re.I)
SEBUTAN = r"[^\W\d_]+(?:['.-][^\W\d_]+)*(?:[ /][^\W\d_]+(?:['.-][^\W\d_]+)*){0,4}[+-]?"
GALAT = re.compile(r"#[A-Z0-9/?]+[!?]?|#{2,}|err:\d+", re.I)
BESARAN: Mapping[str, int] = {
    "ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "mlr": 9,
    "triliun": 12, "trilyun": 12, "trn": 12,
}  # fmt: skip
BESARAN_SINGKAT: Mapping[str, int] = {"M": 9, "T": 12}
ROMAWI: Mapping[str, Decimal] = {
    r: Decimal(n)
    for n, r in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"), 1)
}
_SINONIM: Mapping[str, str] = {
    "wajar tanpa pengecualian": "wtp",
    "wajar dengan pengecualian": "wdp",
    "tidak memberikan pendapat": "tmp",
    "tidak wajar": "tw",
}
_NAMA_SEBUTAN = re.compile(r"(?:predikat|opini|kategori|nilai|peringkat|grade)\s+", re.I)

_KOSONG = frozenset(
    {"n/a", "na", "n.a", "n.a.", "nihil", "kosong", "belum", "tidak", "x"}
    | {"nan", "null", "none", "nil", "tba", "tbd", "inf", "-inf", "infinity", "-infinity"}
)
_TANPA_ISI = re.compile(r"(?:rp\.?|idr)?[\s\-.…_?/*,:]*%?", re.I)
_BELUM = re.compile(
    r"(?:(?:data|nilai|hasil|angka|realisasi|capaian|survei)\s+)?(?:masih\s+)?"
    r"(?:(?:belum|blm|tidak|tdk)\s+(?:ada|ter\w+|di\w+|rilis|keluar|terbit|bisa|dapat|selesai|final|punya"
    r"|me\w+kan survei|relevan|berlaku)|menunggu|dalam proses|proses|sedang|on\s?progress|pending"
    r"|akan|ditunda|not available)\b.*",
    re.I,
)
_CATATAN_KAKI = re.compile(
    r"(?<=[-!\d%)\]\w])\s*(?:\(?\*+\)?|[\u00b9\u00b2\u00b3\u2070-\u2079†‡]+\)?|\[[0-9]{1,2}\]"
    r"|\^[0-9a-z])$",
    re.I,
)
_NOMOR_KAKI = re.compile(r"([^()]*[\d%\w]) [0-9a-z]\)", re.I)
_DALAM_ANGKA = re.compile(r"(?<=[\d.,])[^\S\n]*\n\s*(?=[\d.,])")


def tidy(teks: str) -> str:
    """One line with plain signs and spaces. A break between digits stays visible: two lines of
    figures are not one figure."""
    terlihat = "".join(h for h in teks if unicodedata.category(h) != "Cf")
    satu = terlihat.translate(_TANDA).strip().replace("\r\n", "\n").replace("\r", "\n")
    rapi = " ".join(_DALAM_ANGKA.sub(" ¦ ", satu).split())
    rapi = re.sub(r'^="(.*)"$', r"\1", rapi)
    rapi = re.sub(r"^minus\s+(?=[0-9])", "-", rapi, flags=re.I)
    rapi = re.sub(r"^nol\b", "0", rapi, flags=re.I)
    return rapi.strip("\"'").strip()


def is_kosong(rapi: str) -> bool:
    """Whether the cell says, in whatever words, that there is no figure."""
    return bool(rapi.casefold() in _KOSONG or _TANPA_ISI.fullmatch(rapi) or _BELUM.fullmatch(rapi))


def drop_kaki(rapi: str) -> str:
    """Without the marks of footnotes."""
    polos = _CATATAN_KAKI.sub("", rapi.lstrip("*")).strip()
    bernomor = _NOMOR_KAKI.fullmatch(polos)
    return bernomor[1] if bernomor else polos


def plain(sebutan: str) -> str:
    """A predicate in one spelling: "Predikat BB" and "bb", "WTP" and its three words."""
    polos = _NAMA_SEBUTAN.sub("", " ".join(sebutan.split()), count=1).casefold()
    return _SINONIM.get(polos, polos)
