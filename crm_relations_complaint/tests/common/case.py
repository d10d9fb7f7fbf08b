from .complaint import ComplaintCommon


class CaseCommon(ComplaintCommon):
    """A complaint that olga has in hand; mona approves up to 1,000, alma up to
    10,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._register()
        cls.complaint.with_user(cls.desk).hand_over(cls.olga.id)
        cls.complaint.with_user(cls.olga).accept()
        cls.goodwill = cls._get_kind("goodwill")
        cls.remedies = cls.env["crm.complaint.remedy"]

    @classmethod
    def _get_kind(cls, name):
        return cls.env.ref(f"crm_relations_complaint.crm_complaint_remedy_kind_{name}")

    @classmethod
    def _propose(cls, amount=0, user=None, **values):
        """Return a remedy that olga proposes, as superuser."""
        values = {
            "complaint_id": cls.complaint.id,
            "kind_id": cls.goodwill.id,
            "amount": amount,
            "reason": "It was our fault",
        } | values
        remedy = cls.remedies.with_user(user or cls.olga).create(values)
        return cls.remedies.browse(remedy.id)

    def _ask(self, amount=0, user=None, **values):
        remedy = self._propose(amount, user, **values)
        self.assertAnswers(remedy.with_user(user or self.olga).ask(), "ok")
        return remedy

    def _solve(self):
        complaint = self.complaint.with_user(self.olga)
        self.assertAnswers(complaint.solve("Adjusted the door"), "ok")

    def _confirm(self, outcome="satisfied", note="Fine"):
        complaint = self.complaint.with_user(self.olga)
        self.assertAnswers(complaint.confirm(outcome, note), "ok")

    def _plan(self, kind="corrective", **values):
        values = {
            "complaint_id": self.complaint.id,
            "kind": kind,
            "name": "Train the fitters",
            "user_id": self.oscar.id,
        } | values
        return self.env["crm.complaint.action"].with_user(self.olga).create(values)
