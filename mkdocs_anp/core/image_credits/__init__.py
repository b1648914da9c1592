"""Image credits: which entry of `image_sources` an image has, and what is said of it.

`entries` reads the entries, `addresses` and `providers` tell which addresses are one image,
`matching` finds the entry of an image, `licenses` knows licences, `credit` words the credit,
`raw_html` finds images in hand-written HTML, `figures` puts captions and credits into a page's
HTML, `embedded` reads what an image file says of itself, and `audit` tells what is wrong.
"""
