from .relations import RelationsCommon


class ClubCommon(RelationsCommon):
    """A club with three levels: Basic for all, Silver from 100, Gold from 500."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.club = cls._create_club("Owners' Club")
        cls.basic, cls.silver, cls.gold = cls.club.level_ids.sorted("threshold")
        cls.wash = cls.env["crm.club.benefit"].create(
            {"level_id": cls.basic.id, "name": "Free wash", "yearly_quota": 2}
        )
        cls.customer = cls._create_customer("Ada Motors", user_id=cls.sally.id)
        cls.person = cls._create_person(cls.customer, "Ada")

    @classmethod
    def _create_club(cls, name, **values):
        levels = [("Basic", 0), ("Silver", 100), ("Gold", 500)]
        values = {
            "name": name,
            "level_ids": [
                (0, 0, {"name": level, "threshold": threshold})
                for level, threshold in levels
            ],
        } | values
        return cls.env["crm.club"].create(values)

    @classmethod
    def _join(cls, partners, club=None):
        """Let these be members; return their memberships."""
        club = club or cls.club
        return club._take_in(partners, "active", cls.env.uid)

    @classmethod
    def _qualify(cls, member, points, day="2026-03-01"):
        """Points that count for the level of a member, earned on a day at noon."""
        lines = member.card_id._earn(points, "hand", "Test", qualifying=points)
        lines.flush_recordset()
        cls.env.cr.execute(
            "UPDATE loyalty_history SET create_date = %s WHERE id = ANY(%s)",
            [f"{day} 12:00:00", lines.ids],
        )
        lines.invalidate_recordset()
