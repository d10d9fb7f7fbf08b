import {Component} from "@odoo/owl";
import {DocumentInput} from "./document_input.esm";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** One step from a missing document to a kept one: choose files, or take a picture. */
export class DocumentUpload extends Component {
    static template = "crm_relations.DocumentUpload";
    static components = {DocumentInput};
    static props = {
        // What the document is: the parameters of ``add_files``.
        document: Object,
        name: String,
        isRenewal: {type: Boolean, optional: true},
        onAdded: Function,
    };

    setup() {
        this.notification = useService("notification");
        this.orm = useService("orm");
    }

    get label() {
        return this.props.isRenewal ? _t("Renew") : _t("Add");
    }

    async onUpload(files) {
        const problem = files.find((file) => file.error);
        if (problem) {
            const title = _t("Not uploaded");
            return this.notification.add(problem.error, {title, type: "danger"});
        }
        const file_ids = files.map((file) => file.id);
        const model = "crm.customer.document";
        await this.orm.call(model, "add_files", [], {
            ...this.props.document,
            file_ids,
        });
        const words = _t("Kept: %s", this.props.name);
        this.notification.add(words, {type: "success"});
        return this.props.onAdded();
    }
}

/** The same on a line of what is to be got. */
class DocumentUploadOfLine extends Component {
    static template = "crm_relations.DocumentUploadOfLine";
    static components = {DocumentUpload};
    static props = {...standardWidgetProps};

    get data() {
        return this.props.record.data;
    }

    get document() {
        const {customer_id, document_id, kind_id, order_id, partner_id} = this.data;
        return {
            partner_id: (partner_id || customer_id).id,
            kind_id: kind_id.id,
            order_id: order_id && order_id.id,
            replaces_id: document_id && document_id.id,
        };
    }

    onAdded() {
        return this.props.record.model.load();
    }
}

registry.category("view_widgets").add("document_upload", {
    component: DocumentUploadOfLine,
    fieldDependencies: [
        {name: "customer_id", type: "many2one"},
        {name: "partner_id", type: "many2one"},
        {name: "document_id", type: "many2one"},
        {name: "kind_id", type: "many2one"},
        {name: "order_id", type: "many2one"},
    ],
});
