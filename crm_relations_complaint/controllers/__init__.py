from . import complaint_rating
from . import complaint_form
from . import complaint_page
from . import complaint_portal
from . import complaint_entrance
