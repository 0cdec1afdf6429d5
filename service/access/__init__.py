"""Who may ask: hosts, origins, the token, and how much at once."""
