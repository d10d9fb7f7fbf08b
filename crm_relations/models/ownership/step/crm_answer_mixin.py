from odoo import models


class CrmAnswerMixin(models.AbstractModel):
    """A record whose methods answer record by record, in the order given:
    ``[{"id", "ok", "code", "message"}]``."""

    _name = "crm.answer.mixin"
    _description = "What answers record by record"

    def _act_on_each(self, get_refusal, act, done):
        """Call ``act`` with each of these against which nothing stands; return the
        answers. What the caller does not read is missing.

        :param get_refusal: called with one that is read, when those before it are done;
            returns ``(code, message)``, or None where nothing stands against it
        :param done: what is said of those done
        """
        readable = self.exists()._filtered_access("read")
        missing = ("missing", self.env._("It does not exist any more."))
        refusals = {}
        for record in self:
            refusal = get_refusal(record) if record in readable else missing
            if refusal:
                refusals[record.id] = refusal
            else:
                act(record)
        return self._answer_each(refusals, done)

    def _answer_each(self, refusals, done):
        """Return the answers to the caller, in the order of the records.

        :param done: what is said of the others: a word, or ``{id: word}``
        """
        answers = []
        for number in self.ids:
            word = done.get(number, "") if isinstance(done, dict) else done
            code, message = refusals.get(number, ("ok", word))
            answers.append(
                {"id": number, "ok": code == "ok", "code": code, "message": message}
            )
        return answers

    def _refuse_all(self, message):
        """Return the answers where the same stands against all of them."""
        return self._answer_each(dict.fromkeys(self.ids, ("blocked", message)), "")

    def _show_problems(self, answers, title):
        """Return what a button shows: nothing where it went well, else what did not."""
        if len(answers) == 1 and answers[0]["ok"]:
            return None
        return self.env["crm.answer.summary"]._open_or_refuse(answers, title)
