"""Reading with a language model behind an endpoint of your own; used only where asked for."""
