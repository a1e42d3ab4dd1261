"""Service terms as a pure library: calendars, policies, clocks, explanations."""
