"""Tickets: the timeline, the clocks read from it, the actions that write it."""
