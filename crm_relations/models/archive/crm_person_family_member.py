from odoo import api, fields, models


class CrmPersonFamilyMember(models.Model):
    """Someone in the family of a person we deal with."""

    _name = "crm.person.family.member"
    _description = "Family member"
    _inherit = ["crm.birthday.mixin", "crm.archive.kept.mixin"]
    _order = "id"

    profile_id = fields.Many2one(
        comodel_name="crm.person.profile",
        string="Person",
        required=True,
        index=True,
        ondelete="cascade",
    )
    name = fields.Char(required=True)
    relation = fields.Selection(
        selection=[
            ("spouse", "Spouse"),
            ("child", "Child"),
            ("parent", "Parent"),
            ("sibling", "Brother or sister"),
            ("other", "Other"),
        ],
        required=True,
        default="spouse",
    )
    note = fields.Char()

    _birthday_idx = models.Index(
        "(birth_calendar, birth_month, birth_day) WHERE birth_day > 0"
    )

    @api.model
    def _get_kept_title(self):
        return self.env._("Family")

    @api.model
    def _is_kept_confidential(self):
        return True

    def _get_kept_partner(self):
        return self.profile_id.partner_id
