from odoo import models

from ...tools import vcards

PERSON, COMPANY = 1, 2
# From how alike a name is on, that company is named.
ALIKE = 80
NOBODY = {
    **{"name": "", "is_company": False, "company": "", "department": ""},
    **{"function": "", "phones": [], "emails": [], "website": "", "address": {}},
    **{"birthday": None, "note": "", "others": [], "photo": None, "is_group": False},
}


class CrmCardScan(models.Model):
    """Who is here already: the same look as for an import of cards."""

    _inherit = "crm.card.scan"

    def _look_up(self):
        """Put what is typed on the lines of an import, and say who is here already.
        Return whether anything else is found than was shown before."""
        self.ensure_one()
        shown = self._get_shown()
        lines = self._prepare_lines()
        decided = {}
        for kind, number in (("person", PERSON), ("company", COMPANY)):
            line = lines.filtered(lambda one, number=number: one.number == number)
            decided |= self._get_found(kind, line)
        # Superuser: what was found is written by the scan alone.
        if self._get_shown(decided) != shown:
            self.sudo().write(decided)
            return True
        return False

    def _get_shown(self, values=None):
        names = ("person_finding", "company_finding")
        ids = ("person_match_id", "company_match_id")
        if values is None:
            return [self[name] or False for name in names] + [
                self[name].id for name in ids
            ]
        return [values[name] or False for name in names] + [
            values[name] for name in ids
        ]

    def _get_found(self, kind, line):
        """Return what is told of the person, or the company, of the card."""
        known = line and line.kind == "known"
        match = line.match_id if known else line.match_id.browse()
        decision = "complete" if match else "skip" if known else "create"
        return {
            f"{kind}_finding": line.finding if known else False,
            f"{kind}_match_id": match.id,
            f"{kind}_decision": decision if line else False,
        }

    def _prepare_lines(self):
        """Return the lines of an import of this card, looked for among the contacts."""
        # Superuser, also below: an import that nobody has begun by hand.
        self.import_id.sudo().unlink()
        imports = self.env["crm.contact.import"].create(
            {
                "name": self.name or self.company_name,
                "is_managed_customer": self.is_managed_customer,
            }
        )
        self.sudo().import_id = imports
        lines = imports._take_cards(self._get_cards())
        self._find_by_name(lines)
        return lines

    def _get_cards(self):
        """Return ``{number: card}``: of the person, and of the company. What a code
        tells besides is kept with the person, if there is one."""
        cards = {}
        if self.name:
            cards[PERSON] = self._prepare_person()
        if self.company_name:
            cards[COMPANY] = self._prepare_company()
        first = min(cards, default=None)
        if first:
            self._add_kept(cards[first])
        return {number: vcards.Card(**card) for number, card in cards.items()}

    def _prepare_person(self):
        card = NOBODY | {
            "name": self.name.strip(),
            "company": self.company_name or "",
            "department": self.department or "",
            "function": self.function or "",
            "phones": [*filter(None, [self.phone])],
            "emails": [*filter(None, [self.email])],
        }
        return card if self.company_name else card | self._prepare_place()

    def _prepare_company(self):
        phones, emails = [self.company_phone], [self.company_email]
        if not self.name:
            phones, emails = [*phones, self.phone], [*emails, self.email]
        return NOBODY | {
            "name": self.company_name.strip(),
            "is_company": True,
            "phones": [*dict.fromkeys(filter(None, phones))],
            "emails": [*dict.fromkeys(filter(None, emails))],
            **self._prepare_place(),
        }

    def _prepare_place(self):
        return {"website": self.website or "", "address": self._get_address()}

    def _add_kept(self, card):
        """Add what has no field of a scan."""
        kept = self.card or {}
        birthday = kept.get("birthday")
        card |= {
            "phones": [*card["phones"], *kept.get("phones", ())],
            "emails": [*card["emails"], *kept.get("emails", ())],
            "birthday": tuple(birthday) if birthday else None,
            "note": self._get_note(),
            "others": [tuple(one) for one in kept.get("others", ())],
        }

    def _get_note(self):
        return "\n".join(filter(None, [self.note, (self.card or {}).get("note")]))

    def _get_address(self):
        return {
            "street": self.street or "",
            "street2": "",
            "city": self.city or "",
            "zip": self.zip or "",
            "state": self.state_id.code or "",
            "country": self.country_id.code or self.state_id.country_id.code or "",
        }

    def _find_by_name(self, lines):
        """Find the company by its name, then the person among its contacts."""
        partners = self.env["res.partner"]
        company = lines.filtered(lambda line: line.number == COMPANY)
        person = lines.filtered(lambda line: line.number == PERSON)
        if company.kind == "new":
            self._find_company(company)
        customer = company.match_id
        if person.kind == "new" and customer:
            same = partners.search(
                [("parent_id", "child_of", customer.id), ("name", "=", person.name)],
                order="id",
                limit=1,
            )
            if same and not same.is_company:
                # Superuser: what was found is written by the scan alone.
                person.sudo().write(
                    {
                        **person._prepare_known_vals(same.sudo(), True),
                        "finding": self.env._(
                            "%(name)s of %(company)s",
                            name=same.name,
                            company=customer.name,
                        ),
                    }
                )

    def _find_company(self, line):
        partners = self.env["res.partner"]
        same = partners.search(
            [("is_company", "=", True), ("name", "=", line.name)], order="id", limit=1
        )
        if same:
            found = line._prepare_known_vals(same.sudo(), True)
        else:
            found = self._get_alike(line.name)
        if found:
            # Superuser: what was found is written by the scan alone.
            line.sudo().write(found)

    def _get_alike(self, name):
        """Return what is told of the company whose name is most alike."""
        partners = self.env["res.partner"]
        rows = partners.find_duplicates({"name": name})
        row = next((row for row in rows if row["score"] >= ALIKE), None)
        if not row or row["model"] != "res.partner":
            return {}
        return {
            "kind": "known",
            "finding": self.env._("Perhaps %(finding)s", finding=row["message"]),
            "match_id": row["id"],
        }
