"""Before the addon is updated."""

from odoo.tools.sql import column_exists


def migrate(cr, version):
    _empty_changes_of_views(cr)
    _carry_care_over(cr)


def _empty_changes_of_views(cr):
    """Empty our own changes of views, all of which the update writes anew.

    A view is checked together with those that change it. Before the update has reached
    them all, some of them still look for what a rewritten view no longer has, and the
    update would stop.
    """
    cr.execute(
        """
        UPDATE ir_ui_view AS view
           SET arch_db = jsonb_build_object('en_US', '<data/>')
          FROM ir_model_data AS name
         WHERE name.model = 'ir.ui.view' AND name.res_id = view.id
           AND name.module = 'crm_relations' AND view.inherit_id IS NOT NULL
        """
    )


def _carry_care_over(cr):
    """Days ahead become an offset, the day of a task its minute; what has an activity
    already has been dispatched."""
    if not column_exists(cr, "crm_care_rule", "lead_days"):
        return
    cr.execute(
        """
        ALTER TABLE crm_care_rule ADD COLUMN IF NOT EXISTS offset_number integer;
        UPDATE crm_care_rule SET offset_number = lead_days;
        ALTER TABLE crm_care_task ADD COLUMN IF NOT EXISTS due_at timestamp;
        UPDATE crm_care_task
           SET due_at = due_date,
               state = CASE WHEN state = 'planned' AND activity_id IS NOT NULL
                       THEN 'open' ELSE state END;
        ALTER TABLE crm_care_task ALTER COLUMN due_date DROP NOT NULL
        """
    )
