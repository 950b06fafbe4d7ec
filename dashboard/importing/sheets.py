"""One grid to one sheet report: header, lines, typed rows, totals; every row accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dashboard.contracts import dataset as dataset_named
from dashboard.contracts import people
from dashboard.contracts.model import Dataset, Surroundings
from dashboard.contracts.spelling import visible
from dashboard.importing.grids import Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout import (
    headers,
    qualified,
    sorting,
    surroundings,
    twins,
    units,
    unknown,
)
from dashboard.importing.layout.headers import Header
from dashboard.importing.order import Order
from dashboard.importing.registers import generic, register
from dashboard.importing.report import COUNTED, Choice, Issue, MappedColumn, SheetReport
from dashboard.importing.values.coerce import is_garbled, shown, shown_number
from dashboard.importing.values.private import masked, names_numbers

PREVIEWED = 12  # rows of raw cells shown beside the mapping


def read(grid: Grid, order: Order) -> SheetReport:
    """The whole of one sheet. Never raises for what a cell holds."""
    counts = dict.fromkeys(COUNTED, 0)
    report = SheetReport(masked(grid.name), area=grid.area, hidden=grid.hidden, counts=counts)
    report.preview = [[visible(shown(cell)) for cell in row] for row in grid.rows[:PREVIEWED]]
    choice = order.choice(grid.name, grid.area)
    if grid.hidden:
        return _closed(report, [issue("hidden_sheet", given=report.name)], order)
    if not grid.rows:
        return _closed(report, list(grid.notes), order)
    header = _header(grid, order, choice)
    if header is None:
        report.counts |= _counted(
            ["blank" if all(c is None for c in row) else "notes" for row in grid.rows]
        )
        return _closed(report, [*grid.notes, issue("no_header")], order)
    return _with_header(report, grid, header, order, choice)


def _header(grid: Grid, order: Order, choice: Choice) -> Header | None:
    words = f"{grid.heading} {_title_words(grid)} {grid.name} {order.file}"
    if choice.dataset == "none":
        return _chosen(grid, choice, None) or unknown.header(grid)
    wanted = [dataset_named(choice.dataset)] if choice.dataset else None
    found = _chosen(grid, choice, wanted[0] if wanted else None)
    if found:
        return found
    # A named dataset needs no title of its own to speak for it.
    named = f"{words} {wanted[0].titles[0]}" if wanted else words
    found = headers.find(grid, named, wanted) or unknown.header(grid)
    if found and wanted and found.dataset is None:  # the officer's word stands; columns may follow
        found.dataset = wanted[0]
        found.fields = _known_fields(wanted[0], headers.stack(grid, found.first, len(found.rows)))
    return found


def _title_words(grid: Grid) -> str:
    """The first rows' lone texts: titles stand by themselves."""
    texts = []
    for row in grid.rows[:6]:
        filled = {cell for cell in row if cell is not None}
        if len(filled) <= 2:
            texts += [cell for cell in filled if isinstance(cell, str)]
    return " ".join(texts)


def _chosen(grid: Grid, choice: Choice, dataset: Dataset | None) -> Header | None:
    """The officer's own header rows and mapping."""
    if choice.header_rows is None and choice.columns is None:
        return None
    first, last = _chosen_rows(grid, choice)
    stacked = headers.stack(grid, first, last - first + 1)
    header = Header(first, last, [" ".join(texts) for texts in stacked], dataset)
    if dataset and choice.columns is not None:
        places = {name: grid.column_at(at) for name, at in choice.columns}
        header.fields = {name: place for name, place in places.items() if place is not None}
    elif dataset:
        header.fields = _known_fields(dataset, stacked)
    elif choice.dataset is None:
        return headers.best_at(grid, first, last - first + 1, grid.name) or header
    return header


def _chosen_rows(grid: Grid, choice: Choice) -> tuple[int, int]:
    """From 0, within the sheet; those found by rule where the officer named none."""
    if choice.header_rows:
        return grid.row_at(choice.header_rows[0]), grid.row_at(choice.header_rows[-1])
    found = headers.find(grid, choice.dataset or "") or unknown.header(grid)
    return (found.first, found.last) if found else (0, 0)


def _known_fields(dataset: Dataset, stacked: list[list[str]]) -> dict[str, int]:
    fields: dict[str, int] = {}
    for place, texts in enumerate(stacked):
        if column := headers.known(dataset, texts):
            fields.setdefault(column.name, place)
    return fields


