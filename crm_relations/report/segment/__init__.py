from . import crm_relationship_report
