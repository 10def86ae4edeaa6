"""Tests of helpline/cli."""
