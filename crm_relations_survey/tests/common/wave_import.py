from base64 import b64encode

from .satisfaction import SatisfactionCommon

HEAD = "Wave,Dealer,Factor,Score,n,Peer Average,Rank,Weight"


class WaveImportCommon(SatisfactionCommon):
    """Tables of an institute, as the specialist brings them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.env["crm.team"].create({"name": "Harbour Team"})
        cls.waves = cls.env["crm.satisfaction.wave"]

    def _open(self, *rows, head=HEAD, user=None, **values):
        content = "\n".join([head, *rows]).encode()
        return self._open_file(content, user, **values)

    def _open_file(self, content, user=None, **values):
        tables = self.env["crm.satisfaction.wave.import"].with_user(user or self.spec)
        return tables.create(
            {
                "study_id": self.study.id,
                "file": b64encode(content),
                "filename": "wave.csv",
                "company_id": self.company.id,
                **values,
            }
        )

    def _check(self, *rows, **values):
        table = self._open(*rows, **values)
        table.action_check()
        return table

    def _import(self, *rows, **values):
        table = self._check(*rows, **values)
        self.assertFalse(table.line_ids.mapped("message"))
        table.action_import()
        return table.wave_ids.sudo()

    def _tell(self, table):
        return [
            (line.number, line.column or "", line.message) for line in table.line_ids
        ]
