from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from odoo.addons.crm_relations.tools.arguments import Given, is_id
from odoo.addons.crm_relations.tools.sentences import join_words

MOST = 10_000
NOT_STORED = "source_key"


class CrmComplaint(models.Model):
    """Many complaints at once: each is answered, the good ones are registered together.

    Over the API, from a file, from another system that may send the same ones again.
    """

    _inherit = "crm.complaint"

    @api.model
    def register_many(self, values_list: Given):
        """Register complaints; what is wrong with one stops no other.

        :param values_list: at most 10,000 of what ``register`` takes, each with an
            optional ``source_key``: what its source calls it, so that sending it again
            registers nothing
        :return: a row for each, in this order: ``[{"id", "ok", "code", "message"}]``;
            codes: ok; known (registered before under this key, ``id`` tells as what);
            wrong (the message names the value); missing (no set of values). ``ok`` is
            true for ok and known
        :raise AccessError: the caller has no role in customer relations
        :raise ValidationError: no list, or too long a list
        """
        self._check_may_register()
        if not isinstance(values_list, (list, tuple)) or len(values_list) > MOST:
            raise ValidationError(
                self.env._("Give a list of at most %(most)s sets of values.", most=MOST)
            )
        answers = [self._refuse_row(values) for values in values_list]
        todo = [index for index, answer in enumerate(answers) if answer is None]
        self._answer_known(values_list, todo, answers)
        todo = [index for index in todo if answers[index] is None]
        read = self._read_rows(values_list, todo, answers)
        self._register_rows(read, answers)
        return answers

    @api.model
    def _check_may_register(self):
        if not self.env.user.has_group("crm_relations.group_user"):
            raise AccessError(
                self.env._("Only users of customer relations register complaints.")
            )

    @api.model
    def _refuse_row(self, values):
        """Return the answer to what is no set of values of a complaint, else None."""
        if not isinstance(values, dict) or not values:
            return self._answer_row("missing", self.env._("There are no values."))
        known = {*self._get_written_fields(), NOT_STORED}
        unknown = sorted(str(name) for name in values if name not in known)
        if unknown:
            return self._answer_row(
                "wrong",
                self.env._(
                    "A complaint is not registered with: %(names)s.",
                    names=join_words(self.env, unknown),
                ),
            )
        key = values.get(NOT_STORED)
        if key is not None and (not isinstance(key, str) or not key.strip()):
            return self._answer_row("wrong", self.env._("The key is no text."))
        return None

    @api.model
    def _answer_row(self, code, message, complaint_id=False):
        return {
            "id": complaint_id,
            "ok": code in ("ok", "known"),
            "code": code,
            "message": message,
        }

    @api.model
    def _answer_known(self, values_list, todo, answers):
        """Answer what was registered before."""
        keys = {values_list[index].get(NOT_STORED) for index in todo} - {None}
        known = self._find_by_source_keys(self.env.company, keys) if keys else {}
        for index in todo:
            complaint = known.get(values_list[index].get(NOT_STORED))
            if complaint:
                answers[index] = self._answer_row(
                    "known",
                    self.env._("Registered before as %(name)s.", name=complaint.name),
                    complaint.id,
                )

    @api.model
    def _read_rows(self, values_list, todo, answers):
        """Return ``{index: vals}`` of those that can be stored; answer the others, and
        the second one of a key."""
        linked = self._find_linked([values_list[index] for index in todo])
        read, seen = {}, set()
        for index in todo:
            key = values_list[index].get(NOT_STORED)
            if key is not None and key in seen:
                message = self.env._("Another row has the same key.")
                answers[index] = self._answer_row("wrong", message)
                continue
            try:
                vals = self._read_row(values_list[index], linked)
            except UserError as error:
                answers[index] = self._answer_row("wrong", error.args[0])
                continue
            read[index] = vals | {"source_key": key}
            seen.add(key)
        return read

    @api.model
    def _read_row(self, values, linked):
        links = {
            name: value
            for name, value in values.items()
            if name in linked and value in linked[name]
        }
        others = {
            name: value
            for name, value in values.items()
            if name not in links and name != NOT_STORED
        }
        vals = self._read_values(others) | links
        if not vals.get("subject"):
            vals["subject"] = self._get_subject(vals)
        return vals

    @api.model
    def _find_linked(self, values_list):
        """Return ``{field: ids}`` of what the rows may name, looked up together."""
        linked = {}
        for name in self._get_written_fields():
            field = self._fields[name]
            if field.type != "many2one":
                continue
            ids = {
                values.get(name) for values in values_list if is_id(values.get(name))
            }
            records = self.env[field.comodel_name].browse(ids).exists()
            linked[name] = set(records._filtered_access("read").ids)
        return linked

    @api.model
    def _register_rows(self, read, answers):
        """Register all at once; if one of them cannot be, each by itself."""
        if not read:
            return
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                complaints = self._create_rows(list(read.values()))
        except (UserError, UniqueViolation) as error:
            if len(read) > 1:
                self._split_rows(read, answers)
                return
            [index] = read
            words = self._get_words(error)
            answers[index] = self._answer_row("wrong", words)
            return
        for index, complaint in zip(read, complaints, strict=True):
            answers[index] = self._answer_row(
                "ok",
                self.env._("Registered as %(name)s.", name=complaint.name),
                complaint.id,
            )

    @api.model
    def _split_rows(self, read, answers):
        """Find the rows that cannot be registered by halves: they are few."""
        indexes = list(read)
        middle = len(indexes) // 2
        for some in (indexes[:middle], indexes[middle:]):
            self._register_rows({index: read[index] for index in some}, answers)

    @api.model
    def _create_rows(self, vals_list):
        # Superuser: the key, which no client writes by hand; the caller stays the
        # person asked first, what he names was looked at.
        complaints = self.sudo().create(vals_list)
        complaints.flush_recordset()
        return complaints.sudo(False)

    @api.model
    def _get_words(self, error):
        if isinstance(error, UniqueViolation):
            return self.env._("This report has been registered already.")
        return error.args[0]
