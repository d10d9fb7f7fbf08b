import {CharField, charField} from "@web/views/fields/char/char_field";
import {registry} from "@web/core/registry";

/** What was read from a business card, with the line from which it was read below. */
class CardTextField extends CharField {
    static template = "crm_relations.CardTextField";

    get source() {
        const sources = this.props.record.data.sources || {};
        const [line, isWell] = sources[this.props.name] || [];
        return line && {line, isWell};
    }
}

registry.category("fields").add("crm_card_text", {
    ...charField,
    component: CardTextField,
    fieldDependencies: [{name: "sources", type: "json"}],
});
