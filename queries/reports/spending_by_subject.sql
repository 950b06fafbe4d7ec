-- Spending by subject, the finer where it is told; what no chart of accounts knows is 未归类.
-- Grain: one subject of the chart of accounts
-- People: none
-- Needs: ledger
-- Column: label | 科目 | Subject | label:subject
-- Column: value | 支出 | Spending | money
select
    level2 as label,
    sum(expense) as value
from ledger_lines
where spent_on between $start and $as_of
group by level2
having sum(expense) <> 0
order by
    value desc,
    label
