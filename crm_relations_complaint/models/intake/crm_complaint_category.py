import re

from odoo import api, fields, models

SEPARATOR = re.compile(r"\s*[:：>]\s*|\s+/\s+")

VEHICLE = "crm_relations_complaint.crm_complaint_category_dealer_vehicle"
NAMES_OF_REGISTER = {
    "brakes": (
        *("SERVICE BRAKES", "SERVICE BRAKES, HYDRAULIC", "SERVICE BRAKES, AIR"),
        *("SERVICE BRAKES, ELECTRIC", "PARKING BRAKE"),
    ),
    "fuel_system": ("FUEL SYSTEM, GASOLINE", "FUEL SYSTEM, DIESEL"),
    "engine": ("ENGINE AND ENGINE COOLING", "ENGINE"),
    "lighting": ("EXTERIOR LIGHTING", "INTERIOR LIGHTING"),
    "structure": ("STRUCTURE", "LATCHES/LOCKS/LINKAGES"),
    "equipment": ("EQUIPMENT", "COMMUNICATIONS", "OTHER", "UNKNOWN OR OTHER"),
}


class CrmComplaintCategory(models.Model):
    """How categories are called elsewhere, and which of them customers choose from."""

    _inherit = "crm.complaint.category"

    other_names = fields.Text(
        help="What other lists call it, a name a line: an import finds the category by "
        "them. Of “Brakes:Front” first the whole is looked up, then “Brakes”.",
    )
    is_offered = fields.Boolean(
        string="Offered to Customers",
        default=True,
        help="Customers may choose it on the page and in the portal.",
    )

    @api.model
    def _get_by_names(self):
        """Return ``{name: id}`` of the active categories, in the language of the user,
        in English, and as others call them; see ``_clean_name``. Whose own name it is
        comes first."""
        own, others = {}, {}
        categories = self.search([("active", "=", True)])
        for lang in ("en_US", self.env.lang or "en_US"):
            for category in categories.with_context(lang=lang):
                own.setdefault(self._clean_name(category.name), category.id)
        for category in categories:
            for name in (category.other_names or "").splitlines():
                others.setdefault(self._clean_name(name), category.id)
        found = others | own
        found.pop("", None)
        return found

    @api.model
    def _clean_name(self, name):
        return " ".join(re.sub(r"[\W_]+", " ", (name or "").lower()).split())

    @api.model
    def _find_by_path(self, path, by_names):
        """Return the id of the narrowest term of “A:B:C” that there is, None if none
        is: the whole, C or what it is part of."""
        parts = [part for part in SEPARATOR.split(path.strip()) if part]
        for count in range(len(parts), 0, -1):
            wide = self._clean_name(" ".join(parts[:count]))
            narrow = self._clean_name(parts[count - 1])
            if found := by_names.get(wide) or by_names.get(narrow):
                return found
        return None

    @api.model
    def _get_offered(self, preset):
        """Return what a customer chooses from: the parts of the entrance's category,
        else the widest terms."""
        domain = [("is_offered", "=", True), ("parent_id", "=", preset.id)]
        return self.search(domain)

    @api.model
    def _add_other_names(self):
        """Give the parts of a vehicle the names that the public register of vehicle
        complaints of the United States uses, where none were given."""
        for term, names in NAMES_OF_REGISTER.items():
            category = self.env.ref(f"{VEHICLE}_{term}", raise_if_not_found=False)
            if category and not category.other_names:
                category.other_names = "\n".join(names)
