"""Tests of helpline/switchboard."""
