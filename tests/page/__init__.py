"""The page for people, in a real browser against a real service."""
