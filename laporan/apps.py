"""Application laporan."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from sakip.common.pdf import check_pustaka
from sakip.common.penyimpanan import check_penyimpanan, check_penyimpanan_aman
from sakip.common.tte_pilih import check_tte


class LaporanConfig(AppConfig):
    """Reports that walk an SOP."""

    name = "laporan"
    verbose_name = _("Laporan")

    def ready(self) -> None:
        """Check at start-up what PDFs need; tell the SOP pages how to count what runs on them."""
        from laporan.selectors.sop import count_draf_berjalan  # models are ready only now
        from sop.selectors.pemakaian import register_penghitung

        checks.register(check_pustaka)
        checks.register(check_tte)
        checks.register(check_penyimpanan)
        checks.register(check_penyimpanan_aman, deploy=True)
        register_penghitung("draf", count_draf_berjalan)
