"""The simulator plays calls as Twilio does; these tests say so, row by row of Twilio's rules."""
