from odoo import api, fields, models


class CrmSmsLog(models.Model):
    """A text message that was written down instead of being sent.

    What a run or a test would have sent can be read here; nothing has left the
    machine. See ``relations_sms_provider`` of the company.
    """

    _name = "crm.sms.log"
    _inherit = ["crm.hidden.mixin"]
    _description = "Logged text message"
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(string="Phone Number", required=True, readonly=True)
    body = fields.Text(string="Message", readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Recipient",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", readonly=True, index="btree_not_null"
    )
    sms_uuid = fields.Char(
        string="Reference", readonly=True, export_string_translation=False
    )

    _sms_uuid_uniq = models.UniqueIndex(
        "(sms_uuid)", "This text message has been logged already."
    )

    @api.model
    def _log(self, messages, company):
        """Write down messages in the form of Odoo's ``_send_sms_batch``.

        :return: the answer of a provider for each of them
        """
        numbers = [
            (message["content"], number["number"], number["uuid"])
            for message in messages
            for number in message["numbers"]
        ]
        uuids = [uuid for _body, _number, uuid in numbers]
        found = self.env["sms.sms"].search([("uuid", "in", uuids)])
        partners = {sms.uuid: sms.partner_id.id for sms in found}
        self.create(
            [
                {
                    "body": body,
                    "number": number,
                    "sms_uuid": uuid,
                    "partner_id": partners.get(uuid),
                    "company_id": company.id,
                }
                for body, number, uuid in numbers
                if number
            ]
        )
        return [
            {"uuid": uuid, "state": "sent" if number else "sms_number_missing"}
            for _body, number, uuid in numbers
        ]
