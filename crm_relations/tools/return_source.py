"""What the return on a customer is counted from."""

from collections import namedtuple

# label, model of the documents, explained: what counts, in words; effect: "revenue",
# "margin", "given" (a cost), "time" (a cost that only managers see), "included" (told,
# but in the revenue already); query: called with ids of customers (None: of all, at
# least from the first day on that averages need), it returns a SELECT of partner_id
# (the customer), document_id, day, amount, currency_id (NULL: the default company's),
# minutes (NULL: no time) and unpriced.
ReturnSource = namedtuple(
    "ReturnSource", ["label", "model", "effect", "query", "explained"]
)
