import json

from .roles import EveryRoleCase

PERIOD = ("2026-01-01", "2026-12-31")


class DashboardCase(EveryRoleCase):
    """What a dashboard asks the server for, asked as each role that may open it."""

    def _get_dashboards(self, addon):
        data = self.env["ir.model.data"].search(
            [("module", "=", addon), ("model", "=", "spreadsheet.dashboard")]
        )
        return self.env["spreadsheet.dashboard"].browse(data.mapped("res_id"))

    def assertAnswers(self, dashboard):
        """Each role of the dashboard gets an answer for each of its parts, and each
        figure leads to a menu that this role has."""
        readers = [
            user
            for user in self.users.values()
            if user.all_group_ids & dashboard.group_ids
        ]
        self.assertTrue(readers, dashboard.name)
        content = json.loads(dashboard.spreadsheet_data)
        parts = list(self._get_parts(content))
        self.assertGreater(len(parts), 10)
        for user in readers:
            seen = self.env["spreadsheet.dashboard"].with_user(user).search([])
            self.assertIn(dashboard, seen)
            for model, domain, groups, names in parts:
                with self.subTest(user=user.login, model=model, groups=groups):
                    self._ask(self.env[model].with_user(user), domain, groups, names)
            self._check_menus(content, user)

    def _get_parts(self, content):
        """Yield (model, domain, what is grouped by, what is listed) of each part."""
        for part in content["pivots"].values():
            groups = [row["fieldName"] for row in part["rows"]]
            yield part["model"], self._get_domain(part), groups, []
        for part in content["lists"].values():
            yield part["model"], self._get_domain(part), [], part["columns"]
        for figure in content["sheets"][0]["figures"]:
            data = figure["data"]
            if data["type"].startswith("odoo_"):
                search = data["searchParams"]
                domain = self._get_domain(data, search["domain"])
                yield data["metaData"]["resModel"], domain, search["groupBy"], []

    def _get_domain(self, part, domain=None):
        """Return its domain as a period, a team and a person narrow it."""
        values = {"date": PERIOD[0], "datetime": PERIOD[0], "many2one": self.env.uid}
        return [
            *(part["domain"] if domain is None else domain),
            *(
                (match["chain"], "<=" if "date" in match["type"] else "=", value)
                for match in part["fieldMatching"].values()
                for value in [values[match["type"]]]
            ),
        ]

    def _ask(self, model, domain, groups, names):
        if names:
            model.search_read(domain, names, limit=10)
        else:
            model.formatted_read_group(domain, groups, ["__count"])

    def _check_menus(self, content, user):
        visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        for name in set(content["chartOdooMenusReferences"].values()):
            self.assertIn(self.env.ref(name).id, visible, (name, user.login))
