"""Data blocks: what a report inserts from data, as plain values that screen, PDF and DOCX share."""
