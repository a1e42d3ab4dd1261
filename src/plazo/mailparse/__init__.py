"""Reading e-mail: messages, quotes, loops, threads. Pure."""
