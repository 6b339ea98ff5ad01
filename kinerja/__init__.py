"""WHAT: tujuan, sasaran, indikator, target, capaian and bukti."""
