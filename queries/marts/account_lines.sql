-- Spending under the accounts of its own year's budget: the detailed subject where that budget tells
-- the parts of a subject, else the subject.
-- Grain: one line of the cash book that spends
-- People: none
with in_parts as (
    select distinct
        in_year,
        subject
    from budget_accounts
    where account <> subject
)

select
    line.row_key,
    year(line.spent_on) as in_year,
    line.subject,
    case when in_parts.subject is null then line.subject else line.level2 end as account,
    line.expense,
    line.spent_on
from ledger_lines as line
left join in_parts
    on
        in_parts.in_year = year(line.spent_on)
        and in_parts.subject = line.subject
where line.expense <> 0
