"""The packages of other projects, run as they are: for those who want exactly their result."""
