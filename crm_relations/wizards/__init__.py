from . import segment
from . import pool
