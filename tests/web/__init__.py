"""Tests of helpline/web."""
