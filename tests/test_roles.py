"""Five roles: what each may do, whose rows it reads, and that no way around leads to more."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from meeting_of_sample import TODAY, sample
from screens import opened

from dashboard import audit, provenance, roles
from dashboard.access import Accounts, Sessions
from dashboard.alerts.model import ProofOf
from dashboard.answers import Answer, Question, answered, asking
from dashboard.contents import found
from dashboard.errors import Denied
from dashboard.eyes import seen, theirs
from dashboard.filters import Filters
from dashboard.groups import school_veil
from dashboard.kpis import KPIS
from dashboard.kpis.cases import cases
from dashboard.layout import Page
from dashboard.periods import parse
from dashboard.proving import evidence, provable, prove
from dashboard.reports import queries
from dashboard.roles import LOCAL, RIGHTS, ROLES, Identity, Role
from dashboard.school import School
from dashboard.settings import QUERIES, ROOT
from dashboard.sqlfiles import load
from dashboard.ui import identity, visitor
from dashboard.ui.given import Answers
from dashboard.ui.proof import SHUT
from dashboard.ui.visitor import CLOSED, SEEN_AS
from dashboard.warehouse import Warehouse

FILTERS = Filters(parse("2025"), TODAY)
OTHERS = tuple(role for role in Role if role is not Role.OFFICER)
UI = ROOT / "dashboard" / "ui"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with sample(tmp_path_factory.mktemp("roles")) as warehouse:
        yield warehouse


@pytest.fixture(scope="module")
def names(demo: Warehouse) -> frozenset[str]:
    """All people of the sample, as a page could write them."""
    with demo.snapshot() as reader:
        return frozenset(name for name in school_veil(reader).names if len(name) > 1)


def question(role: Role, **view: Any) -> Question:
    usual: dict[str, Any] = {"period": "2025", "chosen": (), "as_of": None}
    return Question("", "demo", 0, TODAY, **(usual | view), lang="zh", role=role)


def asked(demo: Warehouse, page: Page, role: Role, **view: Any) -> Answer:
    with demo.snapshot() as reader:
        return answered(reader, asking(page, question(role, **view)))


def page(path: str) -> Page:
    return next(one for one in found() if one.path == path)


# -- rights ------------------------------------------------------------------------------------


def test_only_an_officer_changes_anything() -> None:
    assert {role for role in Role if RIGHTS[role] - {"export"}} == {Role.OFFICER}
    assert {role for role in Role if "export" in RIGHTS[role]} == {
        Role.OFFICER, Role.AUDITOR, Role.PRINCIPAL,
    }  # fmt: skip


def test_a_right_that_is_demanded_is_refused_by_name() -> None:
    with pytest.raises(Denied) as refusal:
        Identity("u2", "经审", Role.AUDITOR).demand("unmask")
    assert (refusal.value.code, refusal.value.right) == ("denied", "unmask")


def test_of_no_register_only_an_officer_reads_rows() -> None:
    assert [role for role in Role if roles.reads(role)] == [Role.OFFICER]


@pytest.mark.parametrize("role", Role)
def test_whoever_looks_as_another_sees_no_more_than_before(role: Role) -> None:
    real = Identity("u1", "管理员", role, administrator=True)
    for other in Role:
        looking = real.seeing_as(other)
        assert RIGHTS[looking.role] <= RIGHTS[role]
        assert looking == real or not looking.administrator
        for register in provenance.EVERY:
            assert roles.reads(role, register) or not looking.reads(register)


def test_only_an_administrator_looks_as_another() -> None:
    officer = Identity("u1", "委员", Role.OFFICER)
    assert officer.seeing_as(Role.DELEGATE) == officer
    assert not officer.eyes
    assert LOCAL.seeing_as(Role.DELEGATE).role is Role.DELEGATE


# -- pages -------------------------------------------------------------------------------------

OFFICERS = {"upload", "explore", "plan", "settings", "pinned", "keeping", "persons"}
BOARD = {"overview", "members", "activities", "funds", "proposals", "congress", "definitions"}


def test_a_page_is_an_officers_unless_it_says_who_else_sees_it() -> None:
    bare = Page("new", 1, CLOSED, CLOSED, "", "data", ())
    assert bare.seen_by == (Role.OFFICER,)


def test_each_role_sees_its_pages_and_no_other() -> None:
    readers = {Role.OFFICER, Role.AUDITOR, Role.PRINCIPAL}
    for one, role in product(found(), Role):
        may = role is Role.OFFICER or one.path in BOARD or (one.path == "proof" and role in readers)
        assert (one in [p for p in found() if role in p.seen_by]) is may, (one.path, role)
    assert {one.path for one in theirs(found(), Role.OFFICER)} >= OFFICERS | BOARD


@pytest.mark.parametrize("role", OTHERS)
def test_lists_of_people_are_left_out_without_a_hole(role: Role) -> None:
    assert all(row for p in theirs(found(), role) for row in p.rows)
    members = [getattr(b, "report", "") for row in seen(page("members"), role).rows for b in row]
    assert {"birthdays", "member_moves_list"}.isdisjoint(members)


ALERTS = {
    Role.AUDITOR: {"over_budget", "without_budget", "budget_nearly_used", "balance_breaks",
                   "above_ceiling", "worded_like_banned", "target_missed"},
    Role.PRINCIPAL: {"over_budget", "without_budget", "budget_nearly_used", "proposals_overdue",
                     "proposals_due_soon", "plan_items_late", "votes_disagree", "target_missed"},
    Role.DELEGATE: set(),
    Role.PROJECTOR: set(),
}  # fmt: skip


@pytest.mark.parametrize("role", OTHERS)
def test_what_calls_for_attention_is_told_to_who_reads_its_rows(
    demo: Warehouse, role: Role
) -> None:
    drawn = {type(b).__name__ for row in seen(page("overview"), role).rows for b in row}
    attention = asked(demo, page("overview"), role).attention
    assert ("Alerts" in drawn) is bool(ALERTS[role]) is bool(attention)
    if attention:
        assert {r.id for r in (*attention.checked, *attention.unchecked)} == ALERTS[role]
        assert attention.alerts
        for alert in attention.alerts:
            assert not isinstance(alert.rows, ProofOf) or provable(role, KPIS[alert.rows.kpi])


def test_a_role_is_told_of_the_same_alerts_as_an_officer(demo: Warehouse) -> None:
    officer = asked(demo, page("overview"), Role.OFFICER).attention
    for role in (Role.AUDITOR, Role.PRINCIPAL):
        theirs = asked(demo, page("overview"), role).attention
        assert officer
        assert theirs
        assert theirs.alerts == tuple(one for one in officer.alerts if one in theirs.alerts)
        mine = [one for one in officer.alerts if one.rule.id in ALERTS[role] - {"target_missed"}]
        assert {one.id for one in mine} <= {one.id for one in theirs.alerts}


def test_the_auditor_sees_the_rules_over_spending_and_others_do_not() -> None:
    kinds = {
        role: {type(b).__name__ for row in seen(page("funds"), role).rows for b in row}
        for role in Role
    }
    assert [role for role in Role if "Ceilings" in kinds[role]] == [Role.OFFICER, Role.AUDITOR]


# -- from which registers -----------------------------------------------------------------------


def test_what_a_query_shows_is_among_what_it_reads() -> None:
    for folder in ("reports", "cases", "marts", "open"):
        for name, query in load(QUERIES / folder).items():
            behind = provenance.registers(replace(query, shows=()))
            assert set(query.shows) <= behind, name
            assert provenance.registers(query), name


def test_of_a_query_that_names_an_unknown_table_every_register_is_behind_it() -> None:
    query = replace(queries()["votes_list"], sql="select * from somewhere_else")
    assert provenance.registers(query) == provenance.EVERY
    pivot = replace(query, sql="pivot votes on result using count(*)")
    assert not provenance.opens(Role.PRINCIPAL, pivot)


def test_a_register_is_found_through_the_marts_that_read_it() -> None:
    assert provenance.registers(queries()["birthdays"]) == {"attendance", "members", "staff"}
    assert provenance.registers(queries()["balance_breaks"]) == {"ledger"}


def test_no_list_with_a_column_of_names_is_anybodys_but_an_officers() -> None:
    named = [query for folder in ("reports", "cases") for query in load(QUERIES / folder).values()
             if query.people]  # fmt: skip
    assert named
    assert not [q.name for q, role in product(named, OTHERS) if provenance.opens(role, q)]


def test_rows_behind_figures_are_read_by_duty() -> None:
    auditor = {name for name, kpi in KPIS.items() if provable(Role.AUDITOR, kpi)}
    principal = {name for name, kpi in KPIS.items() if provable(Role.PRINCIPAL, kpi)}
    assert auditor == {"income_total", "spending_total", "balance", "budget_execution_rate",
                       "member_spending_share"}  # fmt: skip
    assert {"filing_rate", "adoption_rate", "plan_completion_rate"} <= principal
    assert principal.isdisjoint(auditor | {"enrollment_rate", "participation_rate"})
    for role in (Role.DELEGATE, Role.PROJECTOR):
        assert not [name for name, kpi in KPIS.items() if provable(role, kpi)]


# -- where it is fetched -------------------------------------------------------------------------


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_brings_a_roles_answer_the_name_of_a_person(
    demo: Warehouse, names: frozenset[str], role: Role
) -> None:
    """Of whole pages as an officer asks for them, before anything is left out of the layout."""
    for one in found():
        told = repr(asked(demo, one, role))
        allowed = _own_rows(demo, one, role)
        assert {name for name in names if name in told} <= allowed, one.path


def _own_rows(demo: Warehouse, one: Page, role: Role) -> set[str]:
    """What the lists say that the role reads in full, and the findings of the rules."""
    answer = asked(demo, one, role)
    own = [answer.reports[name] for name in answer.reports
           if provenance.opens(role, queries()[name])]  # fmt: skip
    words = repr((own, answer.ceilings)) if role in (Role.AUDITOR, Role.PRINCIPAL) else ""
    with demo.snapshot() as reader:
        return {name for name in school_veil(reader).names if name in words}


def test_the_same_search_finds_names_in_an_officers_answer(
    demo: Warehouse, names: frozenset[str]
) -> None:
    told = repr(asked(demo, page("members"), Role.OFFICER))
    assert len([name for name in names if name in told]) > 10


def test_the_auditor_reads_the_ledger_and_the_principal_the_proposals(demo: Warehouse) -> None:
    whole = asked(demo, page("proposals"), Role.OFFICER).reports["proposals_reopened"]
    assert whole.rows
    assert asked(demo, page("proposals"), Role.PRINCIPAL).reports["proposals_reopened"] == whole
    assert asked(demo, page("proposals"), Role.AUDITOR).reports["proposals_reopened"] != whole
    doubts = asked(demo, page("activities"), Role.OFFICER).reports["activity_spending_doubts"]
    own = asked(demo, page("activities"), Role.AUDITOR).reports["activity_spending_doubts"]
    assert own == doubts


@pytest.mark.parametrize("role", OTHERS)
def test_small_groups_are_hidden_from_all_but_an_officer(demo: Warehouse, role: Role) -> None:
    answer = asked(demo, page("members"), role)
    parts = [p for r in answer.results.values() for held in r.parts.values() for p in held]
    assert any(part.reading.hidden for part in parts)
    bare = asked(demo, page("members"), Role.OFFICER)
    every = [p for r in bare.results.values() for held in r.parts.values() for p in held]
    assert not any(part.reading.hidden for part in every)


@pytest.mark.parametrize("role", OTHERS)
def test_no_stretch_of_days_of_ones_own(demo: Warehouse, role: Role) -> None:
    """From the figures of two neighbouring days the one who joined between them would follow."""
    free = asked(demo, page("members"), role, period="2025-03-01:2025-03-02", as_of="2025-03-02")
    assert [code for code, _ in free.trouble] == ["no_free_days"]
    assert (free.filters.period.kind, free.filters.day) == ("year", None)
    day = asked(demo, page("members"), role, as_of="2025-03-02")
    assert day.filters.day is None
    assert not day.trouble


def test_a_lead_office_that_is_a_person_is_offered_to_officers_alone(demo: Warehouse) -> None:
    with demo.snapshot() as reader:
        veil = school_veil(reader)
    for role in OTHERS:
        values = asked(demo, page("proposals"), role).values
        assert not [v for held in values.values() for v in held if veil.is_private(v)]


def test_a_projectors_page_is_narrowed_to_nobody(demo: Warehouse) -> None:
    narrowed = asked(demo, page("members"), Role.PROJECTOR, chosen=(("department", "语文组"),))
    assert narrowed.filters.chosen == ()


@pytest.mark.parametrize("role", OTHERS)
def test_proofs_and_cases_are_refused_where_they_are_read(demo: Warehouse, role: Role) -> None:
    with demo.snapshot() as reader:
        for name, kpi in KPIS.items():
            if not provable(role, kpi):
                with pytest.raises(Denied):
                    prove(reader, name, FILTERS, School(), role)
        for case, query in cases().items():
            if not provenance.opens(role, query):
                with pytest.raises(Denied):
                    evidence(reader, case, "any", FILTERS, role)


def test_what_speaks_for_an_activity_is_shown_by_register(demo: Warehouse) -> None:
    with demo.snapshot() as reader:
        rows = reader.read("select activity_id from activity_lines limit 40")
        keys = [row["activity_id"] for row in rows]
        officer = [evidence(reader, "activity", key, FILTERS, Role.OFFICER) for key in keys]
        principal = [evidence(reader, "activity", key, FILTERS, Role.PRINCIPAL) for key in keys]
    assert {s.register for one in officer if one for s in one.sheets} >= {"attendance"}
    assert {s.register for one in principal if one for s in one.sheets} <= {"activities"}
    assert {o.address.register for one in principal if one for o in one.origins} == {"activities"}


def test_the_principal_reads_a_proposal_and_not_who_wrote_it(demo: Warehouse) -> None:
    with demo.snapshot() as reader:
        row = reader.read("select * from proposals where proposer is not null limit 1")[0]
        officer = evidence(reader, "proposal", row["row_key"], FILTERS, Role.OFFICER)
        principal = evidence(reader, "proposal", row["row_key"], FILTERS, Role.PRINCIPAL)
    assert row["proposer"] in repr(officer and officer.origins)
    assert row["proposer"] not in repr(principal and principal.origins)
    assert row["proposal_no"] in repr(principal and principal.origins)


@pytest.mark.parametrize("role", OTHERS)
def test_nothing_is_taken_home_with_persons_but_by_an_officer(demo: Warehouse, role: Role) -> None:
    if "export" not in RIGHTS[role]:
        with pytest.raises(Denied):
            asked_taken(demo, role)
    else:
        answer = asked_taken(demo, role)
        assert answer.filters.safe
        assert not answer.unmet
        assert answer.attention is None
        assert not [r for r in answer.reports.values() if r.query.people and r.rows]


def asked_taken(demo: Warehouse, role: Role) -> Answer:
    view = replace(asking(page("members"), question(role)), taken=True)
    with demo.snapshot() as reader:
        return answered(reader, view)


# -- caches (T27) ------------------------------------------------------------------------------


def test_two_roles_in_turn_never_get_each_others_answer(demo: Warehouse) -> None:
    held = Answers()
    view = asking(page("members"), question(Role.OFFICER))
    for turn in range(200):
        role = (Role.OFFICER, Role.DELEGATE)[turn % 2]
        own = replace(view, role=role)

        def work(own: Question = own) -> Answer:
            with demo.snapshot() as reader:
                return answered(reader, own)

        found = held.answer(own, work, lambda: True)
        assert found.filters.safe is (role is Role.DELEGATE)
        assert bool(found.reports["birthdays"].rows) is (role is Role.OFFICER)


def test_no_cached_function_takes_a_data_frame_or_knows_a_session() -> None:
    assert not [fault for path in (ROOT / "dashboard").rglob("*.py") for fault in _faults(path)]


def test_the_search_for_such_functions_finds_one(tmp_path: Path) -> None:
    for body in ("@st.cache_data\ndef f(x: pd.DataFrame): ...\n",
                 "@st.cache_resource(ttl=1)\ndef f():\n    return st.session_state['a']\n",
                 "@st.cache_data\ndef f(_who):\n    return identity()\n"):  # fmt: skip
        (tmp_path / "one.py").write_text(body, "utf-8")
        assert list(_faults(tmp_path / "one.py"))


SESSIONS_OWN = {"session_state", "identity", "signed_in", "role", "context", "query_params", "user"}


def _faults(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and any(map(_is_cache, node.decorator_list)):
            arguments = " ".join(ast.unparse(one) for one in node.args.args)
            if "DataFrame" in arguments or "Table" in arguments or " _" in f" {arguments}":
                yield f"{path}: {node.name}({arguments})"
            if SESSIONS_OWN & {_name(one) for one in ast.walk(node)}:
                yield f"{path}: {node.name} knows its session"


def _is_cache(decorator: ast.expr) -> bool:
    return _name(decorator.func if isinstance(decorator, ast.Call) else decorator).startswith(
        "cache_"
    )


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


# -- deeds -------------------------------------------------------------------------------------

# What changes data, or lets it out: by the method that does it.
DEEDS = {
    ("warehouse", "set"), ("warehouse", "undo"), ("warehouse", "load"), ("warehouse", "remember"),
    ("warehouse", "forget"), ("warehouse", "go_on"), ("warehouse", "seen"),
    ("warehouse", "disclosed"), ("ingest", "store"), ("ingest", "learn"),
    ("opened", "enter"), ("intake", "add"), ("deeds", "set_anew"), ("deeds", "undone"),
    ("deeds", "imported"), ("deeds", "back_up"), ("deeds", "restore"), ("deeds", "carried"),
    ("deeds", "archived"), ("correcting", "correct"), ("erasing", "delete"), ("erasing", "expire"),
    ("holding", "handed_over"),
}  # fmt: skip
GUARDS = ("for_right(", "identity.later(")


def _deeds(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Each deed of a module, and the decorators of the functions around it, outermost first."""
    yield from _within(ast.parse(path.read_text("utf-8")), [], path.name)


