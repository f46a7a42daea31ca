"""What the office plugs into the shell: lines of the navigation, the state of the house, and what to check before use."""

from datetime import datetime
from uuid import UUID

from django.core.checks import register
from django.urls import reverse

from yimen.doors.office.engine.deployment import check_deployment
from yimen.doors.office.engine.reading import KIND as READING_RULE
from yimen.doors.office.engine.reading import ReadingGrammar, run_reading_example
from yimen.doors.office.engine.staff import ACCOUNT_COLUMNS, ROLE_COLUMNS, check_accounts, check_roles
from yimen.doors.office.operations import (
    end_unused_accounts,
    grant_roles_told,
    open_accounts_told,
    revoke_roles_told,
)
from yimen.doors.office.permissions import VIEW_DEFINITIONS, VIEW_JOBS, VIEW_OVERVIEW
from yimen.doors.office.queries.first_page import failed_sign_ins, open_alerts, vacant_posts
from yimen.doors.office.queries.overview import Overview, overview
from yimen.doors.office.queries.slips import slips_to_print
from yimen.foundations.access.api import GRANT_ROLES, MANAGE_ACCOUNTS, VIEW_ACCOUNTS
from yimen.foundations.audit.api import VIEW_TRAIL
from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.forms.api import BUILD
from yimen.foundations.imports.ports import Importer, importers
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.registers.places.api import areas_to_choose


def _account_page(account: UUID) -> str:
    return reverse("office:account", args=[account])


def _overview(*, by: Actor, at: datetime) -> Overview:
    return overview(by=by, at=at)


register(check_deployment, deploy=True)
kinds.register(
    Kind(
        name=READING_RULE,
        grammar=ReadingGrammar,
        title="异常查阅规则",
        run_example=run_reading_example,
        everyday=everyday("title", "active", "order", "at_least", "times_usual", "usual_days"),
    )
)
importers.register(
    Importer(
        key="office.accounts",
        title="职工账号",
        unit="个账号",
        order=80,
        permission=MANAGE_ACCOUNTS,
        columns=ACCOUNT_COLUMNS,
        check=check_accounts,
        write=open_accounts_told,
        undo=end_unused_accounts,
        page=_account_page,
        areas=areas_to_choose,
        hint="一人一行：姓名、登录名、区域。表里不放口令：导入后打印口令条，当面交给本人。角色由安全管理员另行导入（三权分立），可以用同一张表。",
        afterwards=slips_to_print,
    )
)
importers.register(
    Importer(
        key="office.roles",
        title="职工角色",
        unit="项授权",
        order=81,
        permission=GRANT_ROLES,
        columns=ROLE_COLUMNS,
        check=check_roles,
        write=grant_roles_told,
        undo=revoke_roles_told,
        areas=areas_to_choose,
        hint="账号由系统管理员开好以后，由安全管理员导入：登录名、角色、区域、起始日期。一人有几个角色的写几行。",
    )
)
for _label, _page, _icon, _permission, _order in (
    ("制度与规则", "definitions", "book", VIEW_DEFINITIONS, 47),
    ("表单制作", "forms", "clipboard-list", BUILD, 48),
    ("系统概况", "overview", "settings", VIEW_OVERVIEW, 30),
    ("账号与授权", "accounts", "users", VIEW_ACCOUNTS, 29),
    ("留痕与审计", "trail", "history", VIEW_TRAIL, 27),
    ("后台作业", "jobs", "clock", VIEW_JOBS, 31),
):
    navigation.register(
        NavItem(label=_label, url_name=f"office:{_page}", icon=_icon, permission=_permission, order=_order)
    )
home_cards.register(
    HomeCard(
        key="office.overview",
        permission=VIEW_OVERVIEW,
        order=90,
        template="office/home_card.html",
        query=_overview,
    )
)
home_cards.register(
    HomeCard(
        key="office.vacant",
        permission=GRANT_ROLES,
        order=20,
        template="office/vacant_card.html",
        query=vacant_posts,
        words=lambda card: f"{len(card['vacant']) + card['more']} 个岗位空着" if card["vacant"] else "",
    )
)
home_cards.register(
    HomeCard(
        key="office.sign_ins",
        permission=VIEW_TRAIL,
        order=20,
        template="office/sign_ins_card.html",
        query=failed_sign_ins,
        words=lambda card: f"{len(card['failed'])} 个账号登录失败过" if card["failed"] else "",
    )
)
home_cards.register(
    HomeCard(
        key="office.unusual",
        permission=VIEW_TRAIL,
        order=19,
        template="office/unusual_card.html",
        query=open_alerts,
        words=lambda card: f"{card['open']} 条异常查阅提醒待核实" if card["open"] else "",
    )
)
