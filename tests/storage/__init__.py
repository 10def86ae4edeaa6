"""Tests of helpline/storage, on real files."""
