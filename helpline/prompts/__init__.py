"""The words people hear, one file a language, and how they become speech."""
