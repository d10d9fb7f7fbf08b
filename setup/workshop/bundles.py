"""The scripts and styles that a browser loads; run by ``workshop.inside``."""

# Those of the pages of our tours, and what these load later.
BUNDLES = (
    *("web.assets_web", "web.assets_web_print", "web.assets_tests"),
    *("web.__assets_tests_call__", "bus.websocket_worker_assets"),
    *("web.assets_backend_lazy", "web.assets_emoji", "web.chartjs_lib", "web.ace_lib"),
)


def make(env):
    """Make the bundles and keep them: else each test with a browser makes them anew,
    and its end takes them back."""
    for name in BUNDLES:
        env["ir.qweb"]._get_asset_bundle(name, css=False).js()
        env["ir.qweb"]._get_asset_bundle(name, js=False).css()
