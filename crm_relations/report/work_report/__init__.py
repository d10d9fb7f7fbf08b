from . import crm_work_report_result
