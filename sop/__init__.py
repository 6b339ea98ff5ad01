"""HOW: SOP, its versions, steps and routes."""
