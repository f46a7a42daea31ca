"""A resident and her own file: a slip at the window, her phone, and the page at once no longer."""

import pytest

from tests.journeys.eyes import shot
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser


def test_the_slip_of_the_window_opens_her_file_on_her_phone(product, at_desk):
    person = product.world["streets"][FIRST]["ids"]["people"][f"{FIRST}001"][0]
    clerk, phone = at_desk("window_clerk.001"), at_desk(width=390)
    clerk.goto(f"/consents/{person}/served_first/")
    clerk.get_by_label("当面口头同意").check()
    clerk.get_by_label("证明在哪里").fill("窗口小李在场")
    clerk.get_by_role("button", name="本人同意").click()
    clerk.get_by_text("本人随时可以撤回").wait_for()
    clerk.goto(f"/people/{person}/rights")
    shot(clerk, "rights")
    card = clerk.locator("form", has=clerk.get_by_role("button", name="交给本人凭条"))
    card.get_by_label("怎么核验身份").fill("当面核对身份证")
    card.get_by_role("button").click()
    address = clerk.get_by_text("/my/open/").inner_text().strip()
    shot(clerk, "slip")
    phone.goto(address)
    shot(phone, "open")
    phone.get_by_role("button", name="在这部手机上打开").click()
    phone.wait_for_url("**/my/file")
    shot(phone, "mine")
    phone.set_viewport_size({"width": 1280, "height": 800})
    shot(phone, "mine_wide")
    phone.set_viewport_size({"width": 390, "height": 800})
    phone.get_by_role("link", name="档案里记了什么").click()
    phone.get_by_role("heading", name="档案里记了什么").wait_for()
    shot(phone, "copy")
    phone.goto("/my/looks")
    phone.get_by_text("交出本人页面的凭条").wait_for()
    shot(phone, "looks")
    phone.goto("/my/file/ask")
    phone.get_by_role("button", name="提出", exact=True).click()
    phone.get_by_text("请写明具体怎么办").first.wait_for()
    shot(phone, "ask_wrong")
    phone.get_by_label("更正").check()
    phone.get_by_label("具体怎么办").fill("电话换成新的")
    phone.get_by_role("button", name="提出", exact=True).click()
    phone.get_by_text("电话换成新的").wait_for()
    priority = phone.get_by_role("region", name="询问后登记优先服务")
    priority.get_by_role("button", name="撤回", exact=True).click()
    shot(phone, "confirm")
    phone.get_by_role("dialog").get_by_role("button", name="撤回").click()
    phone.get_by_text("已经停止这样用").wait_for()
    shot(phone, "mine_after")
    clerk.goto(f"/people/{person}/rights")
    shot(clerk, "rights_after")
    phone.get_by_role("button", name="在这部手机上退出").click()
    phone.get_by_text("没有打开过您的档案").wait_for()
    shot(phone, "nobody")
    clerk.goto("/")
    clerk.get_by_text("居民的权利请求").wait_for()
    shot(clerk, "home")
