import {FormController} from "@web/views/form/form_controller";
import {FormRenderer} from "@web/views/form/form_renderer";
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

/** Whose archive one may not change is shown as it stands: what was typed would only be
 *  refused. The button "Propose a Change" is there instead. */
class CustomerFormController extends FormController {
    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRootLoaded = this.onRootLoaded.bind(this);
        return params;
    }

    onRootLoaded(root) {
        const closed = root.resId && root.data.may_change_archive === false;
        const mode = closed || this.props.readonly ? "readonly" : "edit";
        if (root.config.mode !== mode) {
            // Not awaited: the model that calls this is still loading.
            root.switchMode(mode);
        }
    }
}

registry.category("views").add("crm_customer_form", {
    ...formView,
    Controller: CustomerFormController,
    Renderer: CustomerFormRenderer,
});
