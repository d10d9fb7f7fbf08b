from . import crm_club_member_report
from . import crm_club_point_report
