"""Rules of the organisation: pure values in, pure values out."""
