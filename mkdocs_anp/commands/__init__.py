"""What the commands of `mkdocs-anp` do, each loaded only when it is called."""
