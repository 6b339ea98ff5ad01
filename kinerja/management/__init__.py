"""Commands of performance figures."""
