from odoo import api, models
from odoo.exceptions import UserError

OVER = ("closed", "withdrawn", "merged")


class CrmComplaintPartMixin(models.AbstractModel):
    """A part of the file of a complaint: once that is over nobody changes it; who finds
    something new reopens the complaint."""

    _name = "crm.complaint.part.mixin"
    _description = "Part of the file of a complaint"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_file_is_open()
        return records

    def write(self, vals):
        self._check_file_is_open()
        result = super().write(vals)
        if self._get_file_field() in vals:
            self._check_file_is_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_over(self):
        self._check_file_is_open()

    @api.model
    def _get_file_field(self):
        return "complaint_id"

    def _get_files(self):
        """Return the complaints in whose files these are."""
        return self.complaint_id

    def _check_file_is_open(self):
        """Refuse where the complaint is over; not what the machine writes.

        :raise UserError: names the complaint
        """
        if self.env.su:
            return
        # Superuser: who writes the part may be told how its complaint stands.
        over = self.sudo()._get_files().filtered(lambda file: file.state in OVER)
        if over:
            raise UserError(
                self.env._(
                    "%(complaint)s is over: reopen it before you change its file.",
                    complaint=over[0].display_name,
                )
            )
