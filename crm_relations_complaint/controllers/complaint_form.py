"""What somebody from outside sends, read field by field: unknown fields are not looked
at, those that are wrong are named, what is too long is not cut in secret."""

from datetime import date

from odoo import fields
from odoo.tools import email_normalize

from ..tools.uploads import MEGABYTE, clean_name, get_kind

LENGTHS = {
    "facts": 10_000,
    "demand": 5_000,
    "caller_name": 100,
    "caller_phone": 40,
    "caller_email": 254,
    "lot": 100,
    "text": 10_000,
}
DIGITS_OF_A_NUMBER = 5


class ComplaintForm:
    """One submitted form; after ``read``, ``values`` are good or ``errors`` say in
    words what is not."""

    def __init__(self, env, company, post, files):
        self.env = env
        self.company = company
        self.post = post
        self.uploads = files
        self.errors = {}
        self.values = {}
        self.files = []
        self.key = None
        self.status = 422

    def read_report(self, categories, has_customer=False):
        """Read a complaint.

        :param categories: those that were offered
        """
        names = ("facts", "demand", "lot")
        if not has_customer:
            names += ("caller_name", "caller_phone", "caller_email")
        self.values = {name: self._read_text(name) for name in names}
        if not self.values["facts"]:
            self.errors.setdefault("facts", self.env._("Please tell what happened."))
        if not has_customer:
            self._check_caller()
        self.values["category_id"] = self._read_category(categories)
        self.values["occurred_on"] = self._read_day()
        self._read_files()
        return not self.errors

    def read_answer(self, needs_text=True):
        """Read an answer: a text, files, or both."""
        self.values = {"text": self._read_text("text")}
        self._read_files()
        if needs_text and not self.values["text"] and not self.files:
            self.errors.setdefault("text", self.env._("Please write something."))
        return not self.errors

    def get_typed(self):
        """Return what was typed, to be shown again."""
        names = (*LENGTHS, "category_id", "occurred_on")
        return {name: self._get(name)[: LENGTHS.get(name, 20)] for name in names}

    def _get(self, name):
        value = self.post.get(name)
        if not isinstance(value, str):
            return ""
        kept = (c for c in value if c != "\0" and not "\ud800" <= c <= "\udfff")
        return "".join(kept).replace("\r\n", "\n").strip()

    def _read_text(self, name):
        text = self._get(name)
        if len(text) > LENGTHS[name]:
            self.errors[name] = self.env._(
                "This is too long: %(most)s characters at most.", most=LENGTHS[name]
            )
        return text

    def _check_caller(self):
        address = self.values["caller_email"]
        if address and not email_normalize(address):
            self.errors["caller_email"] = self.env._("This is no e-mail address.")
        number = self.values["caller_phone"]
        if number and sum(c.isdigit() for c in number) < DIGITS_OF_A_NUMBER:
            self.errors["caller_phone"] = self.env._("This is no telephone number.")
        if not any(self.values[name] for name in ("caller_phone", "caller_email")):
            self.errors.setdefault(
                "caller_phone",
                self.env._("How can we reach you? Give a number or an e-mail address."),
            )

    def _read_category(self, categories):
        chosen = self._get("category_id")
        if not chosen:
            return False
        for category in categories:
            if str(category.id) == chosen:
                return category.id
        self.errors["category_id"] = self.env._("Please choose from the list.")
        return False

    def _read_day(self):
        typed = self._get("occurred_on")
        if not typed:
            return False
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            self.errors["occurred_on"] = self.env._("This is no date.")
            return False
        if day > fields.Date.context_today(self.env["crm.complaint"]):
            self.errors["occurred_on"] = self.env._("This day is still to come.")
        return day

    def _read_files(self):
        uploads = [upload for upload in self.uploads if upload.filename]
        if len(uploads) > self.company.complaint_files:
            self.errors["files"] = self.env._(
                "At most %(most)s files can be sent at once.",
                most=self.company.complaint_files,
            )
            return
        for upload in uploads:
            self._read_file(upload)

    def _read_file(self, upload):
        most = self.company.complaint_file_mb
        content = upload.read(most * MEGABYTE + 1)
        kind = get_kind(content)
        if len(content) > most * MEGABYTE:
            self.errors["files"] = self.env._(
                "A file may have %(most)s MB at most.", most=most
            )
        elif not kind:
            self.errors["files"] = self.env._(
                "Only pictures, films and PDF files can be sent."
            )
        else:
            self.files.append((clean_name(upload.filename, kind), content))
