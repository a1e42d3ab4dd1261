"""Tickets as tables."""
