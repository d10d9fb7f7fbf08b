"""Pages behind a link that is the right to them: found by no search engine, told to no
other page, kept by no browser."""

SECRET = (
    ("X-Robots-Tag", "noindex, nofollow, noarchive"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
)
PAGE = {"type": "http", "auth": "public", "website": True, "sitemap": False}
# What the page shows besides: nothing that leads elsewhere.
BARE = {"no_header": True, "no_footer": True}
