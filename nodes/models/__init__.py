"""Networks made elsewhere: which exist, where their files lie, how they are loaded and on what they compute."""
