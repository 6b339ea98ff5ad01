"""What nobody types on purpose: values for any field, and for what stands around a form."""

import csv
import io
import re
import zipfile

from hypothesis import strategies as st

Pasangan = tuple[str, str]

NAKAL = (
    *("", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "\u202ekiri", "\ufeff", "\u200b", "\u2028"),
    *("😀" * 300, "e" + "\u0301" * 2000, "\x1b[31m", "\x0b\x0c\x85", "A" * 100_000, "ﷺ" * 5000),
    *("0", "-0", "-1", "9" * 20, "9" * 400, "9" * 5000, "1e400", "1e-400", "-1e99999999", "1e18"),
    *("NaN", "sNaN", "-NaN123", "Infinity", "-inf", "1_000", "0x10", "١٢٣", "²", "½", "Ⅷ"),
    *("1.234,56", "1,234.56", "1..2", ",", "+", "--1", "1 000", "5%", "2147483648", "1.0", "1.5"),
    *("9223372036854775807", "9223372036854775808", "-9223372036854775809"),
    *("0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30"),
    *("2026-13-01", "31/12/2026", "2026-01-01T00:00", "2026-W01", "24:00", "23:59:60", "99:99"),
    *("9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "-2026", "20265", "triwulan-9"),
    *("true", "null", "None", "[]", "{}", '{"a":', "undefined", "__proto__", "__class__", "pk"),
    *("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", '=HYPERLINK("x")'),
    *("'; DROP TABLE x;--", '" OR 1=1', "%", "%s%n", "%(a)s", "{{7*7}}", "{% debug %}", "{0}"),
    *("<script>alert(1)</script>", "<p>" * 3000, "<ul><li>" * 800 + "x", "&#0;", "&#xD800;", "<"),
    *(
        "<table><tr><td rowspan=99999999 colspan=-1>x",
        "<img src=x onerror=alert(1)>",
        "<!--",
        "]]>",
    ),
    *("<p style='width:calc(1/0)'>x", "<a href='javascript:x'>x</a>", "<math><mi>", "<h1>a<h1>"),
    *("../../etc/passwd", "a/b", "\\\\x\\y", "%00", "%ff", "C:\\x", "a\r\nSet-Cookie: a=b", "~"),
    *("http://[", "http://[::1", "https://" + "a" * 3000, "//lain.example", "javascript:alert(1)"),
    *("data:text/html,x", "http://x:99999", "ftp://x", "http://a b", "a@b", f"a@{'b' * 300}.id"),
    *("00000000-0000-0000-0000-000000000000", "198001012005011001", "1" * 18, "0" * 64, "z" * 64),
)
# Text that a spreadsheet would calculate, wherever it comes back as a cell.
RUMUS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0")
METODE = ("POST", "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PERIKSA", "post")
JENIS_BADAN = (
    *("text/plain", "application/xml", "application/json", "multipart/form-data", "image/png"),
    *(
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=x",
        "",
        "\u00ff",
        "a/b; charset",
    ),
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data; boundary=batas; charset=utf-7",
    "multipart/form-data; boundary=batas; charset=tidak-ada",
    "multipart/form-data; boundary=" + "x" * 300,
)
KEPALA: tuple[Pasangan, ...] = (
    ("Referer", "http://["),
    ("Referer", "http://testserver//["),
    ("Referer", "http://testserver/\u00ed\u00a0\u0080?a=%00"),
    ("HX-Request", "true"),
    ("HX-Current-URL", "http://["),
    ("HX-Target", "\x00"),
    ("X-Cadangan", "peramban"),
    ("X-Request-Id", "0" * 5000),
    ("Accept", "application/json"),
    ("Accept-Language", "x-" * 500),
    ("Authorization", "Bearer \u00ff"),
    ("Host", "lain.example"),
    ("X-Forwarded-For", "x, ::1%eth0"),
    ("If-Modified-Since", "Sun, 99 Nov 99999 99:99:99 GMT"),
    ("If-None-Match", '"' * 99),
    ("Range", "bytes=-9999999999999999999-"),
    ("User-Agent", "\u00ff" * 3000),
    ("Content-Length", "5"),
)
nilai = st.one_of(st.sampled_from(NAKAL), st.text(max_size=40), st.integers().map(str))
_AWAL = ("=", "+", "-", "@", "\t", "\r")
_SEL_RUMUS = re.compile(rb"<f[ >/]")
_ANGKA = re.compile(r"[-+]?[\d.,]+ ?%?")


def find_rumus(isi: bytes, akhiran: str) -> list[str]:
    """Cells of a download that a spreadsheet would calculate. akhiran: "xlsx" or "csv"."""
    if akhiran == "csv":
        baris = csv.reader(io.StringIO(isi.decode("utf-8-sig")), delimiter=_delimiter(isi))
        return [s for b in baris for s in b if s[:1] in _AWAL and not _ANGKA.fullmatch(s)]
    if not zipfile.is_zipfile(io.BytesIO(isi)):
        return ["bukan buku kerja"]
    with zipfile.ZipFile(io.BytesIO(isi)) as buku:
        lembar = [n for n in buku.namelist() if n.startswith("xl/worksheets/sheet")]
        return [n for n in lembar if _SEL_RUMUS.search(buku.read(n))]


def _delimiter(isi: bytes) -> str:
    kepala = isi.partition(b"\n")[0]
    return ";" if kepala.count(b";") > kepala.count(b",") else ","
