"""Functions that several processes run at the same time."""

import gate
from scratch import Scratch, Workers

from odoo.tests import BaseCase


class AtOnceCase(BaseCase):
    """Runs functions of a module of this folder in processes of their own, at once, in
    a database that its ``fill`` has filled. Each has to come to the gate once."""

    module = ""
    also = ""  # addons of Odoo that are installed besides
    scratch = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch = Scratch.with_addons()
        cls.addClassCleanup(cls.scratch.drop)
        if cls.also:
            cls.scratch.odoo(f"--init={cls.also}")
        cls.workers = cls.enterClassContext(Workers(cls.scratch, cls.module))
        cls.workers.run("fill")

    def _run_at_once(self, function, arguments):
        """Run a function several times, once for each list of arguments."""
        self._run_all_at_once([[function, *some] for some in arguments])

    def _run_all_at_once(self, jobs):
        """:param jobs: ``[[function, argument, ...]]``"""
        with gate.closed(self.scratch, len(jobs)):
            processes = [self.workers.start(*job) for job in jobs]
        codes = [self.workers.wait(process) for process in processes]
        self.assertEqual(codes, [0] * len(processes), self.workers.said())
