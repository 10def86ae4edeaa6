"""Tests of helpline/upkeep."""
