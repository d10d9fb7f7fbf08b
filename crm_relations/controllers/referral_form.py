from .public_form import PublicForm


class ReferralForm(PublicForm):
    """Who is interested, told by him or by who recommends us."""

    lengths = {"name": 100, "phone": 40, "email_from": 254, "note": 2000}

    def read_referral(self):
        self.values = {name: self._read_text(name) for name in self.lengths}
        if not self.values["name"]:
            self.errors["name"] = self.env._("Please tell us your name.")
        self._check_reach()
        return not self.errors
