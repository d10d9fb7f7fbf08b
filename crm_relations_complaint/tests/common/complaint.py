from odoo.fields import Command

from odoo.addons.crm_relations.tests.common.relations import RelationsCommon

ADDON = "crm_relations_complaint"
PEOPLE = {
    "olga": f"{ADDON}.group_complaint_officer",
    "oscar": f"{ADDON}.group_complaint_officer",
    "mona": f"{ADDON}.group_complaint_manager",
    "alma": f"{ADDON}.group_complaint_approver",
    "desk": "crm_relations.group_user",
}


class ComplaintCommon(RelationsCommon):
    """The small world, and who deals with complaints.

    ======== =========================
    user     role
    ======== =========================
    olga     complaint officer
    oscar    complaint officer
    mona     manager of the officers
    alma     approver of remedies
    desk     reader, at the front desk
    ======== =========================

    ``customer`` has the contact ``person``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls._find_officers():
            setattr(cls, user.login, user.with_user(user))
        cls.customer = cls._create_customer("Complaining Customer")
        cls.person = cls.env["res.partner"].create(
            {"name": "Paula", "parent_id": cls.customer.id}
        )
        cls.category = cls.env.ref(f"{ADDON}.crm_complaint_category_service_skill")
        cls.unsafe = cls.env.ref(f"{ADDON}.crm_complaint_category_product_safety")

    @classmethod
    def _find_officers(cls):
        """Make them at once, and without the letter that invites them."""
        users = cls.env["res.users"].with_context(no_reset_password=True)
        return users.create(
            [
                {
                    "name": login.title(),
                    "login": login,
                    "email": f"{login}@example.com",
                    "password": login.ljust(8, "x"),
                    "tz": "UTC",
                    "group_ids": [Command.set(cls.env.ref(group).ids)],
                }
                for login, group in PEOPLE.items()
            ]
        )

    @classmethod
    def _register(cls, user=None, **values):
        """Return a complaint that ``user`` (the front desk) registers, as superuser."""
        values = {
            "subject": "It rattles",
            "partner_id": cls.customer.id,
            "category_id": cls.category.id,
        } | values
        complaints = cls.env["crm.complaint"].with_user(user or cls.desk)
        return cls.env["crm.complaint"].browse(complaints.register(values))

    def assertAnswers(self, answers, *codes):
        self.assertEqual([answer["code"] for answer in answers], list(codes))
