"""How the table is changed."""
