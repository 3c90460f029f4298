"""Whole articles with everything that is to be found in them."""
