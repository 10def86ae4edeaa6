"""Who answers where, tested."""
