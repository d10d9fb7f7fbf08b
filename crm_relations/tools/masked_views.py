"""Put the mask beside the value in the architecture of a view."""

from lxml import etree

VIEWS = ("form", "list", "kanban")


def get_owner(node):
    """Return the view, of those inside one another, that a node belongs to."""
    return next((one for one in node.iterancestors() if one.tag in VIEWS), node)


def show_mask(node, arch, mask):
    """Add the field ``mask`` beside the field ``node`` of ``arch``, once.

    >>> form = etree.fromstring('<form><field name="phone" invisible="x"/></form>')
    >>> show_mask(form[0], form, "hidden_phone")
    >>> etree.tostring(form).decode()
    '<form><field name="phone" invisible="(x) or hidden_phone"/>\
<field name="hidden_phone" invisible="(x) or not hidden_phone"/></form>'
    """
    if _is_never_seen(node) or _has_mask(arch, mask):
        return
    if arch.tag == "list":
        node.addnext(etree.Element("field", name=mask, optional="hide"))
    elif arch.tag == "form":
        _take_turns(node, mask)
    elif node.getparent() is not arch:
        shown = etree.Element("field", name=mask, invisible=f"not {mask}")
        shown.set("class", "text-muted")
        _get_whole(node).addnext(shown)


def _is_never_seen(node):
    hidden = (node.get("invisible"), node.get("column_invisible"))
    return bool({"1", "True"}.intersection(hidden))


def _has_mask(arch, mask):
    return any(
        one.get("name") == mask and get_owner(one) is arch for one in arch.iter("field")
    )


def _take_turns(node, mask):
    """The value is seen, or its mask."""
    shown = etree.Element("field", name=mask)
    before = node.get("invisible")
    either = f"({before}) or " if before else ""
    if node.get("nolabel"):
        shown.set("nolabel", "1")
    shown.set("invisible", f"{either}not {mask}")
    node.set("invisible", f"{either}{mask}")
    node.addnext(shown)


def _get_whole(node):
    """Return what a card leaves out with the value: its line, with the icon."""
    whole = node
    for one in node.iterancestors():
        if f"record.{node.get('name')}." in one.get("t-if", ""):
            whole = one
    return whole
