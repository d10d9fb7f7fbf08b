from odoo.tests import HttpCase, tagged

from .common.answers import AnswersCommon


@tagged("post_install", "-at_install")
class TestBoardTour(AnswersCommon, HttpCase):
    def test_from_the_board_to_the_radar_and_the_answers(self):
        self.env["crm.satisfaction.study"].search(
            [("id", "!=", self.study.id)]
        ).active = False
        clerk = self._create_factor("Clerk")
        self._answer(2, scores={self.delivery: 90, self.reception: 70, clerk: 60})
        self._answer(scores={self.delivery: 60, self.reception: 80, clerk: 60})
        self._answer(user=self.sam, scores={self.delivery: 40, self.reception: 50})
        for name in ("board", "board_slow", "radar"):
            self.start_tour(
                "/odoo/satisfaction-board",
                f"crm_relations_survey_{name}",
                login="spec",
                timeout=120,
            )
