from . import club_portal
from . import import_template
