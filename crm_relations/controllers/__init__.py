from . import club_portal
from . import club_invitation
from . import activity_page
