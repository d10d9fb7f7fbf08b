from odoo.tests import HttpCase, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestOverviewTour(RelationsCommon, HttpCase):
    def test_salesperson_learns_all_from_the_customer_s_page(self):
        customer = self._create_customer("Tour Trading", user_id=self.sally.id)
        person = self._create_person(customer, "Li Wei", attitude="supporter")
        self._create_followup(person, content="He wants vans", user_id=self.sally.id)
        self._create_order(customer, 100, days_ago=0, user_id=self.sally.id)
        self._create_order(customer, 50, confirm=False, user_id=self.sally.id)
        for summary in ("Send the offer", *["Remind"] * 8):
            customer.activity_schedule(
                "mail.mail_activity_data_call", summary=summary, user_id=self.sally.id
            )
        self.start_tour("/odoo", "crm_relations_customer_page", login="sally")

    def test_the_history_shows_what_was_asked_last(self):
        customer = self._create_customer("Tour Talker", user_id=self.sally.id)
        for _number in range(45):
            self._create_followup(customer, user_id=self.sally.id)
        self._create_order(customer, 100, user_id=self.sally.id)
        self.start_tour(
            "/odoo/my-customers",
            "crm_relations_history_in_order",
            login="sally",
            timeout=120,
        )
