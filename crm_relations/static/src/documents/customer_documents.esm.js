import {Component, useState} from "@odoo/owl";
import {DocumentUpload} from "./document_upload.esm";
import {registry} from "@web/core/registry";
import {showLatest} from "../latest/latest.esm";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

const BADGES = {
    there: "text-bg-success",
    expiring: "text-bg-warning",
    optional: "text-bg-light border",
};

/** The documents of a customer: what is asked for, what is there. It is read when its
 *  page is opened, so that opening the customer costs nothing. */
class CustomerDocuments extends Component {
    static template = "crm_relations.CustomerDocuments";
    static components = {DocumentUpload};
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({page: null});
        this.show = showLatest((page) => Object.assign(this.state, {page}));
        // Its data are another object whenever the record has been read again.
        useRecordObserver(({data, resId}) => this.load(data ? resId : false));
    }

    load(id) {
        return this.show(
            id ? this.orm.call("res.partner", "get_documents", [[id]]) : null
        );
    }

    badge(line) {
        return BADGES[line.code] || "text-bg-danger";
    }

    isRenewal(line) {
        return ["expired", "expiring"].includes(line.code);
    }

    toAdd(line) {
        const {kind_id, order_id, partner_id} = line;
        const replaces_id = this.isRenewal(line) && line.document_id;
        return {kind_id, order_id, partner_id, replaces_id};
    }

    onAdded() {
        return this.props.record.load();
    }

    onLine(line) {
        return this.open(line.document_id, {});
    }

    onNew() {
        return this.open(false, {default_partner_id: this.props.record.resId});
    }

    open(id, context) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: "crm.customer.document",
                res_id: id,
                views: [[false, "form"]],
                target: "new",
                context,
            },
            {onClose: () => this.onAdded()}
        );
    }
}

registry.category("view_widgets").add("customer_documents", {
    component: CustomerDocuments,
});
