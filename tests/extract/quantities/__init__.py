"""Tests of the reading of quantities."""
