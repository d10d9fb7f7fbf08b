from . import club_portal
