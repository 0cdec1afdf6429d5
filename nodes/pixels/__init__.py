"""Picture arithmetic that several node families share: colour spaces, noise measures."""
