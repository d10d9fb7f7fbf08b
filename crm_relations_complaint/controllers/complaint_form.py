from datetime import date

from odoo.addons.crm_relations.controllers.public_form import PublicForm

from ..tools.uploads import MEGABYTE, clean_name, get_kind


class ComplaintForm(PublicForm):
    """A complaint or an answer from outside, with its files."""

    lengths = {
        "facts": 10_000,
        "demand": 5_000,
        "caller_name": 100,
        "caller_phone": 40,
        "caller_email": 254,
        "lot": 100,
        "text": 10_000,
        "category_id": 20,
        "occurred_on": 20,
    }
    phone_name = "caller_phone"
    email_name = "caller_email"

    def __init__(self, env, company, post, files):
        super().__init__(env, post)
        self.company = company
        self.uploads = files
        self.files = []
        self.key = None

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
            self._check_reach()
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
        if day > self.env["crm.complaint"]._get_latest_day(self.company):
            self.errors["occurred_on"] = self.env._("This day is still to come.")
        return day

    def _read_files(self):
        uploads = [upload for upload in self.uploads if upload.filename]
        if len(uploads) > self.company.complaint_files:
            self.errors["files"] = self.env._(
                "Files that can be sent at once: at most %(most)s.",
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
