from datetime import datetime

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.tact import to_local

LINES = 3


class CrmMyDay(models.AbstractModel):
    """One query a card: the count and the most urgent lines of it."""

    _inherit = "crm.my.day"

    def _prepare_card(self, **values):
        """Return a card: what it counts and how its lines are shown.

        ``key``, ``column`` (now, week or watch), ``title``, ``icon``; ``model``,
        ``domain`` (with whose it is), ``order`` (most urgent first), ``action`` (the
        external id of the window action that opens all), ``context`` for it. Columns of
        the model: ``user``, ``date`` (or a moment, where minutes matter), ``partner``
        (gives the name, and opens), or else ``label``, ``detail`` (text, or the facts
        of a reason) and ``document`` (model and id to open).
        ``asker``: column of who asks for it. ``acts``: what can be done on a line, see
        ``_prepare_act``. ``help``: what will appear there, while nothing does.
        ``when``: a text field that says how it stands, where days alone would not.
        ``opens_itself``: a line opens the record, where it is done, not its customer.
        ``keeps_archived``: goes on when its customer is archived; else nobody does
        anything about who is archived.
        ``is_optional``: shown only when it counts something. ``in_digest``: in the
        daily digest as well.
        """
        nothing = dict.fromkeys(
            ("date", "partner", "label", "detail", "document", "asker", "when")
        )
        card = {
            **nothing,
            "user": "user_id",
            "context": {},
            # Who sells nothing need not read that nothing is to be sold.
            "is_optional": not self.env.user.has_group(
                "crm_relations.group_sales_user"
            ),
            "in_digest": False,
            "opens_itself": False,
            "keeps_archived": False,
            "acts": [],
            "help": "",
            **values,
        }
        if card["partner"] and not card["keeps_archived"]:
            card["domain"] &= self._get_in_use_domain(card)
        return card

    def _get_in_use_domain(self, card):
        """Return the domain of those whose customer, and whose contact, is in use. A
        list of customers hides the others by itself, and so does a report."""
        records = self.env[card["model"]]
        names = {card["partner"], "customer_id"} & set(records._fields)
        if not records._auto or "id" in names:
            return Domain.TRUE
        return Domain.AND(
            Domain(f"{name}.active", "=", True)
            if records._fields[name].required or records._fields[name].related
            else Domain(f"{name}.active", "=", True) | Domain(name, "=", False)
            for name in sorted(names)
        )

    def _prepare_act(self, method, label, icon, needs_phone=False):
        """Return what a line offers: a public method of the card's model, called for
        the line's record, which returns an action.

        :param needs_phone: only offered where the customer has a number
        """
        return {
            "method": method,
            "label": label,
            "icon": icon,
            "needs_phone": needs_phone,
        }

    def _read_cards(self, cards, today):
        """Return the cards as the screen shows them."""
        found = [(card, self._read_card(card)) for card in cards]
        names = self._get_names([row for _card, rows in found for row in rows])
        return [
            {
                "key": card["key"],
                "column": card["column"],
                "title": card["title"],
                "icon": card["icon"],
                "model": card["model"],
                "acts": card["acts"],
                "help": card["help"],
                "count": rows[0]["count"] if rows else 0,
                "lines": [self._prepare_line(row, names, today) for row in rows],
            }
            for card, rows in found
            if rows or not card["is_optional"]
        ]

    def _read_card(self, card):
        """Return the first lines of a card, each with the count of all; one query."""
        query = self._search_card(card, limit=LINES)
        columns = self._get_columns_of(card, query)
        rows = self.env.execute_query_dict(
            query.select(*columns, SQL("COUNT(*) OVER () AS count"))
        )
        return self._tell_when(card, rows)

    def _tell_when(self, card, rows):
        """Give these rows the words of their card for how each stands; return them."""
        # Superuser: they have been searched with the reader's rights.
        records = self.env[card["model"]].sudo().browse(row["id"] for row in rows)
        for row, record in zip(rows, records, strict=True):
            row["when"] = record[card["when"]] if card["when"] else ""
        return rows

    def _search_card(self, card, **options):
        records = self.env[card["model"]]
        if card["model"] == "mail.activity":
            # Superuser: Odoo would read all of them to ask for the rights on each
            # document. They are activities of the caller, or of the team led.
            records = records.sudo()
        return records._search(Domain(card["domain"]), order=card["order"], **options)

    def _get_columns_of(self, card, query):
        # Superuser: only names of columns; the rows were searched with the reader's
        # rights.
        records = self.env[card["model"]].sudo()
        model, number = card["document"] or (None, None)
        opened = SQL("%s AS opened", card["model"] if card["opens_itself"] else None)
        columns = {
            "id": "id",
            "user_id": card["user"],
            "day": card["date"],
            "partner_id": card["partner"],
            "label": card["label"],
            "detail": card["detail"],
            "asker_id": card["asker"],
            "res_model": model,
            "res_id": number,
        }
        return [
            opened,
            *(
                SQL(
                    "%s AS %s",
                    records._field_to_sql(query.table, name, query)
                    if name
                    else SQL("NULL"),
                    SQL.identifier(alias),
                )
                for alias, name in columns.items()
            ),
        ]

    def _get_names(self, rows):
        """Return ``{(model, id): name}`` of customers and persons of these lines, and
        ``{("phone", id): True}`` of those with a number."""
        # Superuser: the lines have been found with the rights of the caller.
        users = self.env["res.users"].sudo()
        people = {row[name] for row in rows for name in ("user_id", "asker_id")}
        users = users.browse(people - {None})
        users.fetch(["partner_id"])
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        about = {*map(self._get_line_partner, rows)} - {None}
        # Not all fields. An activity may tell of who was deleted.
        partners = partners.search_fetch(
            [("id", "in", [*about, *users.partner_id.ids])],
            ["complete_name", "name", "phone"],
        )
        return {
            **{(user._name, user.id): user.partner_id.name for user in users},
            **{(each._name, each.id): each.complete_name for each in partners},
            **{("phone", each.id): True for each in partners if each.phone},
        }

    def _get_line_partner(self, row):
        """Return the id of whom a line is about, None where that is nobody."""
        if row["partner_id"]:
            return row["partner_id"]
        return row["res_id"] if row["res_model"] == "res.partner" else None

    def _prepare_line(self, row, names, today):
        day, moment = row["day"], False
        if isinstance(day, datetime):
            moment = fields.Datetime.to_string(day)
            day = to_local(day, self.env.user._get_relations_tz()).date()
        name = names.get(("res.partner", row["partner_id"])) or row["label"]
        detail = self._get_detail(row["detail"])
        return {
            "id": row["id"],
            "name": name,
            "detail": "" if detail == name else detail,  # of nobody known
            "person": names.get(("res.users", row["user_id"]), ""),
            "asker": names.get(("res.users", row["asker_id"]), ""),
            "phone": ("phone", self._get_line_partner(row)) in names,
            "day": self.env.user._tell_day(day, "short"),
            "days_left": (day - today).days if day else False,
            "moment": moment,
            "when": row.get("when") or "",
            **self._get_opened(row),
        }

    def _get_opened(self, row):
        """Return the record that a line opens."""
        if row["opened"]:
            return {"res_model": row["opened"], "res_id": row["id"]}
        if row["partner_id"]:
            return {"res_model": "res.partner", "res_id": row["partner_id"]}
        return {"res_model": row["res_model"], "res_id": row["res_id"]}

    def _get_detail(self, detail):
        """Return the words beside a name: a text, or in short what facts say."""
        if isinstance(detail, dict):
            return self.env["crm.reason"]._get_brief(detail)
        return detail or ""

    def _read_by_user(self, users, today):
        """Return ``{user id: cards}`` for the daily digest: of each of these users the
        cards that count something, with lines. One query a card, for all of them.

        For jobs: nobody's rights are asked, each gets what is the own and belongs to
        no company, or to one that is open to the user.
        """
        cards = self._get_my_day_cards(users, today)
        found = [
            (card, self._read_card_by_user(card)) for card in cards if card["in_digest"]
        ]
        names = self._get_names([row for _card, rows in found for row in rows])
        digests = {}
        for card, rows in found:
            for row in rows:
                mine = digests.setdefault(row["user_id"], [])
                if not mine or mine[-1]["key"] != card["key"]:
                    mine.append(
                        {
                            "key": card["key"],
                            "title": card["title"],
                            "count": row["count"],
                            "lines": [],
                        }
                    )
                mine[-1]["lines"].append(self._prepare_line(row, names, today))
        return digests

    def _read_card_by_user(self, card):
        """Return the first lines of each user, each with the count of all of them."""
        query = self._search_card(card)
        records = self.env[card["model"]]
        user = records._field_to_sql(query.table, card["user"], query)
        if "company_id" in records._fields:
            company = records._field_to_sql(query.table, "company_id", query)
            query.add_where(
                SQL(
                    """
                    (%(company)s IS NULL OR %(is_open)s)
                    """,
                    company=company,
                    is_open=self.env["res.users"]._get_open_company_sql(user, company),
                )
            )
        order, query.order = query.order, None
        numbered = query.select(
            *self._get_columns_of(card, query),
            SQL("COUNT(*) OVER (PARTITION BY %s) AS count", user),
            SQL(
                "row_number() OVER (PARTITION BY %s ORDER BY %s) AS place", user, order
            ),
        )
        return self.env.execute_query_dict(
            SQL(
                "SELECT * FROM (%s) AS line WHERE place <= %s ORDER BY user_id, place",
                *(numbered, LINES),
            )
        )
