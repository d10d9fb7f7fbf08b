import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const PAGE = 20;

/** One timeline of all ledgers of a customer. It is read when its page is opened, so
 *  that opening the customer costs nothing. */
class CustomerHistory extends Component {
    static template = "crm_relations.CustomerHistory";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({ledgers: [], lines: [], kind: false, more: false});
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((props) => this.load(props.record.resId));
    }

    async load(id, offset = 0) {
        const page = id
            ? await this.orm.call("res.partner", "get_history", [[id]], {
                  kinds: this.state.kind ? [this.state.kind] : [],
                  offset,
                  limit: PAGE,
              })
            : {kinds: [], lines: [], more: false};
        const before = offset ? this.state.lines : [];
        this.state.ledgers = page.kinds;
        this.state.lines = [...before, ...page.lines];
        this.state.more = page.more;
    }

    onKind(kind) {
        this.state.kind = kind;
        return this.load(this.props.record.resId);
    }

    onMore() {
        return this.load(this.props.record.resId, this.state.lines.length);
    }
}

registry.category("view_widgets").add("customer_history", {
    component: CustomerHistory,
});
