import {Component, useRef, useState} from "@odoo/owl";
import {getDataURLFromFile} from "@web/core/utils/urls";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** Takes a picture of a business card, or a file, and has it read at once. */
class CardCamera extends Component {
    static template = "crm_relations.CardCamera";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({busy: false});
        this.camera = useRef("camera");
        this.file = useRef("file");
    }

    get isAgain() {
        return Boolean(this.props.record.data.picture);
    }

    async onPick(event) {
        const [file] = event.target.files;
        if (!file) {
            return;
        }
        const {record} = this.props;
        this.state.busy = true;
        try {
            const url = await getDataURLFromFile(file);
            await record.update({
                picture: url.split(",")[1],
                picture_name: file.name,
            });
            // What cannot be saved is marked by the form.
            if (!(await record.save())) {
                return;
            }
            await this.orm.call(record.resModel, "action_read", [[record.resId]]);
            await record.load();
        } finally {
            this.state.busy = false;
            // The same file may be chosen once more.
            event.target.value = "";
        }
    }
}

registry.category("view_widgets").add("crm_card_camera", {
    component: CardCamera,
    fieldDependencies: [
        {name: "picture", type: "binary"},
        {name: "picture_name", type: "char"},
    ],
});
