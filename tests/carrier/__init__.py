"""Tests of helpline/carrier."""