def _within(node: ast.AST, guards: list[str], where: str) -> Iterator[tuple[str, list[str]]]:
    for child in ast.iter_child_nodes(node):
        own = guards
        if isinstance(child, ast.FunctionDef):
            own = [*guards, *map(ast.unparse, child.decorator_list)]
        if isinstance(child, ast.Call) and _is_deed(child.func):
            yield f"{where}:{child.lineno} {ast.unparse(child.func)}", own
        yield from _within(child, own, where)


def _is_deed(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute):
        return False
    of = called.value.func if isinstance(called.value, ast.Call) else called.value
    return (_name(of), called.attr) in DEEDS


def test_every_deed_of_the_screen_demands_its_right() -> None:
    deeds = [deed for path in UI.rglob("*.py") for deed in _deeds(path)]
    assert len(deeds) > 8
    bare = [where for where, guards in deeds if not any(one in str(guards) for one in GUARDS)]
    assert bare == []
    assert {called.rpartition(".")[2] for called, _ in deeds} >= {
        "go_on", "back_up", "restore", "carried", "archived", "delete"
    }  # fmt: skip


def test_what_is_made_after_a_click_asks_once_more_who_asks() -> None:
    """A download button's function runs beside the page, maybe long after it was drawn. A name is
    of bytes that are there, or of a function in the module that asks; blank forms tell nothing.
    """
    paths = [path for path in UI.rglob("*.py") if "download_button(" in path.read_text("utf-8")]
    assert len(paths) > 6
    assert [fault for path in paths for fault in _unasked(path)] == ["blanks.py: partial"]


