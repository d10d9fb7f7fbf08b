from odoo import models

from ...tools.names import get_key
from ...tools.wave_table import OVERALL, WHOLE


class CrmSatisfactionWaveImport(models.TransientModel):
    """Which names the table holds, and what they mean here."""

    _inherit = "crm.satisfaction.wave.import"

    def _read_terms(self, rows):
        """Propose what the names in these rows mean; what was chosen before stays."""
        terms = self.env["crm.satisfaction.wave.import.term"]
        known = {
            (term.kind, term.name): term
            for term in self.factor_term_ids | self.unit_term_ids
        }
        found = self._get_terms_found(rows)
        terms.union(*(term for key, term in known.items() if key not in found)).unlink()
        missing = {key: number for key, number in found.items() if key not in known}
        factors = self.study_id.factor_ids._get_by_names()
        units = self._find_units({name for kind, name in missing if kind == "unit"})
        terms.create(
            [
                {
                    "import_id": self.id,
                    "kind": kind,
                    "name": name,
                    "row_number": number,
                    **(
                        self._propose_factor(name, factors)
                        if kind == "factor"
                        else self._propose_unit(name, units)
                    ),
                }
                for (kind, name), number in missing.items()
            ]
        )
        self.invalidate_recordset(["factor_term_ids", "unit_term_ids"])

    def _get_terms_found(self, rows):
        """Return ``{(kind, name): number of the first row that says it}``."""
        found = {}
        for row in rows:
            found.setdefault(("factor", row.factor), row.number)
            found.setdefault(("unit", row.unit), row.number)
        return found

    def _propose_factor(self, name, factors):
        key = get_key(name)
        if key in factors:
            use = {"factor_use": "factor", "factor_id": factors[key].id}
        elif key in OVERALL:
            use = {"factor_use": "index"}
        else:
            return {}
        return use | {"is_known": True}

    def _propose_unit(self, name, units):
        found = units.get(get_key(name), ())
        if len(found) == 1:
            use, unit = found[0]
            return {"unit_use": use, f"{use}_id": unit.id, "is_known": True}
        if get_key(name) in WHOLE and not found:
            return {"unit_use": "whole", "is_known": True}
        return {}

    def _find_units(self, names):
        """Return ``{key: [(kind, record)]}`` of companies, teams and salespeople."""
        keys = {get_key(name) for name in names}
        companies = self.env.companies
        teams = self.env["crm.team"].search(
            [("company_id", "in", [False, *companies.ids])]
        )
        users = self.env["res.users"].search(
            [("share", "=", False), ("company_ids", "in", companies.ids)]
        )
        found = {}
        for kind, units in (("company", companies), ("team", teams), ("user", users)):
            for unit in units:
                titles = {unit.name, unit.login} if kind == "user" else {unit.name}
                for key in {get_key(title) for title in titles} & keys:
                    found.setdefault(key, []).append((kind, unit))
        return found
