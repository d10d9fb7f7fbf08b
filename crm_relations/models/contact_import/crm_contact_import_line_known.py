from odoo import models

# Of so many cards hidden values are asked for: an import is no way to guess.
MOST_HIDDEN = 20


class CrmContactImportLine(models.Model):
    """Who of the cards is here already, or twice in the file."""

    _inherit = "crm.contact.import.line"

    def _find_known(self):
        """Say of each card whether it is new; constant statements."""
        terms = self._get_known_terms()
        found, readable = self._find_partners(terms)
        first = {}
        # Superuser writes below: the caller only decides, see ``EDITABLE``.
        for line, some in terms.items():
            other = found.get(line.id)
            earlier = next((first[term] for term in some if term in first), None)
            if other:
                is_open = other.id in readable
                line.sudo().write(line._prepare_known_vals(other, is_open))
            elif earlier:
                line.sudo().write(line._prepare_twice_vals(earlier))
            for term in some:
                first.setdefault(term, line)

    def _find_partners(self, terms):
        """Return ``{line id: partner}`` of who is known under one of its terms, as
        superuser, and the ids of those that the caller reads.

        :param terms: see ``_get_known_terms``
        """
        partners = self.env["res.partner"]
        asked = [(line.id, *term) for line, some in terms.items() for term in some]
        found = {}
        same = partners._find_same(asked, with_hidden=len(terms) <= MOST_HIDDEN)
        for number, _kind, other in same:
            found.setdefault(number, other)
        ids = [other.id for other in found.values()]
        return found, set(partners.browse(ids)._filtered_access("read").ids)

    def _get_known_terms(self):
        """Return ``{line: [(column, value)]}`` under which each may be known; numbers
        are read as those of the country on the card, else of the company."""
        partners = self.env["res.partner"]
        countries, _states = self._get_places()
        company, all_countries = self.env.company, self.env["res.country"]
        terms = {}
        for line in self.filtered(lambda line: line.kind == "new"):
            country_id = line._get_country_id(countries)
            country = all_countries.browse(country_id or company.country_id.id)
            terms[line] = partners._get_terms(line.phone, line.email, None, country)
        return terms

    def _prepare_known_vals(self, other, is_open):
        """Return what is told of who is here already.

        :param other: as superuser
        :param is_open: whether the caller may read it
        """
        customer = other.commercial_partner_id
        return {
            "kind": "known",
            "finding": other._tell_duplicate(customer, is_open),
            "match_id": is_open and other.id,
            "decision": "skip",
        }

    def _prepare_twice_vals(self, earlier):
        return {
            "kind": "twice",
            "finding": self.env._(
                "The number or the address of card %(number)s, %(name)s",
                number=earlier.number,
                name=earlier.name,
            ),
            "decision": "skip",
        }
