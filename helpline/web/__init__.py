"""The web tier: HTTP in, a document out; no rule of the conversation lives here."""
