"""The flowchart on the page of a draft, and the track above it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from laporan.models import Draf
from laporan.selectors.diagram import Diagram, build_diagram
from laporan.selectors.draf import Perjalanan, get_perjalanan
from organisasi.models import Penugasan
from sop.rules.bagan.tema import LAYAR
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor, nomor_kini

pytestmark = pytest.mark.django_db


def sampai(kantor: Kantor, nomor: int, now: datetime) -> Draf:
    """A draft whose turn is at that step."""
    draf = kantor.start(now)
    while nomor_kini(draf) != nomor:
        draf = kantor.work_all(draf, now)
    return draf


def lihat(draf: Draf, now: datetime) -> tuple[Perjalanan, Diagram]:
    """Track and drawing of a draft."""
    draf = Draf.objects.select_related("versi__sop", "instansi").get(pk=draf.pk)
    jalan = get_perjalanan(draf, kini=now + timedelta(hours=1))
    return jalan, build_diagram(draf, jalan, kini=now)


def test_the_drawing_colours_what_is_done_and_who_has_it(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    _, diagram = lihat(sampai(kantor, 3, now), now)
    assert [x.simpul.keadaan for x in diagram.langkah] == ["lalu", "lalu", "kini", *["nanti"] * 5]
    assert diagram.svg.count(f'fill="{LAYAR.lalu[0]}"') == 2
    assert LAYAR.kini[0] in diagram.svg
    (((jabatan, orang)),) = diagram.di_tangan
    assert jabatan == str(aktif(Draf.objects.get())[0].jabatan)
    assert orang == str(kantor.pelaku(aktif(Draf.objects.get())[0]))


def test_a_return_dashes_what_is_to_be_done_again_and_counts_once(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.work_all(sampai(kantor, 7, now), now, "tidak")
    jalan, diagram = lihat(draf, now)
    assert [x.simpul.keadaan for x in diagram.langkah][4:] == ["lalu", "kini", "ulang", "nanti"]
    assert [s.kembali for s in jalan.lajur] == [0, 0, 0, 0, 0, 1, 0, 0]
    assert diagram.svg.count(">2×</text>") == 1
    draf = kantor.work_all(draf, now)
    jalan, diagram = lihat(draf, now)
    assert [s.keadaan for s in jalan.lajur][5:] == ["lalu", "kini", "nanti"]
    assert [s.kembali for s in jalan.lajur] == [0, 0, 0, 0, 0, 1, 0, 0]
    assert [s.putaran for s in jalan.lajur] == [1, 1, 1, 1, 1, 2, 2, 0]
    assert diagram.svg.count(">2×</text>") == 2


def test_a_finished_draft_is_all_done_and_in_nobodys_hands(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    while draf.is_aktif:
        draf = kantor.work_all(draf, now)
    _, diagram = lihat(draf, now)
    assert {x.kata for x in diagram.langkah} == {"Selesai"}
    assert diagram.di_tangan == ()


def test_a_fan_out_names_every_unit_and_a_vacant_post_says_so(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = sampai(kantor, 5, now)
    Penugasan.objects.filter(jabatan=aktif(draf)[0].jabatan).delete()
    _, diagram = lihat(draf, now)
    assert len(diagram.di_tangan) == 5
    assert {orang for _, orang in diagram.di_tangan} == {"belum ada pejabatnya"}


def test_the_page_shows_drawing_and_list_with_links_into_the_story(
    now: datetime, client: Client
) -> None:
    kantor = make_kantor(DINKES, now)
    draf = sampai(kantor, 3, now)
    client.force_login(kantor.pelaku(aktif(draf)[0]))
    isi = client.get(draf.get_absolute_url()).content.decode()
    assert "Diagram alir sebagai daftar" in isi
    tugas = draf.tugas.filter(kunjungan__langkah__nomor=2).get()
    assert f"/riwayat/#tugas-{tugas.pk}" in isi
    cerita = client.get(f"{draf.get_absolute_url()}riwayat/").content.decode()
    assert f'id="tugas-{tugas.pk}"' in cerita


def test_the_drawing_costs_two_queries(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kantor = make_kantor(DINKES, now)
    pk = sampai(kantor, 5, now).pk
    draf = Draf.objects.select_related("versi__sop", "instansi").get(pk=pk)
    jalan = get_perjalanan(draf, kini=now)
    with django_assert_num_queries(2):
        build_diagram(draf, jalan, kini=now)
