"""What clients see while runs go on."""
