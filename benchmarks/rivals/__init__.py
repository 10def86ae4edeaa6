"""The same four answers as the tutorials of others teach them, each a program of its own."""
