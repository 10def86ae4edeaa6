"""What runs beside the calls: erasure at Twilio, alerts, test calls to the lines, the fallback document."""
