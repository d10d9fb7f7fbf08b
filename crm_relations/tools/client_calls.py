from collections import defaultdict

from odoo.http import request
from odoo.service.server import thread_local

# What sends a text that its caller gives, on any model or on that of a dialog; the
# route is the web client's.
POSTING = {
    "message_post",
    "message_notify",
    "message_post_with_source",
    "message_mail_with_source",
    "send_mail",
    "send_mail_batch",
    "mail.followers.edit.edit_followers",
    "mail.scheduled.message.post_message",
    "portal.share.action_send_mail",
    "survey.invite.action_invite",
}
ROUTE = "/mail/message/post"


def is_posting():
    """Return whether the client itself called for a message to be sent: by one of
    Odoo's three APIs (JSON-RPC, XML-RPC, JSON-2) or as its web client does. What a
    method of Odoo sends along with its work is not meant."""
    # XML-RPC calls without a request in sight; Odoo notes the method for its log. In
    # the threads of its jobs it notes none.
    called = getattr(thread_local, "rpc_model_method", "")
    if _is_listed(called):
        return True
    if not request:
        return False
    called = "{__model__}.{__method__}".format_map(defaultdict(str, request.params))
    return _is_listed(called) or request.httprequest.path.endswith(ROUTE)


def _is_listed(called):
    return not POSTING.isdisjoint((called, called.rpartition(".")[2]))
