"""What is kept: the versions of the routing table, the record of who changed what and why, and the last good copy."""
