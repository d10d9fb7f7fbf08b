from base64 import b64encode

from .relations import RelationsCommon


class ImportCommon(RelationsCommon):
    """Contacts out of vCard files, imported in China."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.china = cls.env.ref("base.cn").id
        cls.env.company.country_id = cls.china

    def _import(self, *cards, user=None, **values):
        """Return an import that has been read: of cards as lists of lines, or bytes."""
        content = b"".join(map(self._write_card, cards))
        imports = self.env["crm.contact.import"].with_user(user or self.sally)
        one = imports.create({"file": b64encode(content), "name": "c.vcf", **values})
        one.action_check()
        return one

    def _write_card(self, card):
        if isinstance(card, bytes):
            return card
        return "\n".join(["BEGIN:VCARD", *card, "END:VCARD", ""]).encode()

    def _find(self, name):
        return self.env["res.partner"].search([("name", "=", name)])
