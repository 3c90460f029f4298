"""Corrections laid over extractions."""
