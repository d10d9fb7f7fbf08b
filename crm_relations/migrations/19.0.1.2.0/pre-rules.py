def migrate(cr, version):
    """Let the update bring record rules again: what they promise is ours to keep, and
    a database of an older version would go on with its old ones."""
    cr.execute(
        """
        UPDATE ir_model_data SET noupdate = FALSE
         WHERE module = 'crm_relations' AND model = 'ir.rule' AND noupdate
        """
    )
