from itertools import product

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RelationsCommon

OURS = frozenset(("crm_relations", "crm_relations_survey", "crm_relations_complaint"))
# Which fields have which answer. A field of ours, or of an addon that we need, that is
# in no line fails: somebody has to decide who may write it on whose customer.
ANSWERS = {
    "owner": "user_id",
    "place": "company_id is_company is_managed_customer parent_id relation_company_id",
    "hidden": "active",
    "decided": """
        commercial_partner_id partner_share
        active_probability activity_model_id archive_basic_rate archive_business_rate
        archive_characteristics_rate archive_rate archive_transaction_rate
        confirmed_order_count contact_due_date customer_age_class first_order_on
        geo_latitude geo_longitude last_followup_at last_order_on lifecycle
        lifecycle_since market_class next_order_expected_on order_day_count
        order_interval_days orders_12_months owner_since phone_taken_by_id
        pool_blocked_at pool_blocked_by pool_id pool_kept_until pool_release_date
        pool_release_facts pool_rule_id pool_since relationship_level relationship_since
        sales_12_months sales_total tier_below_since tier_id tier_override_by
        tier_override_id tier_override_reason tier_override_until tier_since
        transaction_class visit_due_date""",
    "archive": """
        advantages_kept assets_amount barcode business_direction business_philosophy
        business_policy business_scale care_call_opt_out care_letter_opt_out
        care_mail_opt_out care_opt_out care_sms_opt_out category_id city color
        comment commercial_company_name company_image company_name company_registry
        company_size complete_name cooperation_attitude countermeasures country_id
        credit_standing email email_normalized employee founded_on function geo_datum
        growth_potential image_1024 image_128 image_1920 image_256 image_512
        industry_id is_located lang legal_representative_id manager_person_id
        manager_quality name nature_id operating_features organisation_form
        partner_latitude partner_longitude phone phone_digits phone_sanitized
        properties proprietor_id ref referred_by_id relation_since
        relationship_rating reputation sales_capacity service_areas staff_quality
        state_id strategic_importance street street2 trading_conditions
        transaction_problems type tz understood_business understood_customers
        understood_process understood_worth vat website zip""",
    "app": """
        autopost_bills credit_limit global_location_number
        ignore_abnormal_invoice_amount ignore_abnormal_invoice_date
        invoice_edi_format_store invoice_sending_method invoice_template_pdf_report_id
        peppol_eas peppol_endpoint property_account_payable_id
        property_account_position_id property_account_receivable_id
        property_inbound_payment_method_line_id property_outbound_payment_method_line_id
        property_payment_term_id property_supplier_payment_term_id sale_warn_msg
        specific_property_product_pricelist trust""",
    "odoo": """
        calendar_last_notif_ack channel_ids create_date create_uid customer_rank id
        meeting_ids message_bounce signup_type supplier_rank write_date write_uid""",
    "lines": """
        activity_ids archive_change_ids bank_ids callback_ids care_task_ids
        channel_member_ids child_ids club_membership_ids competitor_ids contract_ids
        credit_incident_ids document_ids followup_ids invoice_ids lifecycle_change_ids
        loan_ids lost_customer_ids message_follower_ids message_ids not_now_ids
        opportunity_ids ownership_change_ids payment_token_ids
        person_profile_ids playbook_run_ids profile_ids rating_ids
        ref_company_ids referral_ids relationship_change_ids
        relationship_evidence_ids rtc_session_ids sale_order_ids
        share_history_ids share_ids stay_ids team_member_ids tier_change_ids
        upkeep_ids user_ids website_message_ids""",
}
ALL = "sally max carl anna paul rita sue adam tom"
LEAD = "max rita sue adam tom"
# Answer: whose customer: who may write. adam administers the suite and tom the system,
# sue is a Sales Administrator, paul keeps the books and has no role of ours.
RIGHTS = {
    "owner": {
        "sally's": "sally rita sue adam tom max",
        "sam's": "rita sue adam tom",
        "shared": "rita sue adam tom",
        "pool": "rita sue adam tom",
        "nobody's": ALL,
    },
    "place": {
        "sally's": LEAD,
        "sam's": "rita sue adam tom",
        "shared": "rita sue adam tom",
        "pool": "rita sue adam tom",
        "nobody's": ALL,
    },
    "hidden": {
        "sally's": f"sally carl {LEAD}",
        "sam's": "carl rita sue adam tom",
        "shared": "carl rita sue adam tom",
        "pool": "carl rita sue adam tom",
        "nobody's": ALL,
    },
    "archive": {
        "sally's": f"sally carl paul {LEAD}",
        "sam's": "carl paul rita sue adam tom",
        "shared": "sally carl paul rita sue adam tom",
        "pool": "carl paul rita sue adam tom",
        "nobody's": ALL,
    },
    "app": {
        "sally's": ALL,
        "sam's": ALL,
        "shared": ALL,
        "pool": "carl paul rita sue adam tom",
        "nobody's": ALL,
    },
    "decided": dict.fromkeys(("sally's", "sam's", "shared", "pool", "nobody's"), ""),
}


