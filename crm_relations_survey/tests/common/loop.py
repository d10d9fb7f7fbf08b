from .collect import CollectCommon


class LoopCommon(CollectCommon):
    """Answers of ``customer``, whose salesperson sally is led by max."""

    def _answer(self, reception=5, delivery=5, remark="", **values):
        """Return the response of somebody who has answered, of 10."""
        response = self._ask_for(**({"occasion": f"at-{id(values)}"} | values))
        self._say(response, self.ask_reception, reception)
        self._say(response, self.ask_delivery, delivery)
        if remark:
            self._say(response, self.ask_remark, remark)
        response.user_input_id._mark_done()
        self.assertEqual(response.state, "answered")
        return response
