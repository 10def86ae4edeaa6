"""What is shared with the tests of failures: machines of ours in processes of their own, and whom callers mean."""

from tests.failures.conftest import country, new_machine, served_regions, served_table

__all__ = ["country", "new_machine", "served_regions", "served_table"]
