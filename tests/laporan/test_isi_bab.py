"""What a writer is told about a text just kept."""

import pytest

from laporan.rules.isi_bab import explain_isi

TAUTAN = '<p><a href="file:///C:/x.docx">x</a> <a href="https://bps.go.id/">y</a></p>'


@pytest.mark.parametrize(
    ("masuk", "tersimpan", "kata"),
    [
        ("<p>a</p>", "<p>a</p>", []),
        (TAUTAN, '<p>x <a href="https://bps.go.id/">y</a></p>', ["1 tautan dilepas"]),
        ('<img src="data:x"><IMG src="file:y">', "", ["2 gambar tidak disimpan"]),
        ("", f"<table>{'<tr><td>x</td></tr>' * 300}</table>", ["Ada tabel 300 baris"]),
        ("", f"<table>{'<tr><td>x</td></tr>' * 60}</table>" * 2, []),
        ("<a name='_Toc'>x</a>", "x", []),
    ],
    ids=["bersih", "tautan", "gambar", "panjang", "dua-tabel", "jangkar"],
)
def test_writer_learns_what_did_not_come_along(masuk: str, tersimpan: str, kata: list[str]) -> None:
    hasil = explain_isi(masuk, tersimpan)
    assert len(hasil) == len(kata)
    assert all(h.startswith(k) for h, k in zip(hasil, kata, strict=True))
