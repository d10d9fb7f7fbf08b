from . import crm_archive_upkeep_report
