"""How names of factors, units and columns are told again."""

import re

# What asks whether somebody recommends us, and how satisfied one is all in all.
RECOMMEND = re.compile(r"recommend|推荐", re.IGNORECASE)
OVERALL = re.compile(r"overall|all in all|in general|总体|整体|总的", re.IGNORECASE)


def get_key(name):
    """Return what names are compared by.

    >>> get_key(" Paper-work "), get_key("文件 手续")
    ('paperwork', '文件手续')
    """
    return re.sub(r"[\W_]+", "", (name or "").casefold())