def test_a_file_that_is_made_without_asking_is_found(tmp_path: Path) -> None:
    text = "def made():\n    return b''\nst.download_button('', made)\n"
    text += "st.download_button('', lambda: b'')\n"
    (tmp_path / "one.py").write_text(text, "utf-8")
    assert list(_unasked(tmp_path / "one.py")) == ["one.py: made", "one.py: "]


def _unasked(path: Path) -> Iterator[str]:
    tree = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    made = {one.name: one.decorator_list for one in tree if isinstance(one, ast.FunctionDef)}
    for node in tree:
        if isinstance(node, ast.Call) and _name(node.func) == "download_button":
            what = node.args[1]
            name = _name(what.func if isinstance(what, ast.Call) else what)
            guards = [ast.unparse(one) for one in made.get(name, [])]
            bytes_there = isinstance(what, ast.Name) and name not in made
            if not (bytes_there or name == "noted" or "identity.later(" in str(guards)):
                yield f"{path.name}: {name}"


def test_what_was_asked_for_is_not_made_for_who_has_gone_or_is_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn for an officer; fetched after a sign-out, or once the account has another role."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    monkeypatch.setenv("DASHBOARD_SHARED", "1")
    accounts, sessions = Accounts(tmp_path), Sessions(tmp_path)
    accounts.add("王主席", "雨后 mountain 第九", Role.OFFICER)
    other = accounts.add("李委员", "雨后 mountain 第十", Role.OFFICER)
    token = sessions.open(other)
    cookies = SimpleNamespace(cookies={identity.COOKIE: token})
    monkeypatch.setattr(identity.st, "context", cookies)
    make = identity.later("keep")(lambda: "made")
    assert make() == "made"
    monkeypatch.setattr(identity.st, "context", None)  # the thread knows no session
    assert make() == "made"
    sessions.close_all(2, by="u1")
    with pytest.raises(Denied):
        make()