@tagged("post_install", "-at_install")
class TestAnswers(RelationsCommon):
    """Each field has an answer to "who may write it on whose customer"."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sue = cls._create_user("sue", "group_user")
        cls.sue.group_ids = cls.env.ref("sales_team.group_sale_manager")
        cls.tom = cls._create_user("tom", "group_user")
        cls.tom.group_ids = cls.env.ref("base.group_system")
        cls.paul = cls._create_user("paul", "group_user")
        cls.paul.group_ids = cls.env.ref("account.group_account_invoice")
        partner_manager = cls.env.ref("base.group_partner_manager")
        cls.users = {name: getattr(cls, name) for name in ALL.split()}
        for user in cls.users.values():
            user.group_ids |= partner_manager
        cls.customers = {
            "sally's": cls._create_customer("Sally's", user_id=cls.sally.id),
            "sam's": cls._create_customer("Sam's", user_id=cls.sam.id),
            "shared": cls._create_customer("Shared", user_id=cls.sam.id),
            "pool": cls._create_customer("Pooled"),
            "nobody's": cls._create_customer("Nobody's"),
        }
        cls.customers["pool"].pool_id = cls.pool
        cls.customers["shared"].share_with(cls.sally.id)
        cls.other = cls.env["res.partner"].create({"name": "Other", "is_company": True})
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        for user in cls.users.values():
            user.company_ids |= cls.elsewhere
        cls.env.flush_all()

    def _get_other_value(self, field, partner):
        """Return a value that the field does not have."""
        value = partner[field.name]
        special = {
            "parent_id": self.other.id,
            "company_id": self.elsewhere.id,
            "relation_company_id": self.elsewhere.id,
            "user_id": self.rita.id,
            "commercial_partner_id": self.other.id,
            "lang": "xx_XX",
        }
        if field.name in special:
            return special[field.name]
        if field.type == "many2one":
            model = self.env[field.comodel_name].sudo()
            found = model.with_context(active_test=False).search(
                [("id", "not in", value.ids)], limit=1
            )
            return found.id or 7_000_000
        if field.type == "many2many":
            return [Command.link(self.env[field.comodel_name].create({"name": "T"}).id)]
        if field.type == "selection":
            keys = field.get_values(self.env)
            return next(key for key in keys if key != value)
        return {
            "boolean": not value,
            "integer": 77,
            "float": 77.5,
            "monetary": 77.5,
            "date": fields.Date.to_date("2001-02-03"),
            "datetime": fields.Datetime.to_datetime("2001-02-03"),
            "binary": b"R0lGODlhAQABAAAAACw=",
            "json": {"a": 1},
            "properties": [{"name": "a", "type": "char", "string": "A", "value": "b"}],
        }.get(field.type, "77")

    def test_each_field_has_an_answer(self):
        expected = {
            name: answer for answer, names in ANSWERS.items() for name in names.split()
        }
        needed = OURS | {
            *("base", "mail", "crm", "sale", "sale_crm", "sale_loyalty", "loyalty"),
            *("sms", "event", "account", "product", "payment", "calendar", "portal"),
            *("phone_validation", "sales_team", "auth_signup", "rating", "survey"),
        }
        partners = self.env["res.partner"]
        for name, answer in partners._get_answers().items():
            field = partners._fields[name]
            if answer == "elsewhere" or not needed.issuperset(field._modules):
                continue
            self.assertEqual(answer, expected.get(name), f"who may write {name}?")

    def test_what_is_stored_is_never_left_to_chance(self):
        partners = self.env["res.partner"]
        for name, answer in partners._get_answers().items():
            if partners._fields[name].store:
                self.assertNotEqual(answer, "elsewhere", name)
                self.assertIn(answer, ANSWERS, name)

    def test_each_field_on_each_customer_for_each_role(self):
        answers = self.env["res.partner"]._get_answers()
        for name, answer in answers.items():
            for kind, allowed in RIGHTS.get(answer, {}).items():
                customer = self.customers[kind]
                value = self._get_other_value(customer._fields[name], customer)
                for login, user in self.users.items():
                    self.env.cr.execute("SAVEPOINT one_field")
                    may = self._may(customer.with_user(user), {name: value})
                    self.env.cr.execute("ROLLBACK TO SAVEPOINT one_field")
                    message = f"{login} writes {name} ({answer}) on {kind}"
                    self.assertEqual(may, login in allowed.split(), message)

    def _may(self, customer, values):
        try:
            customer._check_may_write(values)
        except UserError:
            return False
        return True

    def test_through_write(self):
        """One field of each answer, as it is written by a client."""
        samples = {
            "owner": ["user_id"],
            "place": ["parent_id", "relation_company_id", "company_id", "is_company"],
            "hidden": ["active"],
            "archive": ["phone", "category_id", "properties"],
            "app": ["trust"],
            "decided": ["pool_id", "tier_id", "commercial_partner_id"],
        }
        for answer, names in samples.items():
            for kind, allowed in RIGHTS[answer].items():
                refused = {"sally", "paul", "carl"} - set(allowed.split())
                for name, login in product(names, sorted(refused)):
                    self._check_refused(kind, name, self.users[login])

    def _check_refused(self, kind, name, user):
        customer = self.customers[kind]
        before = customer[name]
        value = self._get_other_value(customer._fields[name], customer)
        with self.subTest(f"{user.login} {kind} {name}"):
            with self.assertRaises(UserError):
                customer.with_user(user).write({name: value})
            customer.invalidate_recordset()
            self.assertEqual(customer[name], before)

    def test_who_has_no_right_in_odoo_gets_odoos_refusal(self):
        """It names nobody."""
        clerk = self._create_user("clerk", "group_user")
        clerk.group_ids = self.env.ref("base.group_user")
        for customer in self.customers.values():
            for values in ({"user_id": clerk.id}, {"phone": "1"}, {"active": False}):
                with self.assertRaises(AccessError) as caught:
                    customer.with_user(clerk).write(values)
                self.assertNotIn("Sam", str(caught.exception))

    def test_a_customer_of_another_company_is_not_written(self):
        alien = self.env["res.company"].create({"name": "Alien"})
        customer = self._create_customer("Alien", user_id=self.sam.id)
        customer.company_id = alien
        for values in (
            {"user_id": self.sally.id},
            {"name": "X"},
            {"company_id": False},
        ):
            for user in (self.sally, self.rita):
                with self.assertRaises(AccessError) as caught:
                    customer.with_user(user).write(values)
                self.assertNotIn("Sam", str(caught.exception))
