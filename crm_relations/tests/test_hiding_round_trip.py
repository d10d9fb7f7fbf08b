from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common.hiding import HidingCommon

RECORDS = 6  # three customers with a contact each
COLUMNS = ("phone", "phone_sanitized", "email", "email_normalized")
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(
                ["release", "claim", "undo", "join", "leave", "detach", "attach"]
            ),
            st.integers(0, RECORDS - 1),
        ),
        st.tuples(
            st.sampled_from(["phone", "email", "merge"]),
            st.integers(0, RECORDS - 1),
            st.integers(0, RECORDS - 1),
        ),
    ),
    max_size=8,
)


@tagged("post_install", "-at_install")
class TestHidingRoundTrip(HidingCommon):
    """Whatever happens to customers and contacts: what comes back in the end is what
    stood there had nothing ever been hidden."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.customer | cls.person
        for index in (1, 2):
            customer = cls._create_customer(
                f"C{index}",
                user_id=cls.sam.id,
                phone=f"+86 138 0000 000{index}",
                email=f"c{index}@example.com" if index == 1 else False,
            )
            person = cls._create_person(customer, f"P{index}")
            person.email = f"p{index}@example.com"
            cls.partners |= customer | person
        cls.env.flush_all()

    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=STEPS)
    def test_no_value_is_lost_doubled_or_swapped(self, steps):
        self.assertEqual(self._live(steps, hides=True), self._live(steps, hides=False))

    def _live(self, steps, hides):
        """Return all values after these steps, with a pool that hides or does not."""
        with self.cr.savepoint() as savepoint:
            self.hiding.write({"hides_phone": hides, "hides_email": hides})
            for step, index, *more in steps:
                self._try(getattr(self, f"_step_{step}"), self.partners[index], *more)
                self._check_hidden()
            self.hiding.write({"hides_phone": False, "hides_email": False})
            self.assertFalse(self.hidden.search_count([]))
            values = {
                partner.id: [partner[name] or False for name in COLUMNS]
                for partner in self.partners.exists()
            }
            savepoint.rollback()
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        return values

    def _try(self, step, *arguments):
        try:
            with self.cr.savepoint():
                step(*arguments)
        except (UserError, ValidationError):
            self.env.invalidate_all()

    def _check_hidden(self):
        """Whatever the last step was, nothing of a hidden customer is in sight."""
        self.env.flush_all()
        self.env.invalidate_all()
        for partner in self.partners.exists():
            pool = partner.commercial_partner_id.pool_id
            if pool.hides_phone and pool.hides_email:
                self.assertFalse(any(partner[name] for name in COLUMNS), partner.name)

    def _step_release(self, partner):
        partner.commercial_partner_id.with_user(self.rita).pool_release(
            "-", self.hiding.id
        )
        self.env.invalidate_all()

    def _step_claim(self, partner):
        partner.commercial_partner_id.with_user(self.sally).pool_claim()
        self.env.invalidate_all()

    def _step_undo(self, partner):
        changes = self.env["crm.ownership.change"].search(
            [
                ("partner_id", "=", partner.commercial_partner_id.id),
                ("batch_id", "!=", False),
            ],
            limit=1,
        )
        changes.batch_id.with_user(self.rita).undo()
        self.env.invalidate_all()

    def _step_join(self, partner):
        customer = partner.commercial_partner_id
        if not customer.user_id:
            customer.with_user(self.rita).join_pool_id = self.hiding

    def _step_leave(self, partner):
        partner.commercial_partner_id.with_user(self.rita).pool_move(self.pool.id)
        self.env.invalidate_all()

    def _step_detach(self, partner):
        if partner.parent_id:
            partner.parent_id = False

    def _step_attach(self, partner):
        if not partner.is_company:
            partner.parent_id = self.partners[0].exists()

    def _step_phone(self, partner, number):
        partner.write({"phone": f"+86 139 0000 000{number}"} if number else {})

    def _step_email(self, partner, number):
        partner.write({"email": f"new{number}@example.com"} if number else {})

    def _step_merge(self, partner, index):
        other = self.partners[index]
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((partner | other).ids, partner, extra_checks=False)

    def test_a_command_of_another_record_hides_too(self):
        self._release()
        self.customer.child_ids = [
            Command.create({"name": "New", "phone": "+86 139 1111 2222"})
        ]
        new = self.customer.child_ids.filtered(lambda one: one.name == "New")
        self.assertHidden(new)
        self.assertEqual(new.hidden_phone, "+86139****2222")
