"""Faults of a page: each sentence knows the row it is about."""

from laporan.views.temuan import Temuan


def test_sentences_lead_to_their_rows_in_order_and_others_to_none() -> None:
    galat = {7: {"rtl": "Jawab."}, 9: {"realisasi": "Isi.", "penjelasan": "Jelaskan."}}
    pesan = ["A: Jawab.", "Berkas terlalu besar.", "B: Isi.", "B: Jelaskan."]
    assert Temuan(pesan, galat).butir == [
        ("A: Jawab.", 7),
        ("Berkas terlalu besar.", None),
        ("B: Isi.", 9),
        ("B: Jelaskan.", 9),
    ]
    assert Temuan(["Lain."]).butir == [("Lain.", None)]
