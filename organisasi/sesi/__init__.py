"""Stores of sessions that know whose they are; one module each, as Django wants them."""
