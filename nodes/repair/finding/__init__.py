"""Where a photo is damaged: a map of likelihoods, and what is decided from it."""
