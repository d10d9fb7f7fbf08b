from . import crm_complaint_report
from . import crm_complaint_report_cost
from . import crm_complaint_clock_report
from . import crm_complaint_board
from . import crm_complaint_board_pareto
from . import crm_complaint_board_people
from . import crm_workload_report
