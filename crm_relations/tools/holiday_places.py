"""Which part of a country has the holidays of a place, where Odoo's list of places is
finer than the parts that ``holidays`` knows: counties of the United Kingdom, provinces
of Spain, Swiss cantons in another language.
"""

GREAT_BRITAIN, SPAIN = "GB", "ES"
# By Odoo's codes of counties; what is no other nation's is England.
NATIONS = {
    "SCT": (
        "A1 A5 A7 B1 B3 B7 C1 C9 F9 G1 G5 H1 I5 I7 I9 J1 J3 J5 J7 J9 K1 K3 K5 K7 K9 L2 "
        "L5 L7 M1 M3 M5 M7 M9 N1 N3 N5 N7 O7 O9 P1 P3 Q7 R1 R3 S9 T1 T5 T7 T9 U3 V7 W3 "
        "X1 X9"
    ),
    "WLS": "D3 G3 H7 H9 Q5 T3 U9 W9",
    "NIR": "D5 D7 D9 E3 E5 E7",
    # Isle of Man and Channel Islands are no part of it.
    None: "L9 C6",
}
COMMUNITIES = {
    "AN": "AL CA CO GR H J MA SE",
    "AR": "HU TE Z",
    "AS": "O",
    "CB": "S",
    "CE": "CE",
    "CL": "AV BU LE P SA SG SO VA ZA",
    "CM": "AB CR CU GU TO",
    "CN": "GC TF",
    "CT": "B GI L T",
    "EX": "BA CC",
    "GA": "C LU OR PO",
    "IB": "PM",
    "MC": "MU",
    "MD": "M",
    "ML": "ME",
    "NC": "NA",
    "PV": "BI SS VI",
    "RI": "LO",
    "VC": "A CS V",
}


def find_part(country, code):
    """Return the part of a country that a place lies in, None if it is not known.

    >>> find_part("GB", "Q1"), find_part("GB", "P3"), find_part("GB", "L9")
    ('ENG', 'SCT', None)
    >>> find_part("ES", "B"), find_part("CH", "ZH-FR"), find_part("DE", "BY")
    ('CT', 'ZH', 'BY')
    """
    if country == GREAT_BRITAIN:
        return _find(NATIONS, code, "ENG")
    if country == SPAIN:
        return _find(COMMUNITIES, code, None)
    return code.partition("-")[0]


def _find(parts, code, other):
    return next((part for part, codes in parts.items() if code in codes.split()), other)
