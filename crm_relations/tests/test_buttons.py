import contextlib
import re
from datetime import date, timedelta
from itertools import chain

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common.opened import OpenedCase
from .common.roles import EveryRoleCase

SUITE = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
FOR_NEW_RECORDS = ("crm_relations.crm_reception_view_form_desk",)


class _NotDone(Exception):
    """Takes back what a button has done."""


@tagged("post_install", "-at_install")
class TestButtons(OpenedCase, EveryRoleCase):
    """PL-2: a button that stands there does what it says, for whoever sees it.

    Each button of each view is pressed as each role, on records in all their states: it
    is out of sight wherever it would be refused, and opens as many records as the
    figure on it counts.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.users["sales"]
        (cls.seller | cls.users["leader"]).sale_team_id = False
        cls.env["crm.team"].create(
            {
                "name": "East",
                "user_id": cls.users["leader"].id,
                "member_ids": cls.seller.ids,
            }
        )
        cls.pool.manager_ids = cls.users["leader"]
        cls.customer = cls._create_customer(
            "Bought", user_id=cls.seller.id, phone="+86 138 0013 8000"
        )
        cls.now = fields.Datetime.now()
        cls.views = cls._get_views()

    @classmethod
    def _get_views(cls):
        """Return the forms and lists that are ours, and Odoo's to which we add."""
        views = cls.env["ir.ui.view"].search([("type", "in", ("form", "list"))])
        ids = views.get_external_id()
        ours = views.filtered(
            lambda view: (
                ids[view.id].split(".")[0] in SUITE
                and ids[view.id] not in FOR_NEW_RECORDS
            )
        )
        while extensions := ours.filtered(lambda view: view.mode == "extension"):
            ours = (ours - extensions) | extensions.inherit_id
        return ours.filtered(
            lambda view: view.model and view.xml_id not in FOR_NEW_RECORDS
        )

    def _get_states(self, record, *names):
        """Yield the record in each combination of values of these columns."""
        if not names:
            yield record
            return
        name, *others = names
        for value, _label in record._fields[name].selection:
            self._set(record, **{name: value})
            yield from self._get_states(record, *others)

    def _set(self, record, **columns):
        self.env.flush_all()
        sets = ", ".join(f'"{name}" = %s' for name in columns)
        self.env.cr.execute(
            f"UPDATE {record._table} SET {sets} WHERE id = %s",  # pylint: disable=E8103
            [*columns.values(), record.id],
        )
        self.env.invalidate_all()

    def _get_buttons(self, view, record):
        """Return the methods of the buttons that the user of the record sees."""
        arch = etree.fromstring(record.get_view(view.id, view.type)["arch"])
        conditions = {
            node: self._get_conditions(node)
            for node in arch.iter("button")
            if self._is_pressed(node, view, record)
        }
        if not conditions:
            return set()
        values = self._read(record, " ".join(chain(*conditions.values())))
        return {
            node.get("name")
            for node, hiding in conditions.items()
            if not any(self._holds(one, values, record) for one in hiding)
        }

    def _get_figures(self, view, record):
        """Return ``{method: field}`` of the buttons that show a figure."""
        arch = etree.fromstring(record.get_view(view.id, view.type)["arch"])
        return {
            node.getparent().get("name"): node.get("name")
            for node in arch.iterfind(".//button/field[@widget='statinfo']")
        }

    def _is_pressed(self, node, view, record):
        return (
            node.get("type") == "object"
            and self._is_ours(record, node.get("name"))
            and not {"field", "header"} & self._get_parents(node, view)
        )

    def _get_conditions(self, node):
        """Return on what a node is out of sight, by itself or with what it is in."""
        around = (node, *node.iterancestors())
        return [part.get("invisible") for part in around if part.get("invisible")]

    def _get_parents(self, node, view):
        """Return the tags around a node: another record's in a field; in the header of
        a list those of a selection, some of which it may pass over."""
        tags = {parent.tag for parent in node.iterancestors()}
        return tags - {"header"} if view.type == "form" else tags

    def _is_ours(self, record, method):
        found = getattr(type(record), method, None)
        return found is not None and found.__module__.split(".")[2] in SUITE

    def _read(self, record, conditions):
        """Return the values of the fields that the conditions name."""
        names = set(re.findall(r"\w+", conditions)) & set(record._fields)
        [values] = record.read(sorted(names | {"id"}), load=None)
        return {
            name: str(value) if isinstance(value, date) else value
            for name, value in values.items()
        }

    def _holds(self, condition, values, record):
        context = {"context": dict(record.env.context), "uid": record.env.uid}
        return safe_eval(condition, {**values, **context})

    def _get_readers(self, record):
        """Return ``{role: the record for its user}`` of the roles that may read it."""
        found = {
            role: record.with_user(user).with_context(lang="en_US")
            for role, user in self.users.items()
        }
        return {role: own for role, own in found.items() if own.has_access("read")}

    def assertServed(self, record, *names):
        """No button that a role sees on the record, in any state, is refused."""
        for one in self._get_states(record, *names):
            state = {name: one[name] for name in names}
            for role, own in self._get_readers(one).items():
                self._press_all(own, role=role, **state)

    def _press_all(self, record, **told):
        for view in self.views.filtered(lambda view: view.model == record._name):
            figures = self._get_figures(view, record)
            for method in self._get_buttons(view, record):
                with self.subTest(view=view.xml_id, button=method, **told):
                    self._press(record, method, figures.get(method))

    def _press(self, record, method, figure=None):
        try:
            with contextlib.suppress(_NotDone), self.env.cr.savepoint():
                action = getattr(record, method)()
                if figure:
                    self.assertOpens(action, record[figure], record.env)
                raise _NotDone
        except (AccessError, UserError) as error:
            self.fail(f"{type(error).__name__}: {error}")
        finally:
            self.env.invalidate_all()

    def test_of_a_customer_whosever_it_is(self):
        other = self._create_user("olga", "group_sales_user")
        for columns in (
            {"user_id": self.seller.id},
            {"user_id": other.id},
            {"user_id": None},
            {"user_id": None, "pool_id": self.pool.id, "pool_since": self.now},
        ):
            columns = {"pool_id": None, "pool_since": None, **columns}
            self._set(self.customer, **columns)
            with self.subTest(columns):
                self.assertServed(self.customer)

    def test_of_a_customer_that_stays(self):
        self.customer.with_user(self.users["relations"]).pool_protect(30, "Big")
        self.assertServed(self.customer)

    def test_of_a_customer_with_a_history(self):
        """What others have done, what is over and what gave money back is there too."""
        self._create_care()
        self._create_care(state="done")
        other = self._create_user("olga", "group_sales_user")
        for user in (self.seller, other):
            self._create_order(self.customer, 100, user_id=user.id)
            self._create_order(self.customer, -10, user_id=user.id)
            self._create_order(self.customer, 50, confirm=False, user_id=user.id)
            self._create_followup(self.customer, user_id=user.id)
        self._create_customer("Referred", referred_by_id=self.customer.id)
        self.env["res.partner"]._refresh_sales_figures()
        self.assertServed(self.customer)

    def test_of_a_person_and_of_somebody_who_is_no_customer(self):
        self.assertServed(self._create_person(self.customer))
        other = self.env["res.partner"].create({"name": "Supplier", "phone": "1"})
        self.assertServed(other)

    def test_of_proposals(self):
        proposal = self.env["crm.archive.proposal"].create(
            {
                "partner_id": self.customer.id,
                "field_name": "phone",
                "new_value": "+86 138 0013 8001",
            }
        )
        self.assertServed(proposal, "state")

    def test_of_lost_customers(self):
        reason = self.env.ref("crm_relations.crm_churn_reason_price")
        self.customer.with_user(self.seller).register_lost(reason.id)
        self.assertServed(self.customer.lost_customer_ids, "state")

    def test_of_extensions_and_protections(self):
        stay = self.env["crm.pool.stay"].create(
            {
                "partner_id": self.customer.id,
                "kind": "protection",
                "state": "requested",
                "reason": "Big",
                "user_id": self.seller.id,
                "requested_by_id": self.seller.id,
                "approver_id": self.users["leader"].id,
                "until": self.now.date() + timedelta(days=30),
            }
        )
        self.assertServed(stay, "kind", "state")

    def test_of_loans(self):
        asker, today = self.users["reader"], self.now.date()
        self.customer.with_user(asker).ask_for_access(["profiles"], "Fair", today)
        self.assertServed(self.customer.loan_ids, "state")

    def test_of_calls_back(self):
        for phone in ("+86 138 0013 8000", False):
            self.customer.phone = phone
            call = self.env["crm.callback"].create(
                {
                    "partner_id": self.customer.id,
                    "own_purpose": "How was it?",
                    "due_at": self.now,
                    "deadline_at": self.now + timedelta(days=2),
                    "occasion": f"test {phone}",
                    "agent_id": self.users["agent"].id,
                }
            )
            self.assertServed(call, "state")

    def _create_care(self, state="open"):
        rule = self.env["crm.care.rule"].create({"name": "Rule"})
        return self.env["crm.care.task"].create(
            {
                "rule_id": rule.id,
                "partner_id": self.customer.id,
                "occasion": "test",
                "occasion_date": self.now.date(),
                "due_at": self.now,
                "user_id": self.seller.id,
                "state": state,
                "facts": {"code": "care_birthday", "person": self.customer.id},
            }
        )

    def test_of_care(self):
        task = self._create_care()
        self.assertServed(task, "state")
        self.assertServed(task.rule_id)
        for line in self.env["crm.care.programme.line"].search([], limit=2):
            self.assertServed(line)

    def test_of_followups_and_calls(self):
        followup = self._create_followup(self.customer, user_id=self.seller.id)
        self.assertServed(followup)
        for columns in (
            {"partner_id": None},
            {"partner_id": None, "is_call_dismissed": True},
            {"partner_id": self.customer.id, "is_call_dismissed": False},
        ):
            columns = {"call_direction": "in", "call_number": "13800138009", **columns}
            self._set(followup, **columns)
            with self.subTest(columns):
                self.assertServed(followup)

    def test_of_visitors(self):
        consultant = self.env["crm.reception.consultant"].create(
            {"user_id": self.seller.id, "company_id": self.company.id}
        )
        consultant.is_present = True
        visitor = self.env["crm.reception"].create(
            {"name": "Visitor", "phone": "13800138007"}
        )
        self.assertServed(visitor)
        visitor.action_leave()
        self.assertServed(visitor)

    def test_of_shares_and_batches(self):
        self.customer.with_user(self.seller).share_with(self.users["relations"].id)
        share = self.customer.share_ids
        self.assertServed(share)
        self._set(share, active=False)
        self.assertServed(share)
        self.customer.with_user(self.seller).pool_transfer(self.sally.id, "Moves")
        batch = self.env["crm.pool.batch"].search([], limit=1)
        self.assertServed(batch)
        self._set(batch, undone_at=self.now)
        self.assertServed(batch)

    def test_of_what_decides(self):
        scheme = self._create_scheme()
        for record in (
            scheme,
            self.tier_a,
            self.pool,
            self._create_pool_rule(),
            self.env["crm.lifecycle.rule"].search([], limit=1),
            self.env["crm.callback.rule"].create({"name": "Rule", "purpose": "?"}),
            self.env["crm.followup.target"].search([], limit=1),
            self.env["crm.playbook"].search([], limit=1),
        ):
            if record:
                self.assertServed(record)

    def test_of_documents_of_a_customer(self):
        order = self._create_order(self.customer, 100)
        lead = self.env["crm.lead"].create(
            {"name": "Chance", "type": "opportunity", "partner_id": self.customer.id}
        )
        self.assertServed(order)
        self.assertServed(lead)
