-- The spending budget of the calendar year and what was spent of it up to the day, by subject, as
-- finely as the budget says it. What is overspent or has no budget stands first.
-- Grain: one subject of the budget, or of spending without one
-- People: none
-- Column: subject | 科目 | Subject | label
-- Column: belongs_to | 所属科目 | Part of | label
-- Column: approved | 核定预算 | Approved | money
-- Column: spent | 支出 | Spent | money
-- Column: rate | 执行率 | Executed | ratio
with approved as (
    select
        level1,
        level2 as subject,
        sum(amount) as approved
    from budget_details
    where
        in_year = year($as_of::date)
        and kind = 'expense'
    group by
        level1,
        level2
),

in_parts as (
    select distinct level1
    from approved
    where subject <> level1
),

spent as (
    select
        line.level1,
        case when in_parts.level1 is null then line.level1 else line.level2 end as subject,
        sum(line.expense) as spent
    from ledger_lines as line
    left join in_parts using (level1)
    where
        year(line.spent_on) = year($as_of::date)
        and line.spent_on <= $as_of
    group by all
    having sum(line.expense) <> 0
)

select
    subject,
    level1 as belongs_to,
    approved.approved,
    coalesce(spent.spent, 0) as spent
from approved
full join spent using (level1, subject)
order by
    coalesce(spent.spent, 0) > coalesce(approved.approved, 0) desc,
    approved.approved desc nulls last,
    spent.spent desc nulls last,
    subject
