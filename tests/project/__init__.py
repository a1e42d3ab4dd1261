"""Commands and the demo world."""
