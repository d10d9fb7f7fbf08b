from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

from ....tools.sentences import COMMA


class CrmDailyDigest(models.Model):
    """Mails and chat messages of many digests are written at once."""

    _inherit = "crm.daily.digest"

    @api.model
    def _deliver(self, messages, company):
        """Write the mails and the chat messages; mails leave through Odoo's queue.

        :param messages: ``{digest: (number due, subject, body)}``
        """
        if not messages:
            return
        bot = self.with_user(SUPERUSER_ID).env
        sender = company.email_formatted or bot.user.email_formatted
        mails, chats = [], {}
        for digest, (count, subject, body) in messages.items():
            partner = digest.user_id.partner_id
            by_mail, by_chat = digest._get_ways()
            digest.write({"line_count": count, "is_mailed": by_mail})
            if by_chat:
                chats[partner] = body
            if by_mail:
                mails.append(self._prepare_mail(partner, sender, subject, body))
        bot["mail.mail"].create(mails)
        if chats:
            self._post(chats)

    def _get_ways(self):
        """Return whether the person is told by mail, and whether in the chat."""
        user = self.user_id
        way = user._get_relations_digest_way()
        by_mail = bool(way in ("mail", "both") and user.email)
        # Who has no address is told in the chat, rather than not at all.
        return by_mail, way in ("chat", "both") or not by_mail

    @api.model
    def _prepare_mail(self, partner, sender, subject, body):
        return {
            "subject": subject,
            "body_html": body,
            "email_from": sender,
            "reply_to": sender,
            "recipient_ids": [Command.link(partner.id)],
            "auto_delete": True,
        }

    @api.model
    def _post(self, bodies):
        """Post to each of these partners in the chat with Odoo's robot, as
        ``message_post`` does for one; that takes dozens of statements a person."""
        bot = self.with_user(SUPERUSER_ID).env
        author = bot.user.partner_id
        partners = self.env["res.partner"].union(*bodies)
        chats = self._get_chats(partners.with_env(bot))
        values = [
            {
                "author_id": author.id,
                "email_from": author.email_formatted,
                "reply_to": author.email_formatted,
                "model": "discuss.channel",
                "res_id": chats[partner.id].id,
                "body": body,
                "message_type": "comment",
                "subtype_id": bot.ref("mail.mt_comment").id,
            }
            for partner, body in bodies.items()
        ]
        channels = bot["discuss.channel"].union(*chats.values())
        channels.last_interest_dt = fields.Datetime.now()
        posted = channels._message_create(values)
        for message, line in zip(posted, values, strict=True):
            # Odoo's own way to the open screens and telephones.
            channels.browse(line["res_id"])._notify_thread(message, line)

    @api.model
    def _get_chats(self, partners):
        """Return ``{partner id: its chat with the robot}``, made where there is none;
        as ``discuss.channel._get_or_create_chat`` for one."""
        robot = partners.env.user.partner_id
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT person.partner_id, min(chat.id)
                  FROM discuss_channel AS chat
                  JOIN discuss_channel_member AS own
                    ON own.channel_id = chat.id AND own.partner_id = %(robot)s
                  JOIN discuss_channel_member AS person
                    ON person.channel_id = chat.id AND person.partner_id = ANY(%(ids)s)
                 WHERE chat.channel_type = 'chat'
                   AND (SELECT count(*) FROM discuss_channel_member AS member
                         WHERE member.channel_id = chat.id) = 2
              GROUP BY person.partner_id
                """,
                robot=robot.id,
                ids=(partners - robot).ids,
            )
        )
        channels = partners.env["discuss.channel"]
        chats = {partner: channels.browse(chat) for partner, chat in rows}
        missing = partners.filtered(lambda partner: partner.id not in chats)
        made = channels.create(
            [self._prepare_chat(partner, robot) for partner in missing]
        )
        return chats | dict(zip(missing.ids, made, strict=True))

    @api.model
    def _prepare_chat(self, partner, robot):
        now = fields.Datetime.now()
        return {
            "channel_type": "chat",
            "name": COMMA.join((partner | robot).mapped("name")),
            "last_interest_dt": now,
            "channel_member_ids": [
                Command.create({"partner_id": member.id, "last_interest_dt": now})
                for member in partner | robot
            ],
        }
