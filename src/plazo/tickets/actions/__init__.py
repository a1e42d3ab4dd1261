"""Every write to a ticket."""
