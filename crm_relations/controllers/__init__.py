from . import club_portal
from . import import_template
from . import club_invitation
from . import activity_page
