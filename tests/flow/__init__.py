"""Tests of helpline/flow."""
