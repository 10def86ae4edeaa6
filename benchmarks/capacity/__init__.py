"""How many callers wait how long, and for whom, when a broadcast shows the number; see docs/capacity.md."""
