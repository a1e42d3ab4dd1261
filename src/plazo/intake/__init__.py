"""Reports coming in: one door, a folder per channel."""
