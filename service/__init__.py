"""The engine over HTTP and a websocket: routes, uploads, the queue of runs, what browsers see while they run."""
