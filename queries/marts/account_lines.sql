-- Spending under the accounts of its own year's budget: the detailed subject where that budget tells
-- the parts of a subject, else the subject. What is spent on a part the budget does not list is of
-- what the listed ones leave of their subject; where they leave nothing, it has no budget.
-- Grain: one line of the cash book that spends
-- People: none
with told as (
    select
        in_year,
        subject,
        bool_or(account <> subject) as has_parts,
        bool_or(account = subject) as has_rest,
        list(account) as accounts
    from budget_accounts
    group by
        in_year,
        subject
)

select
    line.row_key,
    year(line.spent_on) as in_year,
    line.subject,
    case
        when told.has_parts and (list_contains(told.accounts, line.level2) or not told.has_rest)
            then line.level2
        else line.subject
    end as account,
    line.expense,
    line.spent_on
from ledger_lines as line
left join told
    on
        told.in_year = year(line.spent_on)
        and told.subject = line.subject
where line.expense <> 0
