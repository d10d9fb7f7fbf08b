from odoo.tests import tagged, TransactionCase

@tagged("post_install", "-at_install")
class TestProbe(TransactionCase):
    def test_probe(self):
        env = self.env
        exec(open("/tmp/gen.py").read(), {"env": env})
        for name in sorted(env.registry):
            m = env[name]
            if m._transient:
                links = [f.name for f in m._fields.values() if f.comodel_name == "res.partner" and f.type == "many2many"]
                texts = [f.name for f in m._fields.values() if f.type in ("html", "text") and f.name != "display_name"]
                if links and texts: print("WIZ", name, links, texts)
        P = env["res.partner"]
        for f in P._fields.values():
            if f.type == "many2many" and f.store:
                same = [(n, g.name) for n in env.registry for g in env[n]._fields.values() if g.type == "many2many" and g.store and getattr(g, "relation", None) == f.relation and not (n == "res.partner" and g.name == f.name)]
                print("M2M", f.name, f.relation, P._get_answers()[f.name], same)
        print("MODULES", env["ir.module.module"].search([("state", "=", "installed")]).mapped("name"))
