from base64 import b64decode

from odoo import models
from odoo.exceptions import UserError

from ...tools import card_address, card_codes, card_text
from ...tools.card_numbers import CHATS
from ...tools.card_reader import READER, Unreadable
from ...tools.sentences import COMMA

# Below it a line is told to be read with doubt.
READ_WELL = 0.9
# Fields of a scan, and where they are found on the card; the first that is there.
PLACES = {
    "name": ("name",),
    "function": ("function",),
    "department": ("department",),
    "phone": ("mobile", "phone"),
    "email": ("email", "office_email"),
    "company_name": ("company",),
    "company_phone": ("phone",),
    "company_email": ("office_email",),
    "website": ("website",),
    "street": ("address",),
    "zip": ("zip",),
}


class CrmCardScan(models.Model):
    """What stands on the card: its codes as they are, print by plain rules."""

    _inherit = "crm.card.scan"

    def action_read(self):
        """Read the picture. What is wrong with it is told beside it, and it is
        forgotten."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("new", "read")
        content = b64decode(self.with_context(bin_size=False).picture or b"")
        try:
            answer = READER.get_answer(content)
        except Unreadable as error:
            self._refuse_picture(self._get_problem(*error.args))
            return
        vals, sources, card = self._sort_out(answer)
        if not vals:
            self._refuse_picture(self._get_nothing_read(answer))
            return
        # Superuser, also below: what was read is written by reading alone.
        self.sudo().write(
            dict.fromkeys(PLACES, False)
            | {"city": False, "state_id": False, "country_id": False, "note": False}
            | vals
            | {"sources": sources, "card": card, "state": "read", "problem": False}
            | self._get_picture_instead(answer)
        )
        self._look_up()

    def _get_picture_instead(self, answer):
        """Return the picture that stands in for the one taken: one that lay on its
        side stands upright, and one of a kind that browsers do not show is a JPEG."""
        if "picture" not in answer:
            return {}
        name = (self.picture_name or "card").rpartition(".")[0] or "card"
        return {"picture": answer["picture"], "picture_name": f"{name}.jpg"}

    def _check_state(self, *states):
        """Refuse what a second click, or another window, asks for too late.

        :raise UserError: the scan is in another state
        """
        self.lock_for_update()
        if self.state not in states:
            raise UserError(self.env._("This scan has gone on: load the page anew."))

    def _refuse_picture(self, problem):
        # Superuser: as above.
        self.sudo().write({"problem": problem, "picture": False, "picture_name": False})

    def _get_problem(self, code):
        return {
            "none": self.env._("Take a picture of the card, or choose a file."),
            "bytes": self.env._(
                "The file is larger than 20 MB. Take a smaller picture."
            ),
            "kind": self.env._(
                "This is no picture that can be read: take a JPEG, PNG, WebP or HEIC."
            ),
            "heic": self.env._(
                "Pictures of an iPhone (HEIC) cannot be read here: pi-heif is not "
                "installed on the server. Choose “Most Compatible” in the settings of "
                "its camera, under Formats, or take a JPEG."
            ),
            "pixels": self.env._(
                "The picture has more than 50 million pixels. Take a smaller one."
            ),
            "picture": self.env._("The picture is broken. Take it again."),
            "busy": self.env._("Other cards are being read. Try again in a moment."),
            "slow": self.env._(
                "Reading took too long and was stopped. Come nearer to the card, with "
                "nothing else on the picture, and try again."
            ),
            "failed": self.env._("The reader does not run on the server. Type it in."),
        }[code]

    def _get_nothing_read(self, answer):
        if answer["lines"] is None and answer["codes"] is None:
            return self.env._(
                "Cards cannot be read here: neither rapidocr nor zxing-cpp is "
                "installed on the server."
            )
        if answer["lines"] is None:
            return self.env._(
                "There is no code on the picture, and print cannot be read: rapidocr "
                "is not installed on the server."
            )
        return self.env._(
            "There is nothing to read on the picture. Take it again, nearer and with "
            "more light."
        )

    def action_type(self):
        """Go on without a picture: everything is typed in."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("new")
        # Superuser: as above.
        self.sudo().write({"state": "read", "problem": False})

    def _sort_out(self, answer):
        """Return the values of the fields, the lines from which they are, and what a
        code tells besides."""
        code = self.env.company.country_id.code or "CN"
        reading = card_text.read(answer["lines"] or [], code)
        vals, sources = self._get_printed(reading)
        card, others = card_codes.read(answer["codes"] or [])
        exact = [*others, *(self._get_coded(card).items() if card else ())]
        notes = [vals.pop("note", ""), *self._take_exact(exact, vals, sources)]
        if note := "\n".join(filter(None, notes)):
            vals["note"] = note
        return vals, sources, self._keep(card)

    def _take_exact(self, exact, vals, sources):
        """Let what a code tells take the place of what is printed; return what has no
        place: what is printed otherwise is not lost."""
        notes = []
        for name, value in exact:
            if name == "note":
                notes.append(value)
                continue
            if not value:
                continue
            if _differs(vals.get(name), value):
                notes.append(vals[name])
            vals[name] = value
            sources[name] = [self.env._("Code on the card"), True]
        return notes

    def _get_coded(self, card):
        """Return the fields of a scan that a card in a code tells."""
        places = self._get_places_of(card.address)
        company = card.name if card.is_company else card.company
        return {
            "name": "" if card.is_company else card.name,
            "function": card.function,
            "department": card.department,
            "phone": "".join(card.phones[:1]),
            "email": "".join(card.emails[:1]),
            "company_name": company,
            "website": card.website,
            **places,
        }

    def _keep(self, card):
        """Return what of a card in a code has no field of a scan, to keep it."""
        if not card:
            return False
        return {
            "phones": card.phones[1:],
            "emails": card.emails[1:],
            "birthday": card.birthday,
            "note": card.note,
            "others": card.others,
        }

    def _get_printed(self, reading):
        """Return the values that are printed, and ``{field: [line, read well]}``."""
        vals, sources = {}, {}
        for name, place in self._get_printed_places(reading.fields).items():
            vals[name] = reading.fields[place].text
            sources[name] = self._tell_lines(reading.fields[place], reading)
        if "street" in vals:
            parsed = card_address.parse(vals["street"])
            parsed["zip"] = parsed["zip"] or vals.get("zip", "")
            vals |= self._get_places_of(parsed)
        vals["note"] = self._get_left(reading)
        return {name: value for name, value in vals.items() if value}, sources

    def _get_printed_places(self, found):
        """Return ``{field of a scan: field of the card}``."""
        places = {}
        for name, some in PLACES.items():
            place = next((one for one in some if one in found), None)
            # The only number, or address, is that of the person.
            if place and place not in places.values():
                places[name] = place
        return places

    def _tell_lines(self, value, reading):
        texts = [reading.rows[number] for number in value.lines]
        is_well = all(reading.scores[number] >= READ_WELL for number in value.lines)
        return [" ".join(texts), is_well]

    def _get_left(self, reading):
        labels = {kind: kind for kind in CHATS}
        labels |= {"WeChat": self.env._("WeChat"), "fax": self.env._("Fax")}
        chats = [
            self.env._("%(label)s: %(text)s", label=label, text=found.text)
            for kind, label in labels.items()
            if (found := reading.fields.get(kind))
        ]
        return "\n".join([*chats, *reading.left])

    def _get_places_of(self, address):
        """Return the values of an address that is written in words."""
        if not any(address.values()):
            return {}
        lines = self.env["crm.contact.import.line"]
        line = lines.new({"card": {"address": address}})
        vals, unknown = line._prepare_address_vals(address, line._get_places())
        street = COMMA.join(
            filter(None, [vals.pop("street"), vals.pop("street2"), *unknown])
        )
        return vals | {"street": street}


def _differs(printed, coded):
    """Return whether a text that is printed says something else than a code."""
    if not isinstance(printed, str):
        return False
    one, other = ("".join(filter(str.isalnum, text)) for text in (printed, coded))
    return one.casefold() not in other.casefold()
