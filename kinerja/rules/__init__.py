"""Rules of performance figures: pure functions, Decimal in and out."""
