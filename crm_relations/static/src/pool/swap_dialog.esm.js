import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";

/** At the cap: which of one's customers to give for the wanted one. */
export class SwapDialog extends Component {
    static template = "crm_relations.SwapDialog";
    static components = {Dialog};
    static props = {
        close: Function,
        message: String,
        suggestions: Array,
        swap: Function,
    };

    get title() {
        return _t("Give One Up for It");
    }

    async onChoose(suggestion) {
        this.props.close();
        await this.props.swap(suggestion.id);
    }
}
