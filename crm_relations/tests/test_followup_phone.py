from odoo.tests import freeze_time, tagged

from .common import RelationsCommon

NOW = "2026-03-02 10:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupPhone(RelationsCommon):
    """FU-4, FU-3: a number is found as people wrote it down, and never guessed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.company.phone = "+86 10 6552 9988"

    def _log(self, number, **values):
        values = {"direction": "in", "started_at": "2026-03-02T09:30:00Z"} | values
        followups = self.env["crm.followup"].with_user(self.sally)
        call_id = followups.log_call(number, duration_seconds=61, **values)
        return self.env["crm.followup"].browse(call_id)

    def _create_caller(self, phone, **values):
        return self._create_customer(f"Caller {phone}", phone=phone, **values)

    def test_what_people_type_is_cleaned_when_it_is_stored(self):
        for typed, placed in [
            ("010-88881111转801", "+861088881111"),
            ("(0755) 2688 1128 分机 12", "+8675526881128"),
            ("010-88881113-801", "+861088881113"),
            ("010-88881114 ext. 801", "+861088881114"),
            ("010 8888 1115 分機：9", "+861088881115"),
            ("tel:+86-10-8888-1116", "+861088881116"),
        ]:
            caller = self._create_caller(typed)
            with self.subTest(typed):
                self.assertEqual(caller.phone, typed)
                self.assertEqual(caller.phone_sanitized, placed)
                for called in (placed, typed, f"0{placed[3:]}"):
                    call = self._log(called)
                    self.assertEqual(
                        (call.partner_id, call.call_match), (caller, "number"), called
                    )

    def test_digits_are_no_number_of_another_country_for_certain(self):
        """A Chinese mobile number without its prefix reads as an American one."""
        partners = self.env["res.partner"]
        digits = "13800138000"
        self.assertEqual(partners._get_equals(digits, False), ([], [digits]))
        self.assertEqual(partners._get_equals(f"+{digits}", True)[0], [f"+{digits}"])

    def test_a_changed_number_is_cleaned_again(self):
        caller = self._create_caller("95588")
        self.assertEqual(caller.phone_digits, "95588")
        caller.phone = "010-88881111转801"
        self.assertEqual(
            (caller.phone_sanitized, caller.phone_digits), ("+861088881111", False)
        )
        caller.phone = False
        self.assertEqual((caller.phone_sanitized, caller.phone_digits), (False, False))

    def test_short_and_service_numbers_are_found_when_equal(self):
        bank, desk = self._create_caller("95588"), self._create_caller("8801")
        self._create_caller("010 6552 8801")
        for called, caller in [("95588", bank), ("8801", desk), ("08801", desk)]:
            call = self._log(called)
            with self.subTest(called):
                self.assertEqual((call.partner_id, call.call_match), (caller, "number"))
        for called in ("5588", "195588", "880", "801", "18801"):
            with self.subTest(called):
                self.assertEqual(self._log(called).call_match, "unknown")

    def test_a_short_number_is_completed_by_the_area_of_the_company(self):
        caller = self._create_caller("+86 10 8888 9999")
        call = self._log("88889999")
        self.assertEqual((call.partner_id, call.call_match), (caller, "digits"))

    def test_a_mobile_or_foreign_number_is_never_guessed(self):
        """The follow-up of a wrong customer would be moved."""
        for phone, called in [
            ("+33 6 78 88 56 78", "8885678"),
            ("+33 1 45 67 89 01", "45678901"),
            ("+86 138 8888 5678", "88885678"),
            ("+86 138 8888 5678", "8885678"),
            ("+86 21 8888 5678", "88885678"),  # another city
            ("8885678", "+33678885678"),
            ("88885678", "+8613888885678"),
            ("88885678", "+862188885678"),
        ]:
            caller = self._create_caller(phone)
            with self.subTest(phone=phone, called=called):
                call = self._log(called)
                self.assertEqual((call.call_match, call.partner_id.id), ("unknown", 0))
                self.assertFalse(caller.last_followup_at)
            caller.unlink()

    def test_without_a_number_of_the_company_its_area_is_unknown(self):
        self.company.phone = False
        self._create_caller("+86 10 8888 9999")
        self.assertEqual(self._log("88889999").call_match, "unknown")

    def test_the_digit_that_mobiles_have_or_have_not(self):
        """Argentina, Mexico, Brazil."""
        for phone, called in [
            ("+54 9 11 2345 6789", "+541123456789"),
            ("+54 11 2345 6789", "+5491123456789"),
            ("+52 55 1234 5678", "+5215512345678"),
            ("+52 1 55 1234 5678", "+525512345678"),
            ("+55 11 96123-4567", "+551161234567"),
            ("+55 11 6123-4567", "+5511961234567"),
        ]:
            caller = self._create_caller(phone)
            with self.subTest(phone=phone, called=called):
                self.assertEqual(self._log(called).partner_id, caller)
            caller.unlink()

    def test_a_call_that_withholds_its_number_is_kept(self):
        for sent in (
            *["anonymous", "", None, "Restricted", "Unknown", "   "],
            *["sip:anonymous@anonymous.invalid", "未知号码"],
        ):
            with self.subTest(sent):
                call = self._log(sent)
                self.assertEqual(
                    (call.call_match, call.call_number), ("unknown", False)
                )
                self.assertFalse(call.partner_id)
                self.assertTrue(call.call_direction)

    def test_an_address_at_an_exchange_is_kept_as_it_is(self):
        self.assertEqual(self._log("sip:alice@pbx.example.com").call_number, "alice")
        self.assertEqual(self._log("+" + "9" * 20).call_number, "+" + "9" * 20)
        self.assertEqual(len(self._log("9" * 500).call_number), 64)

    def test_calls_without_a_number_are_listed_and_assigned_by_hand(self):
        """What is no number is not remembered as one, ticked or not."""
        followups = self.env["crm.followup"]
        for number in ("anonymous", "sip:alice@pbx.example.com"):
            customer = self._create_customer("Great Wall", user_id=self.sally.id)
            call = self._log(number)
            listed = followups.search(followups._get_unassigned_domain())
            self.assertIn(call, listed)
            wizard = self._open_wizard(call)
            self.assertFalse(wizard.store_number)
            wizard.write({"partner_id": customer.id, "store_number": True})
            wizard.action_apply()
            self.assertEqual(call.partner_id, customer)
            self.assertEqual(customer.last_followup_at, call.date)
            self.assertFalse(customer.phone)

    def _open_wizard(self, call):
        action = call.with_user(self.sally).action_assign_call()
        wizards = self.env["crm.call.assign.wizard"].with_user(self.sally)
        return wizards.with_context(**action["context"]).create({})

    def test_in_doubt_the_candidates_are_offered(self):
        paris = self._create_caller("+33 6 78 88 56 78")
        shanghai = self._create_caller("+86 21 8888 5678")
        self._create_caller("+86 21 8888 5679")
        call = self._log("8885678")
        wizard = self._open_wizard(call)
        self.assertEqual(wizard.lookalike_ids, paris | shanghai)
        wizard.lookalike_id = paris
        wizard._onchange_lookalike_id()
        self.assertEqual(wizard.partner_id, paris)

    def test_the_reception_finds_what_the_exchange_finds(self):
        """FU-3"""
        caller = self._create_caller("010-88881111转801")
        receptions = self.env["crm.reception"].with_user(self.sally)
        self.assertEqual(receptions._find_visitor("01088881111"), caller)
        self.assertFalse(receptions._find_visitor("881111"))

    def test_numbers_from_before_are_cleaned_in_one_go(self):
        callers = self.env["res.partner"].browse()
        for typed in ("010-88881111转801", "95588", "+86 138 0013 8000"):
            callers |= self._create_caller(typed)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET phone_digits = NULL,"
            " phone_sanitized = CASE WHEN id = %s THEN phone_sanitized END"
            " WHERE id IN %s",
            (callers[2].id, tuple(callers.ids)),
        )
        self.env.invalidate_all()
        self.env["res.partner"]._refresh_phone_numbers(callers.ids)
        self.assertEqual(
            [(one.phone_sanitized, one.phone_digits) for one in callers],
            [("+861088881111", False), (False, "95588"), ("+8613800138000", False)],
        )
