from lxml import etree

from odoo.exceptions import AccessError

from .lending import LendingCommon


class ConfidentialCommon(LendingCommon):
    """A record of each confidential model, its fields marked, and the ways by which a
    client may try to read them: both out of the registry, so that what comes next is
    tried as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["crm.document.kind"].create({"name": "Identity card"})
        cls.document = cls.env["crm.customer.document"].create(
            {"partner_id": cls.customer.id, "kind_id": cls.kind.id}
        )
        cls.env["ir.attachment"].create(
            {
                "name": "scan.txt",
                "raw": b"mark of the file",
                "res_model": "crm.customer.document",
                "res_id": cls.document.id,
            }
        )
        cls.records = {
            record._name: record for record in (cls.profile, cls.relative, cls.document)
        }
        for record in cls.records.values():
            record.write({name: cls._mark(name) for name in cls._get_texts(record)})
        cls.env.flush_all()

    @classmethod
    def _get_models(cls):
        """Return the names of all confidential models."""
        mixin = cls.env.registry["crm.confidential.mixin"]
        return {
            name
            for name, model in cls.env.registry.items()
            if issubclass(model, mixin) and not model._abstract
        }

    @classmethod
    def _mark(cls, name):
        return f"mark of {name}"

    @classmethod
    def _get_texts(cls, record):
        """Return the names of the confidential fields in which people write."""
        return sorted(
            name
            for name in record._get_confidential_names()
            if (field := record._fields[name]).store
            and field.type in ("char", "text")
            and not field.compute
            and name != "id_number"
        )

    def _get_ways(self):
        """Return ``{name: method}`` of the ways, by name."""
        return {
            name.removeprefix("_by_"): getattr(self, name)
            for name in dir(self)
            if name.startswith("_by_")
        }

    def _try(self, way, record, name, user=None):
        """Return what comes back from reading this field, as text; "" where it is
        refused or nothing comes."""
        self.env.flush_all()
        self.env.invalidate_all()
        own = record.with_user(user or self.sam).with_context(lang="en_US")
        try:
            with self.env.cr.savepoint():
                found = way(own, name)
        except AccessError:
            found = ""
        return str(found or "")

    def _get_path(self, own):
        """Return the field of the customer that leads to the model, or a path."""
        return {
            "crm.person.profile": "person_profile_ids",
            "crm.person.family.member": "person_profile_ids.family_member_ids",
            "crm.customer.document": "document_ids",
        }[own._name]

    def _by_read(self, own, name):
        return own.read([name], load=None)

    def _by_read_of_all(self, own, name):
        return [{name: row[name]} for row in own.read()]

    def _by_search_read(self, own, name):
        return own.search_read([("id", "=", own.id)], [name], load=None)

    def _by_web_read(self, own, name):
        return own.web_read({name: {}})

    def _by_web_search_read(self, own, name):
        found = own.web_search_read([("id", "=", own.id)], {name: {}})
        return found["records"]

    def _by_attribute(self, own, name):
        return own[name]

    def _by_mapped(self, own, name):
        customer = self.customer.with_env(own.env)
        return customer.mapped(f"{self._get_path(own)}.{name}")

    def _by_web_read_of_the_customer(self, own, name):
        spec = {name: {}}
        for part in reversed(self._get_path(own).split(".")):
            spec = {part: {"fields": spec}}
        lines = self.customer.with_env(own.env).web_read(spec)
        for part in self._get_path(own).split("."):
            lines = [line for row in lines for line in row[part]]
        return lines

    def _by_export(self, own, name):
        own.env.user.sudo().group_ids += self.env.ref("base.group_allow_export")
        return any(own.export_data([name])["datas"][0]) and own.export_data([name])

    def _by_export_of_the_customer(self, own, name):
        own.env.user.sudo().group_ids += self.env.ref("base.group_allow_export")
        path = f"{self._get_path(own)}.{name}".replace(".", "/")
        rows = self.customer.with_env(own.env).export_data([path])["datas"]
        return any(map(any, rows)) and rows

    def _by_group(self, own, name):
        if not own._fields[name].column_type:
            return own.read([name])
        groups = own.formatted_read_group([("id", "=", own.id)], [name], ["__count"])
        return groups

    def _by_aggregate(self, own, name):
        if not own._fields[name].column_type:
            return own.read([name])
        rows = own.formatted_read_group(
            [("id", "=", own.id)], [], [f"{name}:array_agg", "__count"]
        )
        return rows[0]["__count"] and rows

    def _by_search(self, own, name):
        if not own._fields[name].column_type:
            return own.read([name])
        mark = self._mark(name)
        found = own.search([("id", "=", own.id), (name, "=", mark)])
        return mark if found else ""

    def _by_search_of_customers(self, own, name):
        if not own._fields[name].column_type:
            return own.read([name])
        mark = self._mark(name)
        customers = own.env["res.partner"]
        found = customers.search([(f"{self._get_path(own)}.{name}", "=", mark)])
        return mark if found else ""

    def _by_count(self, own, name):
        if not own._fields[name].column_type:
            return own.read([name])
        mark = self._mark(name)
        return mark if own.search_count([("id", "=", own.id), (name, "=", mark)]) else 0

    def _by_onchange(self, own, name):
        """A new line of a profile shows what the profile says."""
        if own._name != "crm.person.profile":
            return own.read([name])
        lines = own.env["crm.person.family.member"]
        lines = lines.with_context(default_profile_id=own.id)
        spec = {"profile_id": {"fields": {name: {}}}}
        return lines.onchange({}, [], spec)["value"]["profile_id"][name]

    def _by_copy(self, own, name):
        return own.copy_data()[0].get(name, self._mark(name))

    def _by_template(self, own, name):
        qweb = own.env["ir.qweb"]
        arch = "<t t-out='doc[name] or None'/>"
        return qweb._render(etree.fromstring(arch), {"doc": own, "name": name})
