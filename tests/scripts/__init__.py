"""The scripts, tested."""
