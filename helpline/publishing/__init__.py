"""How the routing table is changed: worked out, checked, shown in its effect, and made live everywhere at once."""
