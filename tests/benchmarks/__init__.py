"""Tests of what measures: right answers are taken, and wrong ones are found."""
