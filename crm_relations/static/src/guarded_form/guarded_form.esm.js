import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

/** What one may not change is shown as it stands: what was typed would only be refused.
 *  A field of the record says so, which the view has to name. */
export class GuardedFormController extends FormController {
    static guard = "may_change";

    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRootLoaded = this.onRootLoaded.bind(this);
        return params;
    }

    onRootLoaded(root) {
        const closed = root.resId && root.data[this.constructor.guard] === false;
        const mode = closed || this.props.readonly ? "readonly" : "edit";
        if (root.config.mode !== mode) {
            // Not awaited: the model that calls this is still loading.
            root.switchMode(mode);
        }
    }
}

registry.category("views").add("crm_guarded_form", {
    ...formView,
    Controller: GuardedFormController,
});
