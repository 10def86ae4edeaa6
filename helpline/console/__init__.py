"""The operators' console, at /console: what goes on now, and every change of the routing table, after sign-in."""
