"""From a request of the carrier to the turn a caller is in: replay, look up, resolve lines."""
