from odoo import api, models
from odoo.exceptions import ValidationError

# The answers that are asked for on a customer whose ownership is regulated, in the
# order in which they are refused.
ASKED = ("owner", "place", "hidden", "decided", "archive", "app")
# What is asked for instead on a contact of the customer.
ON_CONTACT = {"owner": "move", "place": "move", "hidden": "archive"}
# Left to Odoo where people without a role of ours write it.
COMMON = frozenset(("archive", "app"))
# By these a contact comes to a customer.
ARRIVALS = ("parent_id", "commercial_partner_id")


class ResPartner(models.Model):
    """Who may write what on whose customer, in whatever way: form, list, import, API,
    commands of other models, merge.

    Each field has an answer (``_get_answers``), each caller rights on a customer
    (``_get_rights``); here they meet. Contacts belong to their customer, and moving one
    needs the right on both sides. Methods of ours work as superuser, and know the
    rules themselves.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if not self.env.su and self.env["res.company"]._get_ids_with_owned_customers():
            partners._check_may_have_created()
        return partners

    def _check_write(self, vals):
        result = super()._check_write(vals)
        if not self.env.su:
            self._check_may_write(vals)
        return result

    def _give_up_own(self):
        """Whoever empties the salesperson of an own customer gives it up: else its
        clock would start anew for whoever takes it next."""
        # Superuser: whose customer it is decides.
        guarded = self.sudo().commercial_partner_id._filter_guarded() & self.sudo()
        own = guarded.filtered(
            lambda customer: (
                customer.user_id == self.env.user
                and "place" not in customer._get_rights()
            )
        )
        own.sudo(False)._give_up()

    def _give_up(self):
        """Hook: the salesperson of these customers empties that field."""

    @api.ondelete(at_uninstall=False)
    def _unlink_if_may_leave(self):
        """Nobody deletes a customer to enter it again as one of his own."""
        if not self.env.su:
            self._check_may_leave()

    def _check_may_leave(self):
        """Refuse if one of these may not go, deleted or merged into another.

        :raise ValidationError: names the customer, and whose it is
        :raise AccessError: the caller has no role at all
        """
        # Superuser: whose customer it is, and in which pool, decides.
        guarded = self.sudo().commercial_partner_id._filter_guarded()
        for partner in self.sudo().filtered(
            lambda partner: partner.commercial_partner_id in guarded
        ):
            customer = partner.commercial_partner_id
            answer = "hidden" if partner == customer else "move"
            if answer not in customer._get_rights():
                raise customer._make_refusal(self, answer, "unlink")

    def _check_may_have_created(self):
        """Refuse what has just been created below a customer that the caller may not
        change, or for a salesperson who cannot have it."""
        # Superuser: whose customer it is decides.
        partners = self.sudo()
        guarded = partners.commercial_partner_id._filter_guarded()
        for partner in partners:
            customer = partner.commercial_partner_id
            if customer not in guarded:
                continue
            if partner == customer:
                heir = customer.user_id
                message = heir and customer._get_heir_refusal(heir)
                if message:
                    raise ValidationError(message)
            elif not customer._is_new_of_caller():
                customer._check_archive(self)

    def _is_new_of_caller(self):
        """Return whether the caller has created it in this transaction: its contacts
        come with it."""
        # Odoo's clock: it has written the date of creation by it.
        is_new = self.create_date == self.env.cr.now()
        return is_new and self.create_uid == self.env.user

    def _check_archive(self, partners, operation="write"):
        """Refuse if the caller may not change the archive of this customer.

        :param partners: those in question, with the rights of the caller
        """
        if "archive" not in self._get_rights():
            raise self._make_refusal(partners, "archive", operation)

    def _check_may_write(self, vals):
        """Refuse before anything is written.

        :raise ValidationError: names the customer, and the way to go instead
        :raise AccessError: the caller has no role at all
        """
        asked = self._get_asked(vals)
        regulated = self.env["res.company"]._get_ids_with_owned_customers()
        if not asked or not regulated:
            return
        is_common = COMMON.issuperset(asked.values())
        if is_common and (self._is_outsider() or self._decides_for_all()):
            return
        for partner in self._filter_of_guarded(is_common):
            partner._check_fields(self, asked, vals)
        self._check_arrivals(vals)

    def _filter_of_guarded(self, is_common):
        """Return those, with all rights, whose customer not everybody may write.

        :param is_common: nothing is written that tells of persons
        """
        # Superuser: whose customer it is, and in which pool, decides.
        partners = self.sudo()
        customers = partners.commercial_partner_id
        guarded = customers._filter_guarded()
        if not is_common:
            guarded |= customers._filter_confidential(guarded)
        return partners.filtered(lambda one: one.commercial_partner_id in guarded)

    @api.model
    def _get_asked(self, vals):
        """Return ``{field name: answer}`` of what is written, the gravest first."""
        answers = self._get_answers()
        asked = [(name, answers.get(name)) for name in vals]
        asked = [(name, answer) for name, answer in asked if answer in ASKED]
        if len(asked) > 1:
            asked.sort(key=lambda item: ASKED.index(item[1]))
        return dict(asked)

    def _filter_confidential(self, guarded):
        """Return those that are no managed customers, but somebody's, and whose persons
        have a profile: who takes them reads it."""
        regulated = self.env["res.company"]._get_ids_with_owned_customers()
        default = self.env["res.company"]._get_relations_default_id()
        owned = (self - guarded).filtered(
            lambda partner: (
                partner.user_id
                and not partner.is_managed_customer
                and partner._get_judging_company_id(default) in regulated
            )
        )
        if not owned:
            return owned
        # Superuser: that there are profiles, not what they say.
        profiles = self.env["crm.person.profile"].sudo()
        profiles = profiles._read_group(
            [("customer_id", "in", owned.ids)], ["customer_id"]
        )
        return owned.browse(customer.id for (customer,) in profiles)

    def _check_fields(self, callers, asked, vals):
        """Refuse what the caller may not write on this partner.

        :param callers: the partners as the caller writes them
        :param asked: ``{field name: answer}``
        """
        customer = self.commercial_partner_id
        rights = customer._get_rights()
        for name, answer in asked.items():
            needed = answer if self == customer else ON_CONTACT.get(answer, answer)
            # Who may give it away is asked to whom all the same.
            if needed in rights - {"owner"}:
                continue
            if not self._would_change(name, vals[name]):
                continue
            if needed == "owner":
                heir = self.env["res.users"].sudo().browse(vals[name] or [])
                customer._check_may_give(callers, heir, rights)
                continue
            if needed == "decided":
                callers._check_field_access(self._fields[name], "write")
            raise customer._make_refusal(callers, needed, "write")

    def _would_change(self, name, value):
        field = self._fields[name]
        try:
            cached = field.convert_to_cache(value, self, validate=False)
            return field.convert_to_record(cached, self) != self[name]
        except (TypeError, ValueError):
            return True  # Odoo says what is wrong with it.

    def _check_may_give(self, callers, heir, rights):
        """Refuse if the caller may not make ``heir`` the owner of this customer."""
        user = self.env.user
        leads_heir = self.pool_id and heir != user and heir._get_leader() == user
        if "owner" not in rights and not (heir and leads_heir):
            raise self._make_refusal(callers, "owner", "write")
        message = heir and self._get_heir_refusal(heir)
        if message:
            callers.check_access("write")
            raise ValidationError(message)

    def _get_heir_refusal(self, heir):
        """Return why ``heir`` cannot be the salesperson, or None."""
        if not self._decides_for_all() and self.user_id != heir:
            return self._get_receiver_refusal(heir)
        if not heir.active:
            return self.env._("%(user)s is archived.", user=heir.name)
        if not self.company_id <= heir._get_open_companies():
            # Superuser: the name of a company that the caller may not enter either.
            return self.env._(
                "%(user)s may not enter the company %(company)s.",
                user=heir.name,
                company=self.company_id.sudo().name,
            )
        return None

    def _check_arrivals(self, vals):
        """Refuse if contacts come to a customer that the caller may not change."""
        ids = [vals[name] for name in ARRIVALS if vals.get(name)]
        # Superuser: whose customer it is decides. Whatever a client has sent.
        targets = (
            self.sudo()
            .browse(number for number in ids if isinstance(number, int))
            .exists()
        )
        guarded = targets.commercial_partner_id._filter_guarded()
        coming = self.sudo().filtered(
            lambda partner: partner.commercial_partner_id not in guarded
        )
        for customer in guarded if coming else ():
            customer._check_archive(self)
