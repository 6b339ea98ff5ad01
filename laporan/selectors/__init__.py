"""Reading reports for pages. Query counts are asserted in tests/laporan/test_selectors.py."""
