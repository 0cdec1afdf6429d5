"""The queue of runs: kept on disk, carried out one after the other."""
