"""Tests of the doorway."""
