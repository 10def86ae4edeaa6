"""The helpline: answers the national number and puts each caller through to a person."""
