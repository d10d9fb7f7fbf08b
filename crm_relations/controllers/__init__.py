from . import club_portal
from . import referral_entrance
from . import import_template
from . import club_invitation
from . import activity_page
from . import table_export
