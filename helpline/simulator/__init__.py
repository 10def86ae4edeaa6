"""A telephone and a Twilio in one: calls are fetched over real HTTP, played, and kept as tests."""
