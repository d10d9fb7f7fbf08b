import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const INPUTS = {date: "date", datetime: "datetime-local"};
const NUMBERS = ["integer", "float", "monetary"];

/** What should stand in a field of the archive: chosen, or typed, as the field is. */
export class ArchiveValue extends Component {
    static template = "crm_relations.ArchiveValue";
    static props = {...standardFieldProps};

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get choices() {
        return this.props.record.data.choices || null;
    }

    get type() {
        const {kind} = this.props.record.data;
        return NUMBERS.includes(kind) ? "number" : INPUTS[kind] || "text";
    }

    get label() {
        const chosen = (this.choices || []).find(([key]) => key === this.value);
        return chosen ? chosen[1] : this.value;
    }

    onChange(event) {
        const value = event.target.value.trim() || false;
        this.props.record.update({[this.props.name]: value});
    }
}

registry.category("fields").add("archive_value", {
    component: ArchiveValue,
    supportedTypes: ["char"],
    fieldDependencies: [
        {name: "choices", type: "json", readonly: true},
        {name: "kind", type: "char", readonly: true},
    ],
});
