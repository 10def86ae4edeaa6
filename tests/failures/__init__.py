"""What fails around the helpline, in real processes: no call is lost, and what is lost of records is reported."""
