"""What tests/test_no_trace.py works with: callers, a service in which things break, and a search of all it wrote."""
