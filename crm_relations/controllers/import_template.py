from werkzeug.exceptions import NotFound

from odoo.http import Controller, content_disposition, request, route


class ImportTemplate(Controller):
    """Tables to begin an import with, in the language of who asks."""

    @route(
        "/crm_relations/import_template/<string:model>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, model, **_kwargs):
        template = request.env["crm.import.template.mixin"]._find(model)
        if template is None:
            raise NotFound
        name = f"{template._get_template_name()}.csv"
        return request.make_response(
            template._write_import_template(),
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
