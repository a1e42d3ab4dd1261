"""Reading a text: features, model, evaluation. Pure."""
