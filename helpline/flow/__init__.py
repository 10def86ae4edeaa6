"""The conversation, its steps and its replay: no IO, no clock, no chance, no third-party package."""
