import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {ListRenderer} from "@web/views/list/list_renderer";
import {PoolBanner} from "./pool_banner.esm";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";

class PoolListRenderer extends ListRenderer {
    static template = "crm_relations.PoolListRenderer";
    static components = {...ListRenderer.components, PoolBanner};
}

class PoolKanbanRenderer extends KanbanRenderer {
    static template = "crm_relations.PoolKanbanRenderer";
    static components = {...KanbanRenderer.components, PoolBanner};
}

registry.category("views").add("crm_pool_list", {
    ...listView,
    Renderer: PoolListRenderer,
});
registry.category("views").add("crm_pool_kanban", {
    ...kanbanView,
    Renderer: PoolKanbanRenderer,
});