def _with_header(
    report: SheetReport, grid: Grid, header: Header, order: Order, choice: Choice
) -> SheetReport:
    title = [shown(cell) for row in grid.rows[: header.first] for cell in row if cell is not None]
    around = surroundings.around(list(dict.fromkeys(title)), grid, order.file)
    doubts = [] if choice.columns is not None else qualified.settle(grid, header, around)
    kinds = sorting.kinds(grid, header)
    sheet = sorting.Sorted(grid, header, kinds, around)
    _show_numbers(report, grid, header)
    report.header_rows = tuple(grid.number(row) for row in header.rows)
    _map(report, grid, header)
    issues = grid.notes + doubts
    issues += [_remark(sheet, at) for at in sheet.of("notes") if at > header.last]
    issues += sorting.told(sheet)
    issues += [
        issue("mojibake", grid.where(header.first, place), masked(label), field=masked(label))
        for place, label in enumerate(header.labels)
        if is_garbled(label)
    ]
    issues += [
        issue("column_repeated", field=header.dataset.column(name).label)
        for name in header.repeated
        if header.dataset and not twins.is_emptied(grid, header, name)
    ]
    if header.dataset is None:
        issues += [issue("no_dataset"), *generic.read(report, sheet)]
    else:
        report.dataset = header.dataset.name
        issues += _nameless(sheet)
        issues += _as_of(report, header.dataset, around, order, choice)
        issues += _in_part(header.dataset, around)
        issues += register.read(report, header.dataset, sheet, order)
    report.counts |= _counted(kinds, report.counts)
    return _closed(report, issues, order)


def _show_numbers(report: SheetReport, grid: Grid, header: Header) -> None:
    """In columns of numbers that a school gave, 11 digits are no phone."""
    for place in (c for c in range(grid.width) if names_numbers(header.labels[c])):
        for row in range(header.last + 1, len(report.preview)):
            report.preview[row][place] = shown_number(grid.rows[row][place])


def _row_words(grid: Grid, at: int) -> str:
    return " ".join(shown(cell) for cell in grid.rows[at] if cell is not None)[:200]


def _remark(sheet: sorting.Sorted, at: int) -> Issue:
    """A row of words below the header; one that gives another unit is no mere remark."""
    where, words = sheet.grid.where(at, 0), _row_words(sheet.grid, at)
    heads = {units.said_in_header(label, of_money=True) for label in sheet.header.labels}
    if (unit := units.said(words)) in {None, "元", units.around(sheet.around), *heads}:
        return issue("note_row", where, words)
    return issue("unit_below", where, words, given=unit)


def _nameless(sheet: sorting.Sorted) -> list[Issue]:
    """What stands beside the named columns, as in a row with a cell too many: nobody reads it."""
    found, taken = [], set(sheet.header.fields.values())
    for place in range(sheet.grid.width):
        if place in taken or sheet.header.labels[place]:
            continue
        filled = sheet.grid.column(place).take(sheet.data).filled
        if filled.any():
            where = sheet.grid.where(int(sheet.data[filled.argmax()]), place)
            letter = sheet.grid.letter(place)
            found.append(issue("no_column_name", where, given=letter, count=int(filled.sum())))
    return found


def _map(report: SheetReport, grid: Grid, header: Header) -> None:
    """Which header means which field; columns no field takes are named, with their letter."""
    taken = set(header.fields.values())
    names = {place: name for name, place in header.fields.items()}
    for place in range(grid.width):
        label = masked(header.labels[place])
        mapped = MappedColumn(label, grid.letter(place))
        if place in taken:
            report.columns[names[place]] = mapped
        elif header.dataset is None:
            report.columns[label or grid.letter(place)] = mapped
        elif label:
            report.unmapped.append(mapped)


def _as_of(
    report: SheetReport, dataset: Dataset, around: Surroundings, order: Order, choice: Choice
) -> list[Issue]:
    """A roster's day: the officer's word, else the title's, the sheet's, the file's, else today."""
    if dataset.shape != "snapshot":
        return []
    if given := choice.as_of or order.as_of:
        report.as_of, report.as_of_source = given, "officer"
    elif found := surroundings.sheets_month(around) or surroundings.roster_day(
        (around.title, around.sheet)
    ):
        report.as_of, report.as_of_source = found, "title"
    elif found := surroundings.roster_day((around.title, around.sheet, around.file)):
        report.as_of, report.as_of_source = found, "file"
    else:
        report.as_of, report.as_of_source = order.today, "today"
        return [issue("as_of_unknown", given=order.today)]
    return []


def _in_part(dataset: Dataset, around: Surroundings) -> list[Issue]:
    """A roster speaks for everybody: whom it leaves out has left."""
    part = people.part_named_in(around.title or around.file)
    return [issue("in_part", given=part)] if part and dataset.shape == "snapshot" else []


def _counted(kinds: Iterable[str], data: dict[str, int] | None = None) -> dict[str, int]:
    """Every row once. `data` already holds how the data rows fared."""
    found = Counter(kinds)
    counts = {name: found.get(name, 0) for name in ("totals", "blank", "headers", "notes")}
    fared = {name: (data or {}).get(name, 0) for name in ("loaded", "rejected", "duplicates")}
    return {"rows": found.total(), **fared, **counts}


def _closed(report: SheetReport, issues: list[Issue], order: Order) -> SheetReport:
    report.counts = {
        "rows": report.counts.get("rows", 0),
        **{name: report.counts.get(name, 0) for name in COUNTED},
    }
    rank = {"error": 0, "warning": 1, "info": 2}
    issues.sort(key=lambda found: rank[found.severity])
    report.issues_total += len(issues)  # some may be counted and not made
    report.issues = issues[: order.limits.issues_kept]
    return report
