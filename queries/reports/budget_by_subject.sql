-- The spending budget of the calendar year and what was spent of it up to the day, by level-1
-- subject. Spending without a budget stands here too, with nothing approved.
-- Grain: one level-1 subject
-- People: none
-- Column: subject | 科目 | Subject | label
-- Column: approved | 核定预算 | Approved | money
-- Column: spent | 支出 | Spent | money
-- Column: rate | 执行率 | Executed | ratio
with approved as (
    select
        level1 as subject,
        sum(amount) as approved
    from budget_lines
    where
        in_year = year($as_of::date)
        and kind = 'expense'
    group by level1
),

spent as (
    select
        level1 as subject,
        sum(expense) as spent
    from ledger_lines
    where
        year(spent_on) = year($as_of::date)
        and spent_on <= $as_of
    group by level1
    having sum(expense) <> 0
)

select
    subject,
    approved.approved,
    coalesce(spent.spent, 0) as spent
from approved
full join spent using (subject)
order by
    approved.approved desc nulls last,
    spent.spent desc nulls last,
    subject
