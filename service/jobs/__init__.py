"""Jobs: articles accepted now and read later, each exactly once as seen from outside; the database is the truth."""
