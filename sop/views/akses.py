"""Fetching a version for a page: 404 for a stranger, 403 for a colleague without the right."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from organisasi.middleware import get_pelaku
from sakip.common.errors import AksesDitolak
from sop import perms
from sop.models import VersiSOP
from sop.services.sunting import Penyunting


def fetch_versi(request: HttpRequest, versi_id: int) -> VersiSOP:
    """A version of one's own office, whatever its state."""
    milik = VersiSOP.objects.select_related("sop__instansi").filter(
        sop__instansi=get_pelaku(request).instansi
    )
    return get_object_or_404(milik, pk=versi_id)


def may_draft(request: HttpRequest) -> bool:
    """Whether the person may write SOPs of the office acted for."""
    pelaku = get_pelaku(request)
    return perms.can_draft(pelaku.instansi.pk, pelaku.semua)


def may_publish(request: HttpRequest) -> bool:
    """Whether the person may publish and withdraw SOPs of the office acted for."""
    pelaku = get_pelaku(request)
    return perms.can_publish(pelaku.instansi.pk, pelaku.semua)


def require(boleh: bool) -> None:  # noqa: FBT001 - reads as a sentence
    """Refuse a colleague without the right.

    Raises:
        AksesDitolak: HTTP 403.
    """
    if not boleh:
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengelola SOP instansi ini."))


def fetch_sunting(request: HttpRequest, versi_id: int) -> VersiSOP:
    """The same, for who may write it."""
    versi = fetch_versi(request, versi_id)
    require(may_draft(request))
    return versi


def make_penyunting(request: HttpRequest, versi: VersiSOP) -> Penyunting:
    """Who edits, now."""
    return Penyunting(versi.pk, get_pelaku(request).pengguna, timezone.now())
