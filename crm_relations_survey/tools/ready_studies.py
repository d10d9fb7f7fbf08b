"""Studies that are ready to be used: what is asked and what it weighs.

The factors are those that studies of car dealers publish; the weights are ours, and
meant to be changed.
"""

from collections import namedtuple

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# Parts are (name, weight); standards are questions of yes or no.
Ready = namedtuple("Ready", ["name", "kind", "title", "factors", "standards", "low"])

SALES = Ready(
    name=_lt("New-Car Sales"),
    kind="sales",
    title=_lt("How was buying your car?"),
    factors=[
        (
            _lt("Reception"),
            14,
            [
                (_lt("Waiting until somebody greeted you"), 40),
                (_lt("Friendliness of the reception"), 30),
                (_lt("Comfort of the showroom"), 30),
            ],
        ),
        (
            _lt("Cars on Show"),
            12,
            [
                (_lt("Cleanliness of the cars"), 50),
                (_lt("Choice of models and colours"), 50),
            ],
        ),
        (
            _lt("The Salesperson"),
            20,
            [
                (_lt("Explanation of the car"), 50),
                (_lt("Understanding of what you need"), 50),
            ],
        ),
        (
            _lt("Test Drive"),
            10,
            [
                (_lt("Car and time offered for the test drive"), 50),
                (_lt("Route and explanation on the way"), 50),
            ],
        ),
        (
            _lt("Deal"),
            18,
            [
                (_lt("Openness about the price"), 50),
                (_lt("Pleasantness of the negotiation"), 50),
            ],
        ),
        (
            _lt("Paperwork"),
            10,
            [
                (_lt("Speed of the paperwork"), 50),
                (_lt("Clarity of contract and charges"), 50),
            ],
        ),
        (
            _lt("Delivery"),
            16,
            [
                (_lt("Attention at the delivery"), 40),
                (_lt("Condition of the car"), 30),
                (_lt("Delivery at the time that was promised"), 30),
            ],
        ),
    ],
    standards=[
        _lt("Were you greeted within a minute?"),
        _lt("Were you offered a test drive?"),
        _lt("Did you get the price in writing, item by item?"),
        _lt("Was everything explained to you at the delivery?"),
        _lt("Did somebody call you within three days after the delivery?"),
    ],
    low=_lt("What should we do better?"),
)

SERVICE = Ready(
    name=_lt("Service"),
    kind="service",
    title=_lt("How was your visit to our workshop?"),
    factors=[
        (
            _lt("Appointment and Reception"),
            20,
            [
                (_lt("Getting an appointment that suits you"), 50),
                (_lt("Waiting until your car was received"), 50),
            ],
        ),
        (
            _lt("Service Advisor"),
            20,
            [
                (_lt("Politeness of the advisor"), 40),
                (_lt("Explanation of the work before it began"), 60),
            ],
        ),
        (
            _lt("Quality of the Work"),
            30,
            [
                (_lt("Work done right the first time"), 60),
                (_lt("Thoroughness of the work"), 40),
            ],
        ),
        (
            _lt("Facility"),
            12,
            [
                (_lt("Cleanliness of the workshop"), 50),
                (_lt("Comfort of the waiting room"), 50),
            ],
        ),
        (
            _lt("Return of the Car"),
            18,
            [
                (_lt("Car ready when it was promised"), 40),
                (_lt("Explanation of the work and the bill"), 30),
                (_lt("Fairness of what it cost"), 30),
            ],
        ),
    ],
    standards=[
        _lt("Were you told what it would cost before the work began?"),
        _lt("Were the parts that were replaced shown to you?"),
        _lt("Was your car clean when you got it back?"),
        _lt("Did somebody ask afterwards whether all is well?"),
    ],
    low=_lt("What should we do better next time?"),
)

LOST = Ready(
    name=_lt("Lost Customers"),
    kind="lost",
    title=_lt("Why did you decide for another?"),
    factors=[
        (
            _lt("The Salesperson"),
            36,
            [
                (_lt("Explanation of the car by the salesperson"), 50),
                (_lt("Interest taken in what you need"), 50),
            ],
        ),
        (_lt("Fairness of the Price"), 18, []),
        (_lt("The Negotiation"), 16, []),
        (
            _lt("Choice and Availability"),
            16,
            [
                (_lt("Choice of cars"), 50),
                (_lt("Waiting time until the delivery"), 50),
            ],
        ),
        (_lt("The Showroom"), 14, []),
    ],
    standards=[
        _lt("Did somebody ask what speaks against us?"),
        _lt("Did you get an offer in writing?"),
        _lt("Did somebody call you after your visit?"),
    ],
    low=_lt("What decided for the other?"),
)

READY = {"sales": SALES, "service": SERVICE, "lost": LOST}

RECOMMENDATION = _lt("How likely is it that you recommend us to friends or colleagues?")
NOT_LIKELY, VERY_LIKELY = _lt("Not at all likely"), _lt("Extremely likely")
ALL_IN_ALL = _lt("All in all, how satisfied are you?")
SATISFACTION = [
    _lt("Very dissatisfied"),
    _lt("Dissatisfied"),
    _lt("Neither"),
    _lt("Satisfied"),
    _lt("Very satisfied"),
]
WORST, BEST = _lt("Very poor"), _lt("Excellent")
DONE = _lt("What Was Done")
YES, NO, NOT_APPLICABLE = _lt("Yes"), _lt("No"), _lt("Does not apply")
LAST = _lt("All in All")
