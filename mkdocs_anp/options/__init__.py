"""The options of each feature in `mkdocs.yml`, and the kinds of options they are made of.

What only the options of one feature need is imported where they have a value: most sites have
none, or have the feature off.
"""
