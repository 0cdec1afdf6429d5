"""How the models that come with the project were made."""
