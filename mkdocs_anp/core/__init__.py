"""The rules of post meta, free of any site generator, theme and template engine."""
