"""What the desk costs: each module measures one thing, and `python -m benchmarks` writes the tables."""
