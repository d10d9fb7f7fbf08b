from ast import literal_eval

from lxml import etree

from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval


class OpenedCase:
    """What an action shows at first, counted as its reader."""

    def _count_opened(self, action, env):
        """Return how many records the action shows, its default filters included."""
        context = action.get("context") or {}
        if isinstance(context, str):
            context = safe_eval(context, {"uid": env.uid})
        domain = action.get("domain") or []
        if isinstance(domain, str):
            domain = safe_eval(domain, {"uid": env.uid})
        records = env[action["res_model"]].with_context(**context)
        shown = Domain(domain) & self._get_default_filters(action, context, env)
        return records.search_count(shown)

    def _get_default_filters(self, action, context, env):
        names = {
            key.removeprefix("search_default_")
            for key, value in context.items()
            if key.startswith("search_default_") and value
        }
        if not names:
            return Domain.TRUE
        view_id = action.get("search_view_id") or False
        if isinstance(view_id, (list, tuple)):
            view_id = view_id[0]
        arch = env[action["res_model"]].get_view(view_id, "search")["arch"]
        filters = etree.fromstring(arch).iterfind(".//filter[@domain]")
        return Domain.AND(
            self._read_domain(node.get("domain"), env)
            for node in filters
            if node.get("name") in names
        )

    def _read_domain(self, text, env):
        try:
            return Domain(literal_eval(text))
        except ValueError:
            return Domain(safe_eval(text, {"uid": env.uid}))

    def assertOpens(self, action, count, env):
        if isinstance(count, str):  # such as “3 of 10”
            count = int(count.split()[0].replace(",", ""))
        self.assertEqual(self._count_opened(action, env), count, action.get("name"))
