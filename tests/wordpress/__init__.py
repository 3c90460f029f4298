"""Tests of the WordPress plugin on a real site."""
