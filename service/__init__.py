"""Ascribe: who said what in a news article, what it counts, and what is opinion."""

__version__ = "0.1.0"
