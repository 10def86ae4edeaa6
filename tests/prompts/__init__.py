"""Tests of helpline/prompts."""
