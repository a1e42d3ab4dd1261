"""Plazo: a support desk whose service agreement is the program."""
