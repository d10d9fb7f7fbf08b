from datetime import datetime, timedelta

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError, ValidationError

OFFERED_SECONDS = 12  # as long as the button stands there
# The last click of a slow connection still arrives.
UNDO_TIME = timedelta(seconds=60)


class CrmAct(models.TransientModel):
    """What somebody has just done where the work is seen, and may take back.

    An act knows which fields it changed, what stood there before and after, and what
    records it made. It is undone as a whole or not at all: by who did it, who must
    still have the right to do it, once, within a minute, and only while everything
    stands as the act left it.
    """

    _name = "crm.act"
    _description = "Act that can be undone"

    done_at = fields.Datetime(required=True, readonly=True)
    res_model = fields.Char(string="Done On", required=True, readonly=True)
    res_id = fields.Integer(string="First Record", readonly=True, index=True)
    res_ids = fields.Json(string="Which Records", required=True, readonly=True)
    memory = fields.Json(required=True, readonly=True)
    is_undone = fields.Boolean(readonly=True)

    @api.model
    def _look_at(self, watched):
        """Return what stands in records now, for ``_keep``.

        :param watched: ``[(records, names of stored fields)]``
        """
        # Superuser: the act itself may go beyond what its person reads.
        return [
            [records._name, list(names), _look(records.sudo(), names)]
            for records, names in watched
            if records
        ]

    @api.model
    def _keep(self, subject, before, made=(), left=(), **terms):
        """Remember an act that is over; return it, none where nothing was done.

        :param subject: the records that it was done on
        :param before: what ``_look_at`` returned before it
        :param made: ``[(records, names)]`` that it created
        :param left: ``[(records, names)]`` that must not change until it is undone
        :param terms: ``right``, the name of a method of the subject that returns those
            on which the caller may act (without one: those that he may write);
            ``then``, the name of a method of the subject for what follows from an undo
        """
        if not subject:
            return self.browse()
        memory = {
            **terms,
            "changed": [self._compare(*line) for line in before],
            "made": self._look_at(made),
            "left": self._look_at(left),
        }
        # Superuser: acts are written by nobody.
        return self.sudo().create(
            {
                "done_at": fields.Datetime.now(),
                "res_model": subject._name,
                "res_id": subject[:1].id,
                "res_ids": subject.ids,
                "memory": memory,
            }
        )

    @api.model
    def _compare(self, model, names, before):
        """Return what changed in these rows: model, before, after."""
        # Superuser: as in _look_at.
        records = self.env[model].sudo().browse(map(int, before))
        after = _look(records, names)
        old, new = {}, {}
        for number, values in after.items():
            changed = [name for name in names if values[name] != before[number][name]]
            if changed:
                old[number] = {name: before[number][name] for name in changed}
                new[number] = {name: values[name] for name in changed}
        return [model, old, new]

    def _tell(self, message):
        """Return the action that tells ``message`` and, where there is an act, offers
        to undo it."""
        return {
            "type": "ir.actions.client",
            "tag": "crm_relations_acted",
            "params": {
                "message": message,
                "act": self.id,
                "seconds": OFFERED_SECONDS,
            },
        }

    def undo(self):
        """Take this act back.

        :return: what is told to the user
        :raise AccessError: it is another one's act, or the right is gone meanwhile
        :raise UserError: too late, undone already, or something has changed since;
            nothing is undone then
        """
        self.ensure_one()
        # Superuser: nobody reads acts; whose it is is asked here.
        act = self.sudo().exists()
        late = self.env._("It is too late to undo this.")
        if not act:
            raise UserError(late)
        if act.create_uid != self.env.user:
            raise AccessError(self.env._("Only who has done this may undo it."))
        lock_or_refuse(act)
        if act.is_undone:
            raise UserError(self.env._("This has been undone already."))
        if fields.Datetime.now() - act.done_at > UNDO_TIME:
            raise UserError(late)
        subject = self.env[act.res_model].browse(act.res_ids)
        self._check_undo_right(subject, act.memory.get("right"))
        act._restore()
        act.is_undone = True
        if then := act.memory.get("then"):
            getattr(subject, then)()
        return self.env._("Undone.")

    @api.model
    def _check_undo_right(self, subject, right):
        known = subject.exists()
        allowed = getattr(known, right)() if right else known._filtered_access("write")
        if known - allowed:
            raise AccessError(
                self.env._("You have no right to this any more: it stays as it is.")
            )

    def _restore(self):
        """Put everything back, or raise."""
        changed, made = self.memory["changed"], self.memory["made"]
        left = self.memory.get("left", [])
        self._check_untouched(
            [[model, after] for model, _before, after in changed]
            + [[model, rows] for model, _names, rows in [*made, *left]]
        )
        try:
            with self.env.cr.savepoint():
                for model, _names, rows in made:
                    self.env[model].browse(map(int, rows)).exists().unlink()
                for model, before, _after in changed:
                    self._write_back(model, before)
        except (IntegrityError, ValidationError):
            self._refuse()

    @api.model
    def _write_back(self, model, rows):
        for number, values in rows.items():
            self.env[model].browse(int(number)).write(values)

    def _check_untouched(self, expected):
        """Refuse where anything is not as the act left it.

        :param expected: ``[[model, {id: {field: value}}]]``
        """
        self.env.flush_all()
        for model, rows in sorted(expected, key=lambda line: line[0]):
            records = self.env[model].browse(sorted(map(int, rows)))
            if len(records.exists()) < len(records):
                self._refuse()
            lock_or_refuse(records)
            names = {name for values in rows.values() for name in values}
            found = _look(records, sorted(names))
            for number, values in rows.items():
                if any(found[number][name] != values[name] for name in values):
                    self._refuse()

    def _refuse(self):
        raise UserError(
            self.env._("Something has changed here since: nothing has been undone.")
        )


def _look(records, names):
    """Return ``{id: {field: value}}`` of those that exist, as JSON keeps it."""
    rows = records.exists().read(names, load=None)
    return {str(row["id"]): {name: _write(row[name]) for name in names} for row in rows}


def _write(value):
    """Return a value as JSON keeps it, and as ``write`` takes it."""
    if isinstance(value, datetime):
        return fields.Datetime.to_string(value)
    if value is None:
        return False
    return value if isinstance(value, (bool, int, float, dict, list)) else str(value)


def lock_or_refuse(records):
    """Lock these records; say in words that somebody else has done so."""
    try:
        records.lock_for_update(allow_referencing=True)
    except LockError as error:
        raise UserError(
            records.env._("Somebody is changing it at this moment: try again.")
        ) from error
