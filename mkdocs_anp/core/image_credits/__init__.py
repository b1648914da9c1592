"""Image credits: which entry of `image_sources` an image has, and what is said of it.

`entries` reads the entries, `images` says what an image of a page is, `addresses` and `providers`
tell which addresses are one image, `matching` finds the entry of an image, `licenses` knows
licences, `credit` words the credit, `raw_html` finds images in hand-written HTML, `tags` reads
start tags, `figures` puts captions and credits into a page's HTML, `embedded` reads what an image
file says of itself, `audit` tells what is wrong, `places` where that stands, and `online` asks
whether the addresses answer.
"""