@pytest.mark.parametrize("role", OTHERS)
def test_what_is_asked_for_without_the_right_is_not_made(
    role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    whose = [Identity("u1", "", Role.OFFICER)]
    monkeypatch.setattr(identity, "signed_in", lambda: whose[0])
    monkeypatch.setattr(identity, "_whose", lambda _: whose[0])
    make = identity.later("keep")(lambda: "made")
    whose[0] = Identity("u1", "", role)
    with pytest.raises(Denied):
        make()
    with pytest.raises(Denied):
        identity.later("keep")(lambda: "made")()


def test_a_deed_that_is_not_guarded_is_found(tmp_path: Path) -> None:
    text = "def press():\n    spaces.warehouse('school').undo(1)\n    ingest.store(a, b)\n"
    (tmp_path / "one.py").write_text(text, "utf-8")
    assert [guards for _, guards in _deeds(tmp_path / "one.py")] == [[], []]


def test_a_deed_without_the_right_to_it_is_not_done(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    @identity.for_right("settings")
    def deed(name: str) -> None:
        done.append(name)

    told: list[str] = []
    monkeypatch.setattr(identity.st, "error", told.append)
    for role in Role:
        monkeypatch.setattr(identity, "signed_in", lambda role=role: Identity("u1", "", role))
        deed(role.value)
    assert done == ["officer"]
    assert len(told) == 4
    assert all("`denied`" in words for words in told)


@pytest.mark.parametrize("path", sorted(OFFICERS | {"proof"}))
def test_a_page_that_is_not_for_somebody_says_so_and_nothing_else(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delegate = Identity("u1", "代表", Role.DELEGATE)
    monkeypatch.setattr(identity, "signed_in", lambda: delegate)
    app = opened(tmp_path, "congress", monkeypatch)
    assert app.title
    assert not [one for one in app.info if one.value == CLOSED.zh]
    app.switch_page(f"../pages/{path}.py").run()
    assert [one.value for one in app.info] == [CLOSED.zh]
    assert not (app.title)
    assert not (app.dataframe)
    assert not (app.metric)
    assert not (app.caption)


def test_a_link_to_a_proof_that_is_not_for_somebody_says_so_before_another_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "signed_in", lambda: Identity("u1", "校长", Role.PRINCIPAL))
    app = opened(tmp_path, "congress", monkeypatch)
    told = SHUT.format(kpi=KPIS["enrollment_rate"].label).zh
    for kpi in ("enrollment_rate", "spending_total"):
        app.query_params["kpi"] = kpi
        app.switch_page("../pages/proof.py").run()
        assert (told in [one.value for one in app.info]) is (kpi == "enrollment_rate")


# -- other eyes --------------------------------------------------------------------------------


def test_an_administrator_looks_as_a_delegate_and_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chair = Identity("u1", "王主席", Role.OFFICER, administrator=True)
    monkeypatch.setattr(identity, "signed_in", lambda: chair)
    monkeypatch.setattr(visitor, "is_shared", lambda: True)
    app = opened(tmp_path, "upload", monkeypatch)
    app.sidebar.selectbox(key="see_as").set_value("delegate").run()
    assert [one.value for one in app.info] == [CLOSED.zh]
    assert any(SEEN_AS.format(role=ROLES[Role.DELEGATE]).zh in one.value for one in app.caption)
    assert [(e.act, e.who, e.facts) for e in audit.entries(tmp_path) if e.act == "viewed_as"] == [
        ("viewed_as", "u1", {"role": "delegate"})
    ]
    app.button(key="see_as_self").click().run()
    assert not [one for one in app.info if one.value == CLOSED.zh]


def test_who_is_no_administrator_has_no_other_eyes_whatever_the_browser_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "signed_in", lambda: Identity("u2", "李", Role.DELEGATE))
    monkeypatch.setattr(visitor, "is_shared", lambda: True)
    app = opened(tmp_path, "congress", monkeypatch)
    assert not app.sidebar.selectbox
    app.session_state["seen_as"] = "officer"
    app.switch_page("../pages/upload.py").run()
    assert [one.value for one in app.info] == [CLOSED.zh]


def test_many_who_come_at_once_trace_a_query_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each tracing opens a database of its own, with threads of its own."""
    traced: list[str] = []

    def tables(sql: str) -> frozenset[str]:
        traced.append(sql)
        time.sleep(0.1)
        return frozenset({"members"})

    monkeypatch.setattr(provenance, "tables", tables)
    query = replace(next(iter(load(QUERIES / "marts").values())), sql="select 1 as new", shows=())
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(provenance.registers, [query] * 8))
    assert (found, traced) == ([{"members"}] * 8, [query.sql])
