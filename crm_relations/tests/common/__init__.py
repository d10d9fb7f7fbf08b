from .relations import RelationsCommon
