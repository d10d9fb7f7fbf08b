from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common.hiding import PERSON_PHONE, SECRETS
from .common.links import LinksCommon
from .common.secret import SecretCommon
from .common.secret_columns import COLUMNS, TOLD

NUMBER, ADDRESS = "+8613859072634", "anna@hidden.example.com"
# The closed table, which is read by nobody; and one row a customer, made with it.
OTHERS = {"crm.hidden.value", "crm.archive.upkeep", "crm.name.key"}


@tagged("post_install", "-at_install")
class TestHidingRooms(LinksCommon, SecretCommon):
    """Each table of the suite that leads to a customer has rows that lead to Acme, with
    its number and address wherever such may stand: no room tells them, and all come
    back."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.made = {}
        with mute_logger("odoo.sql_db"):
            for model in cls._get_tables().values():
                if not model._transient and model._name not in OTHERS:
                    cls._make_rows(model)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _make_rows(cls, model):
        """A row for each link alone and one for all, as far as the model allows them:
        an opportunity beside its customer, a person of another one are refused."""
        links = cls._get_links(model)
        choices = [{name: cls.customer.id} for name in links]
        choices.append(dict.fromkeys(links, cls.customer.id))
        choices.append({**choices[-1], **dict.fromkeys(links[-1:], cls.person.id)})
        made = [
            cls._create_row(model, number, given).ids
            for number, given in enumerate(choices if links else (), 7)
        ]
        if ids := sum(made, []):
            cls.made[model._name] = ids
            cls._write_secrets(model, ids)

    @classmethod
    def _get_links(cls, model):
        """Return the names of the columns that lead to a contact."""
        return [
            field.name
            for field in model._fields.values()
            if field.store
            and field.type == "many2one"
            and field.comodel_name == "res.partner"
            and not (field.compute and field.readonly)
        ]

    @classmethod
    def _create_row(cls, model, number, given):
        """Return the record, or none where the model refuses it."""
        try:
            with cls.env.cr.savepoint():
                values = cls._get_required_values(model, number, None)
                record = model.sudo().create(values | given)
                cls.env.flush_all()
                return record
        except Exception:  # noqa: BLE001, whatever a model refuses
            cls.env.invalidate_all()
            return model.browse()

    @classmethod
    def _write_secrets(cls, model, ids):
        """Fill by SQL what a job, a call or an older version may have put there."""
        told = [
            field.name
            for field in model._fields.values()
            if field.store
            and field.type in ("char", "text")
            and TOLD.search(field.name)
            and f"{model._name}.{field.name}" not in COLUMNS
        ]
        for name in told:
            cls.env.execute_query(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = ANY(%s) RETURNING id",
                    SQL.identifier(model._table),
                    SQL.identifier(name),
                    ADDRESS if "mail" in name else NUMBER,
                    ids,
                )
            )

    def test_nearly_every_room_has_a_record_of_the_customer(self):
        self.assertGreater(len(self.made), 45, sorted(self.made))

    def test_no_room_tells_and_everything_comes_back(self):
        before = self._get_rows_with_secrets()
        told = {"crm.callback", "crm.callback.attempt", "crm.followup", "crm.reception"}
        self.assertLessEqual({*told, "crm.sms.log"}, set(before))
        self._release()
        self.assertEqual(self._get_rows_with_secrets(), {})
        for user in (self.sally, self.rita):
            with self.subTest(user=user.name):
                self.assertEqual(self._look_everywhere(user), {})
        self._claim()
        self.assertEqual(self._get_rows_with_secrets(), before)

    def _get_rows_with_secrets(self):
        """Return ``{model: ids}`` of the suite."""
        self.env.flush_all()
        found = {}
        for model in self._get_tables().values():
            if model._name == "crm.hidden.value":
                continue
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM %s AS line WHERE line::text ~ %s ORDER BY id",
                    SQL.identifier(model._table),
                    "|".join(SECRETS),
                )
            )
            if rows:
                found[model._name] = [number for (number,) in rows]
        return found

    def _dial(self, person):
        call = self.env["crm.callback"].search(
            [("partner_id", "=", self.customer.id)], limit=1
        )
        return self.env["crm.callback.attempt"].create(
            {
                "callback_id": call.id,
                "partner_id": self.customer.id,
                "person_id": person.id,
                "agent_id": self.sam.id,
                "outcome_id": self.env["crm.callback.outcome"].search([], limit=1).id,
                "number": PERSON_PHONE,
            }
        )

    def test_the_number_of_a_contact_deleted_since_is_its_customers(self):
        before = self._create_person(self.customer, "Gone before")
        after = self._create_person(self.customer, "Gone in the pool")
        attempts = self._dial(before) + self._dial(after)
        before.unlink()
        self._release()
        self.assertEqual(attempts.mapped("number"), [False, False])
        after.unlink()
        self.env.invalidate_all()
        self.assertEqual(attempts.mapped("number"), [False, False])
        self._claim()
        self.assertEqual(attempts.mapped("number"), [PERSON_PHONE, PERSON_PHONE])
