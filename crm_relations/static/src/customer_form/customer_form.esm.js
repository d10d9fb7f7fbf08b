import {FormRenderer} from "@web/views/form/form_renderer";
import {GuardedFormController} from "../guarded_form/guarded_form.esm";
import {StatusBarButtons} from "@web/views/form/status_bar_buttons/status_bar_buttons";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

const SHOWN = 4;

/** The buttons of a customer: the first ones stand side by side, the rare ones behind
 *  them in a menu; on a phone all but the first, as in Odoo. */
class CustomerButtons extends StatusBarButtons {
    static template = "crm_relations.CustomerButtons";

    get shownSlotNames() {
        const names = this.visibleSlotNames;
        const most = this.env.isSmall ? 1 : SHOWN;
        // A menu of a single button would only hide it.
        return names.length === most + 1 ? names : names.slice(0, most);
    }

    get otherSlotNames() {
        return this.visibleSlotNames.slice(this.shownSlotNames.length);
    }
}

class CustomerFormRenderer extends FormRenderer {
    static components = {
        ...FormRenderer.components,
        StatusBarButtons: CustomerButtons,
    };
}

/** Whose archive one may not change: the button "Propose a Change" is there instead. */
class CustomerFormController extends GuardedFormController {
    static guard = "may_change_archive";
}

registry.category("views").add("crm_customer_form", {
    ...formView,
    Controller: CustomerFormController,
    Renderer: CustomerFormRenderer,
});
