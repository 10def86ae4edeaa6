"""Who answers where: the region files, their checks, the geography, and the table that calls use."""
