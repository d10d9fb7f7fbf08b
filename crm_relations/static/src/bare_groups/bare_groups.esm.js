import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {patch} from "@web/core/utils/patch";

/** Cards in groups of a link, and no group at all: Odoo leaves the room to the column
 *  that adds one. Where none can be added, as on a phone in a list that begins grouped,
 *  the screen would be blank: the help of the action stands there. */
patch(KanbanRenderer.prototype, {
    get showNoContentHelper() {
        if (super.showNoContentHelper) {
            return true;
        }
        const {groups, isGrouped, resModel} = this.props.list;
        const isBare = isGrouped && !groups.length && !this.canCreateGroup();
        return isBare && resModel.startsWith("crm.");
    },
});
