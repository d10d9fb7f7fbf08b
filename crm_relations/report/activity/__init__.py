from . import crm_event_report
