import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

/** A visitor is registered by who says so: Odoo would save what has been typed when the
 *  page is reloaded, or another tab is looked at, and somebody would wait who never
 *  came. */
export class ReceptionFormController extends FormController {
    get isBegun() {
        return this.model.root.isNew;
    }

    beforeVisibilityChange() {
        return this.isBegun ? undefined : super.beforeVisibilityChange();
    }

    beforeUnload(event) {
        if (!this.isBegun) {
            return super.beforeUnload(event);
        }
        if (this.model.root.dirty) {
            event.preventDefault();
            event.returnValue = "Unsaved changes";
        }
    }

    beforeLeave(options) {
        // Whom one goes to look at is here already.
        if (this.isBegun && this.model.root.data.present_id) {
            return this.model.root.discard();
        }
        return super.beforeLeave(options);
    }
}

/** At the front desk only the two buttons register: who turns away has registered
 *  nobody. */
export class ReceptionDeskController extends ReceptionFormController {
    beforeLeave(options) {
        if (this.isBegun) {
            return this.model.root.discard();
        }
        return super.beforeLeave(options);
    }
}

registry.category("views").add("crm_reception_form", {
    ...formView,
    Controller: ReceptionFormController,
});
registry.category("views").add("crm_reception_desk", {
    ...formView,
    Controller: ReceptionDeskController,
});
