"""Faults on purpose: each module breaks one thing many times and counts what was lost.

Run by script/faults on a PostgreSQL and a Redis of their own; F3 and F4 are why no other database
may be near.
"""
