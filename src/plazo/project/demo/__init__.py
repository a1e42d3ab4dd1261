"""A made-up year of a support desk, told through the actions with a moving clock."""
