"""What somebody without an account types into a page, read field by field: unknown
fields are not looked at, those that are wrong are named, what is too long is not cut in
secret."""

from odoo.tools import email_normalize

TRAP = "fax_of_sender"  # no person sees it
LEAST_SECONDS = 3  # no person types faster
DIGITS_OF_A_NUMBER = 5


class PublicForm:
    """One submitted form; once read, ``values`` are good or ``errors`` say in words
    what is not, by field; ``form`` is the whole."""

    # How many characters each text may have.
    lengths = {}
    # Where a person is reached: one of the two is needed.
    phone_name = "phone"
    email_name = "email_from"

    def __init__(self, env, post):
        self.env = env
        self.post = post
        self.errors = {}
        self.values = {}
        self.stamp = None
        self.status = 422

    def get_typed(self):
        """Return what was typed, to be shown again."""
        return {name: self._get(name)[:most] for name, most in self.lengths.items()}

    def read_stamp(self, scope):
        """Return the stamp of a form of this scope that a person sent, else None."""
        stamp = self.env["crm.public.form"]._read(scope, self.post.get("stamp"))
        if stamp and not self.post.get(TRAP) and stamp["age"] >= LEAST_SECONDS:
            self.stamp = stamp
            return stamp
        self.errors["form"] = self.env._(
            "This was not sent yet. Please look through it and send it once more."
        )
        return None

    def refuse_crowd(self):
        """Say that so many send something that this one has to wait."""
        self.status = 429
        self.errors["form"] = self.env._(
            "Very many messages are coming in just now. Please try again in an hour, "
            "or call us."
        )

    def _get(self, name):
        value = self.post.get(name)
        if not isinstance(value, str):
            return ""
        kept = (c for c in value if c != "\0" and not "\ud800" <= c <= "\udfff")
        return "".join(kept).replace("\r\n", "\n").strip()

    def _read_text(self, name):
        text, most = self._get(name), self.lengths[name]
        if len(text) > most:
            self.errors[name] = self.env._(
                "This is too long: %(most)s characters at most.", most=most
            )
        return text

    def _check_reach(self):
        """Check number and address, of which one has to be there."""
        address, number = self.values[self.email_name], self.values[self.phone_name]
        if address and not email_normalize(address):
            self.errors[self.email_name] = self.env._("This is no e-mail address.")
        if number and sum(c.isdigit() for c in number) < DIGITS_OF_A_NUMBER:
            self.errors[self.phone_name] = self.env._("This is no telephone number.")
        if not address and not number:
            self.errors[self.phone_name] = self.env._(
                "How can we reach you? Give a number or an e-mail address."
            )
