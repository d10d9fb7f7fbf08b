from . import crm_event_invite_wizard
