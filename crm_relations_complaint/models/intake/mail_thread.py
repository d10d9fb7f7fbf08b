from odoo import api, models


class MailThread(models.AbstractModel):
    """The gate of the mail gateway at which complaints ask who writes; mails that go
    elsewhere pass without a question."""

    _inherit = "mail.thread"

    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        routes = super().message_route(
            message, message_dict, model, thread_id, custom_values
        )
        complaints = self.env["crm.complaint"]
        if not any(route[0] == complaints._name for route in routes or ()):
            return routes
        return complaints._admit(message, message_dict, routes)
