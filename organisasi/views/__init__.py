"""Pages of the organisation: signing in, people, posts, calendar, keys."""
