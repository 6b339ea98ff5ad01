"""Pages of the SOP, for holders of a post in its office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from organisasi.middleware import get_pelaku
from sop import selectors
from sop.models import VersiSOP
from sop.views.akses import may_draft


def list_sop(request: HttpRequest) -> HttpResponse:
    """The catalogue of one's office."""
    daftar = selectors.list_sop(get_pelaku(request).instansi)
    context = {"daftar": daftar, "boleh_menyusun": may_draft(request)}
    return render(request, "sop/list_sop.html", context)


def view_versi(request: HttpRequest, versi_id: int) -> HttpResponse:
    """Identity page and steps of one version; 404 for people of other offices."""
    milik = VersiSOP.objects.select_related("sop__instansi").filter(
        sop__instansi=get_pelaku(request).instansi
    )
    versi = get_object_or_404(milik, pk=versi_id)
    halaman = selectors.build_halaman(versi)
    return render(request, "sop/versi.html", {"versi": versi, "halaman": halaman})
