"""Figures from clocks."""
