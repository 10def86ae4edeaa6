"""Tests of helpline/reports, the withholding of small counts among them."""
