"""Twilio in Twilio's words: signatures, requests, TwiML."""
