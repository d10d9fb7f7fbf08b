from . import crm_club
