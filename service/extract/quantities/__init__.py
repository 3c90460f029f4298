"""Quantities: every number of an article with its value, unit, modifier, direction, rate and topic."""

from .disagreements import disagreements
from .grammars import Grammar, load_grammar
from .quantities import find_quantities

__all__ = ["Grammar", "disagreements", "find_quantities", "load_grammar"]
