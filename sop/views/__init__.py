"""Pages of the SOP, for holders of a post in its office."""
