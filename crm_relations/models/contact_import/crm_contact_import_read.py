from base64 import b64decode, b64encode
from io import BytesIO

from PIL import Image

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.image import IMAGE_MAX_RESOLUTION

from ...tools import vcards
from ...tools.sentences import join_words

MOST_CARDS = 20_000
MOST_BYTES = 100 * 1024 * 1024
MOST_PHOTO_BYTES = 10 * 1024 * 1024
PICTURES = ("JPEG", "PNG", "GIF")


class CrmContactImport(models.Model):
    """What stands on the cards, and who is here already."""

    _inherit = "crm.contact.import"

    def action_check(self):
        """Read the file and look for each of its cards among the contacts."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("new")
        cards = self._read_cards()
        # Read and shown: the file itself is needed no more.
        self.file = False
        self._take_cards(dict(enumerate(cards, start=1)))

    def _take_cards(self, cards):
        """Put cards on lines and look for each among the contacts; return the lines.

        :param cards: ``{number: card}``
        """
        # Superuser: what stands on the cards is written by the import alone.
        lines = self.line_ids.sudo().create(
            [self._prepare_line_vals(number, card) for number, card in cards.items()]
        )
        lines = lines.sudo(self.env.su)
        self.state = "checked"
        lines._find_known()
        return lines

    def _check_state(self, *states):
        """Refuse what a second click, or another window, asks for too late.

        :raise UserError: the import is in another state
        """
        self.lock_for_update()
        if self.state not in states:
            raise UserError(self.env._("This import has gone on: load the page anew."))

    def _read_cards(self):
        """Return the cards of the file.

        :raise UserError: there is none, or too much
        """
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        content = b64decode(self.with_context(bin_size=False).file)
        if len(content) > MOST_BYTES:
            raise UserError(self.env._("The file is too large: divide it."))
        cards = vcards.read(content)
        if not cards:
            raise UserError(
                self.env._(
                    "There is no card in this file. Choose one that ends with .vcf, as "
                    "the contacts of a phone or of Outlook are exported."
                )
            )
        if len(cards) > MOST_CARDS:
            raise UserError(
                self.env._(
                    "Import at most %(most)s cards at once: there are %(count)s.",
                    count=len(cards),
                    most=MOST_CARDS,
                )
            )
        return cards

    def _prepare_line_vals(self, number, card):
        vals = {
            "import_id": self.id,
            "number": number,
            "name": card.name,
            "is_company": card.is_company,
            "company_name": card.company,
            "function": card.function,
            "phone": "".join(card.phones[:1]),
            "email": "".join(card.emails[:1]),
            "kind": "new",
            **self._tell_left_out(card.left_out),
            "card": {
                "department": card.department,
                "phones": card.phones[1:],
                "emails": card.emails[1:],
                "website": card.website,
                "address": card.address,
                "birthday": card.birthday,
                "note": card.note,
                "others": card.others,
                "spouse": card.spouse,
                "anniversary": card.anniversary,
            },
        }
        wrong = ""
        if card.is_group:
            wrong = self.env._("A list of people, no contact")
        elif not card.name:
            wrong = self.env._("Without name, company and e-mail")
        if wrong:
            return vals | {"kind": "wrong", "finding": wrong, "decision": "skip"}
        if card.photo:
            photo = self._read_photo(card.photo)
            if photo:
                vals["photo"] = photo
            else:
                vals["finding"] = self.env._("The picture cannot be read: without it")
        return vals

    def _tell_left_out(self, names):
        """Return the values that say what of a card has no place here."""
        if not names:
            return {}
        names = join_words(self.env, names)
        return {"left_out": names, "finding": self.env._("Left out: %s", names)}

    def _read_photo(self, content):
        """Return a picture as a field takes it, or None where it is none, or one that
        would fill the memory."""
        if len(content) > MOST_PHOTO_BYTES:
            return None
        try:
            # By its head first: nothing is unpacked that is too large.
            with Image.open(BytesIO(content), formats=PICTURES) as picture:
                width, height = picture.size
                if width * height > IMAGE_MAX_RESOLUTION:
                    return None
                picture.load()
        except Exception:
            # A broken picture makes the library fail in any way.
            return None
        return b64encode(content)
