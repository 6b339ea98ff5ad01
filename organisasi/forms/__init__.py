"""Forms of the organisation: sign-in, people, posts, calendar, keys."""
