"""What comes into damaged places: from around them, by networks, or drawn."""
