"""Hand numbers to a provider of text messages that stand in no record."""


class SmsApiKnown:
    """The provider, given the numbers by the reference of each message."""

    def __init__(self, api, numbers):
        self._api = api
        self._numbers = numbers

    def __getattr__(self, name):
        return getattr(self._api, name)

    def _send_sms_batch(self, messages, **options):
        told = [
            {
                **message,
                "numbers": [
                    {
                        **one,
                        "number": self._numbers.get(one["uuid"]) or one["number"],
                    }
                    for one in message["numbers"]
                ],
            }
            for message in messages
        ]
        return self._api._send_sms_batch(told, **options)
