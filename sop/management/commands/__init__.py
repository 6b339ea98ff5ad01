"""Commands of the SOP."""
