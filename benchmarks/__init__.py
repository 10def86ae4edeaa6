"""What a request costs this service, and what the same request costs others; see README.md here."""
