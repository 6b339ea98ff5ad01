"""Pages of the report, by what a person comes for."""
