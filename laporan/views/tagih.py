"""Reminding units, from the matrix of who has sent what."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kinerja.rules.periode import parse_periode
from laporan.services.tagih import remind_unit
from organisasi.middleware import get_pelaku
from sakip.common.errors import IsianTidakSah


@require_POST
def remind_capaian(request: HttpRequest) -> HttpResponse:
    """Remind every unit whose figures of the posted triwulan are still to come."""
    pelaku = get_pelaku(request)
    periode = parse_periode(request.POST.get("periode", ""))
    if periode is None:
        raise IsianTidakSah(_("Pilih triwulan yang capaiannya diingatkan."))
    unit = remind_unit(
        instansi_id=pelaku.instansi.pk,
        periode=periode,
        aktor=pelaku.pengguna,
        now=timezone.now(),
    )
    if unit:
        messages.success(request, _("Pengingat terkirim: %(unit)s.") % {"unit": ", ".join(unit)})
    else:
        messages.info(request, _("Semua yang terbuka sudah diingatkan hari ini."))
    return redirect(f"{reverse('kinerja:list-capaian')}?periode={periode.kode}")
