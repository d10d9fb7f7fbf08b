import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

/** A dialog whose record is made before it opens asks for what is still empty: red it
 *  becomes when it is sent without, as in any new record, not as it opens. */
export class AskingFormController extends FormController {
    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRootLoaded = this.onRootLoaded.bind(this);
        return params;
    }

    onRootLoaded(root) {
        root._invalidFields.clear();
    }
}

registry.category("views").add("crm_asking_form", {
    ...formView,
    Controller: AskingFormController,
});
