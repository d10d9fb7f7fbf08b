from . import closing
from . import figures
