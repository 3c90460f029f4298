"""The reading of articles: pure functions from a text to what is said in it, and by whom."""
